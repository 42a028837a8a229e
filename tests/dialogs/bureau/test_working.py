"""Work that takes a while: told in its message, stopped by a press, taken up again after a death, told when it fails."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from dialogs.access.permissions import Action
from dialogs.bureau import kinds, working
from dialogs.bureau.working import Finished, Kind, Output
from dialogs.outgoing import Withheld
from dialogs.replies import Made, Message
from dialogs.store import jobs
from dialogs.store.engine import reading, writing
from dialogs.store.tables import jobs as rows
from scoring.errors import ZipingError
from tests.dialogs.bureau.works import made, works
from tests.dialogs.county import County
from tests.dialogs.desk import tiny_packs
from tests.dialogs.store.stock import Killed


class Slow:
    """A kind of work of five steps, each of ten seconds; what happens at a step can be set."""

    def __init__(self, county: County) -> None:
        self.county = county
        self.begun = 0
        self.at = {}

    def __call__(self, office, job) -> Iterator[tuple[int, int]]:
        self.begun += 1
        for n in range(1, 6):
            if n in self.at:
                self.at.pop(n)()
            self.county.clock.now += 10
            yield n, 5
        return Finished("办好了。", [Output("结果.txt", b"result")])


@pytest.fixture
def county(sqlite_engine: Engine, tmp_path: Path) -> County:
    county = County(sqlite_engine, tiny_packs(tmp_path / "packs"))
    county.filing(county.unit("县教育局", "101"))
    return county


@pytest.fixture
def slow(county: County, monkeypatch: pytest.MonkeyPatch) -> Slow:
    slow = Slow(county)
    monkeypatch.setattr(kinds, "KINDS", {**kinds.KINDS, "summary": Kind("结果汇总", Action.EXPORT, slow)})
    return slow


def state(county: County) -> str:
    with reading(county.office.engine) as c:
        return str(c.execute(select(rows.c.state)).scalar_one())


def raises(error: BaseException):
    def now() -> None:
        raise error

    return now


def test_one_message_tells_how_far_it_is_and_what_came_of_it(county: County, slow: Slow) -> None:
    boss = county.administrator()
    boss.says("/start").taps("小县财政局").taps("结果汇总")
    told: list[Message] = []
    slow.at = {
        n: lambda: told.extend(r for r in county.works().everybody[boss.chat].replies if isinstance(r, Message)) for n in (2, 4)
    }
    works(county)
    first = next(r for r in boss.received if isinstance(r, Message) and "正在办" in r.text)
    assert first.text == "结果汇总：正在办\n░░░░░░░░░░"
    assert [m.text for m in told if "/" in m.text] == ["结果汇总：正在办\n▓▓░░░░░░░░ 1/5", "结果汇总：正在办\n▓▓▓▓░░░░░░ 2/5"]
    assert len({m.edits for m in told if "/" in m.text}) == 1
    assert boss.replies[-2].text == "办好了。"
    assert boss.replies[-2].edits == told[-1].edits
    assert [f.content for f in made(boss)] == [b"result"]


def test_stopped_by_the_button_of_its_message_whatever_is_on_the_screen(county: County, slow: Slow) -> None:
    boss = county.administrator()
    boss.says("/start").taps("小县财政局").taps("结果汇总")
    job = working.claim(county.office)
    boss.works()
    stop = boss.buttons[-1]
    assert stop.text == "停下"
    boss.says("/start")
    slow.at = {3: lambda: boss.presses(stop.token)}
    working.work(county.office, job)
    assert state(county) == "cancelled"
    assert "停下了" in "".join(r.text for r in boss.received if isinstance(r, Message))
    assert not any(isinstance(r, Made) for r in county.works().everybody[boss.chat].replies)
    boss.presses(stop.token).sees("")


def test_somebody_elses_work_cannot_be_stopped(county: County, slow: Slow) -> None:
    boss, other = county.administrator(), county.administrator("别的科长")
    boss.says("/start").taps("小县财政局").taps("结果汇总")
    working.claim(county.office)
    boss.works()
    stop = boss.buttons[-1].token
    other.says("/start").presses(stop)
    assert state(county) == "running"


def test_killed_in_the_middle_it_is_taken_up_again(county: County, slow: Slow) -> None:
    boss = county.administrator()
    boss.says("/start").taps("小县财政局").taps("结果汇总")
    slow.at = {3: raises(Killed())}
    job = working.claim(county.office)
    with pytest.raises(Killed):
        working.work(county.office, job)
    assert working.claim(county.office) is None
    working.take_over(county.office)
    works(county)
    assert slow.begun == 2
    assert state(county) == "done"
    assert [f.content for f in made(boss)] == [b"result"]


def test_a_lease_that_ran_out_is_nobodys(county: County, slow: Slow) -> None:
    county.administrator().says("/start").taps("小县财政局").taps("结果汇总")
    late = working.claim(county.office)
    county.clock.now += jobs.LEASE + 1
    taken = working.claim(county.office)
    assert taken is not None
    working.work(county.office, late)
    assert state(county) == "running"
    working.work(county.office, taken)
    assert state(county) == "done"


def test_a_process_that_stops_gives_it_back(county: County, slow: Slow) -> None:
    county.administrator().says("/start").taps("小县财政局").taps("结果汇总")
    for _ in range(9):  # restarts are nobody's failure
        working.work(county.office, working.claim(county.office), lambda: True)
        assert state(county) == "waiting"
    works(county)
    assert state(county) == "done"


def test_a_defect_is_tried_again_and_at_last_told(county: County, slow: Slow, caplog: pytest.LogCaptureFixture) -> None:
    boss = county.administrator()
    boss.says("/start").taps("小县财政局").taps("结果汇总")
    for _ in range(working.TRIES):
        slow.at = {2: raises(RuntimeError("defect"))}
        works(county)
        county.clock.now += working.AGAIN
    works(county)
    assert state(county) == "failed", slow.begun
    boss.sees("试了几次都没有办成")


def test_what_cannot_be_done_is_told_in_its_own_words(county: County, slow: Slow) -> None:
    boss = county.administrator()
    boss.says("/start").taps("小县财政局").taps("结果汇总")
    slow.at = {1: raises(ZipingError("没有地方放了。"))}
    works(county)
    boss.sees("结果汇总：没有地方放了。")
    assert state(county) == "failed"


def test_who_may_not_any_more_gets_nothing(county: County, slow: Slow) -> None:
    boss = county.administrator()
    boss.says("/start").taps("小县财政局").taps("结果汇总")
    county.dismisses(boss)
    works(county)
    boss.sees("你现在不能办这件事了")
    assert slow.begun == 0 or state(county) == "failed"


def test_the_same_work_is_not_begun_twice(county: County, slow: Slow) -> None:
    boss = county.administrator()
    boss.says("/start").taps("小县财政局").taps("结果汇总")
    boss.says("/start").taps("小县财政局").taps("结果汇总").sees("这件事正在办")
    works(county)
    boss.says("/start").taps("小县财政局").taps("结果汇总")
    works(county)
    assert slow.begun == 2


def test_files_are_forgotten_after_some_days(county: County, slow: Slow) -> None:
    boss = county.administrator()
    boss.says("/start").taps("小县财政局").taps("结果汇总")
    works(county)
    file = next(r for r in boss.received if isinstance(r, Made))
    working.tidy(county.office)
    assert made(boss)
    county.clock.now += working.KEPT + 60
    working.tidy(county.office)
    boss.replies = [file]
    with pytest.raises(Withheld):
        made(boss)
    with writing(county.office.engine) as c:
        assert jobs.forget(c, county.clock()) == 0


def test_files_made_again_since_are_not_forgotten_with_the_older_work(county: County, slow: Slow) -> None:
    boss = county.administrator()
    boss.says("/start").taps("小县财政局").taps("结果汇总")
    works(county)
    county.clock.now += working.KEPT - 60
    boss.says("/start").taps("小县财政局").taps("结果汇总")
    works(county)
    file = next(r for r in reversed(boss.received) if isinstance(r, Made))
    county.clock.now += 120
    working.tidy(county.office)  # the older work has ended long ago, the younger one has not
    boss.replies = [file]
    assert made(boss)
