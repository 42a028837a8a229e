"""The clock of serve, and the command line of reminders: what is due leaves, what is paused waits, what is wrong is told."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from bot.__main__ import main
from bot.clock import BUSY, PAUSE, Clock
from bot.delivery import Delivery
from bot.outcomes import Ambiguous, Blocked
from bot.settings import settings
from dialogs.outgoing import Sheet
from dialogs.replies import Message, Reply
from dialogs.store import people
from dialogs.store.backups import backup
from dialogs.store.engine import open_store, reading, writing
from dialogs.store.tables import notices, outbox
from dialogs.store.tables import people as people_rows
from tests.dialogs.desk import tiny_packs
from tests.dialogs.reminding.town import Town, at

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def town(sqlite_engine: Engine, tmp_path: Path) -> Town:
    town = Town(sqlite_engine, tiny_packs(tmp_path / "packs"), at("2026-03-01"))
    town.filing("f1", town.unit("u1", "小县民政局"))
    town.person("1", ("u1", "filler"), name="李会计")
    town.deadline("2026-03-31")
    return town


async def _in_thread(function: Callable[..., object], *arguments: object) -> object:
    return function(*arguments)


def turn(town: Town, *outcomes: Exception) -> tuple[float, list[Reply]]:
    """One look of the clock and one of the delivery: how long the clock waits then, and what arrived."""
    left, arrived, called = list(outcomes), [], []

    async def carry(chat: str, reply: Reply, sheet: Sheet | None) -> int:
        if left:
            raise left.pop(0)
        arrived.append(reply)
        return 1

    async def apologise(chat: str, text: str) -> None:
        raise AssertionError(text)

    async def both() -> float:
        seconds = await Clock(town.office, _in_thread, lambda: called.append(1)).turn()
        delivery = Delivery(town.office, carry, apologise, _in_thread)
        while await delivery.deliver_one():
            pass
        return seconds

    seconds = asyncio.run(both())
    assert bool(called) == (seconds == BUSY)
    return seconds, arrived


def test_what_is_due_leaves_and_the_clock_looks_again(town: Town) -> None:
    assert turn(town) == (PAUSE, [])
    seconds, arrived = turn(town.goes_to(at("2026-03-17")))
    assert seconds == BUSY
    assert [type(r) for r in arrived] == [Message]
    assert turn(town) == (PAUSE, [])


def test_who_blocks_the_bot_is_noted_and_written_to_no_more(town: Town) -> None:
    turn(town.goes_to(at("2026-03-17")), Blocked())
    with reading(town.engine) as c:
        assert c.execute(select(people_rows.c.blocked_at).where(people_rows.c.address == "1")).scalar_one() == town.now
        assert c.execute(select(notices.c.state, notices.c.reason)).one() == ("waiting", "blocked")
        assert c.execute(select(outbox.c.state, outbox.c.error)).one() == ("parked", "blocked")
    assert turn(town.goes_to(at("2026-03-24"))) == (PAUSE, [])


def test_an_answer_that_never_came_is_recorded_and_the_digest_sent_again(town: Town) -> None:
    assert turn(town.goes_to(at("2026-03-17")), Ambiguous())[1] == []
    assert len(turn(town.goes_to(town.now + 60))[1]) == 1
    with reading(town.engine) as c:
        assert c.execute(select(outbox.c.state, outbox.c.ambiguous)).one() == ("sent", 1)
        assert c.execute(select(notices.c.state)).one() == ("sent",)


def test_a_restored_backup_says_nothing_until_somebody_resumes(town: Town, tmp_path: Path) -> None:
    backup(town.engine, tmp_path / "copy.db")
    engine = open_store(f"sqlite:///{tmp_path}/copy.db")
    copy = Town.__new__(Town)
    copy.__dict__ |= town.__dict__ | {"engine": engine, "now": at("2026-03-17")}
    copy.office = copy.office_with(lambda: copy.now)
    assert turn(copy) == (PAUSE, [])
    assert turn(town.goes_to(at("2026-03-17")))[1]  # the one it was copied from goes on
    engine.dispose()


@pytest.fixture
def run(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `ziping admin …` on 16 March: exit code, what it printed, and what it complained of."""
    monkeypatch.setenv("DATABASE_URL", town.engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("FORMS", "small/tiny")
    monkeypatch.setenv("PACKS", str(town.packs))
    monkeypatch.setattr("bot.storeclock.StoreClock.now", lambda _: at("2026-03-16", "10:00"))
    settings.cache_clear()

    def run(*words: str) -> tuple[int, str, str]:
        code = main(["admin", *words])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    yield run  # type: ignore[misc]
    settings.cache_clear()


def test_what_is_due_for_whom(run: Run, town: Town) -> None:
    code, out, _ = run("reminders", "--days", "10")
    assert code == 0
    assert "2026-03-17 09:00　提前 14 天　小县民政局　小表　→ 李会计" in out
    assert "10 天以内 2 条" in out
    data = json.loads(run("reminders", "--json")[1])
    assert data["paused"] == ""
    assert data["reminders"][0]["people"] == ["李会计"]
    with writing(town.engine) as c:
        c.execute(people_rows.update().where(people_rows.c.address == "1").values(blocked_at=5))
    assert "联系不上：李会计" in run("reminders")[1]
    with writing(town.engine) as c:
        one = c.execute(select(people_rows.c.id).where(people_rows.c.address == "1")).scalar_one()
        people.leave(c, one, "u1")
    assert "没有人可以提醒" in run("reminders")[1]


def test_a_countys_rules_are_shown_set_and_refused(run: Run, town: Town) -> None:
    assert "截止前 30、14、7、3、1 天" in run("reminders", "--county", "小县")[1]
    code, out, _ = run("reminders", "--before", "10,2", "--at", "9:30", "--step", "3", "--head", "0", "--bureau", "no")
    assert code == 0
    assert "工作日 9:30 提醒：截止前 10、2 天；截止当天；逾期后每 3 个工作日一次" in out
    assert {kind for kind, _, _, state in town.rows() if state == "due"} == {"before10", "before2", "day0", "overdue1"}
    for words, wrong in [
        (("--before", "x"), "看不懂天数"),
        (("--at", "23:00"), "9:00 到 18:00"),
        (("--at", "早"), "看不懂时间"),
        (("--step", "0"), "1 到 30"),
        (("--county", "大县", "--step", "2"), "现有：小县"),
    ]:
        code, _, err = run("reminders", *words)
        assert code == 2
        assert wrong in err
    assert "截止前 10、2 天" in run("reminders", "--county", "c1")[1]


def test_pause_and_resume(run: Run, town: Town) -> None:
    assert "提醒本来就没有暂停" in run("resume")[1]
    assert run("pause", "核对名单")[0] == 0
    assert "暂停的（核对名单）" in run("reminders")[1]
    assert town.goes_to(at("2026-03-17")).works() == []
    code, _, err = run("resume", "--from", "明天")
    assert code == 2
    assert "看不懂日期" in err
    assert "2026-03-20 以前到期的 1 条提醒、0 条消息不再发" in run("resume", "--from", "2026-03-20")[1]
    assert town.works() == []
    assert len(town.goes_to(at("2026-03-24")).works()) == 1
