"""The bureau on PostgreSQL: every statement over a whole county, and two workers that want the same piece of work."""

from pathlib import Path

from sqlalchemy import Engine

from dialogs.bureau import archiving, working
from dialogs.bureau.importing import carry
from dialogs.bureau.progress import overview_of
from dialogs.store import announced, issued, jobs
from dialogs.store.engine import open_store, reading, writing
from tests.dialogs.bureau.handed_in import REAL, approves, county_of, hands_in, real_answers
from tests.dialogs.bureau.test_importing import LIST
from tests.dialogs.bureau.works import made, works
from tests.dialogs.county import County
from tests.dialogs.store.stock import at_once


def filled(engine: Engine, folder: Path) -> County:
    county = county_of(engine, folder)
    unit = county.unit("区社保中心", "201", "一组")
    filing = county.filing(unit, REAL, answers=real_answers())
    hands_in(county, filing, county.filler(unit, "王芳"))
    approves(county, filing)
    county.filing(county.unit("区医保局", "202", "一组"), REAL, answers=real_answers())
    return county


def test_everything_over_a_whole_county(postgresql_engine: Engine, tmp_path: Path) -> None:
    county = filled(postgresql_engine, tmp_path)
    with writing(postgresql_engine) as c:
        done = carry(county.doing(c), county.id, LIST, only_good=False)
        again = carry(county.doing(c), county.id, LIST, only_good=False)
    assert (done.units, done.invited, again.units, again.invited) == (2, 3, 0, 0)
    with reading(postgresql_engine) as c:
        table = overview_of(c, county.id, 2020, county.clock(), "Asia/Shanghai")
        assert (len(table.entries), table.handed_in) == (2, 1)
        assert issued.issued(c, county.id, 2020)
        assert announced.latest(c, "announcement:") == []
        assert announced.reach(c, "none").all == 0
    boss = county.administrator()
    for label in ("结果汇总", "异常清单", "打包全部文件", "公开版"):
        county.works()
        boss.says("/start").taps("鹤城区财政局").taps(label)
        works(county)
    assert len(made(boss)) == 1
    with writing(postgresql_engine) as c:
        assert jobs.forget(c, county.clock() + 1) == 4
    assert archiving.VOLUME


def test_one_piece_of_work_is_taken_by_one_worker(postgresql_engine: Engine, tmp_path: Path) -> None:
    county = filled(postgresql_engine, tmp_path)
    boss = county.administrator()
    for label in ("结果汇总", "异常清单", "公开版"):
        county.works()
        boss.says("/start").taps("鹤城区财政局").taps(label)
    taken: list[str] = []

    def takes(engine: Engine) -> None:
        while True:
            with writing(engine) as c:
                job = jobs.claim(c, county.clock())
            if job is None:
                return
            taken.append(job.id)

    at_once(postgresql_engine, [takes] * 4, open_store)
    assert len(taken) == len(set(taken)) == 3
    assert working.claim(county.office) is None
