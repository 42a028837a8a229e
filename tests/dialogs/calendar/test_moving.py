"""Dates moved: the rows, the reminders, who is told; and what is refused, with nothing written then."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from dialogs.access.permissions import State
from dialogs.calendar.deadlines import dates_of
from dialogs.calendar.moving import Moved, carry
from dialogs.calendar.wishes import Refused, Wish
from dialogs.store import journal
from dialogs.store.engine import reading, writing
from dialogs.store.tables import notices, reminders
from tests.dialogs.calendar.green import DEPARTMENT, TITLE, Green, heard, machine_in
from tests.dialogs.county import moment

TO_APRIL = Wish("c1", forms=(DEPARTMENT,), year=2025, dates=(("due", "2026-04-10"),), reason="系统培训推迟")


def carried(county: Green, wish: Wish) -> Moved:
    with writing(county.office.engine) as c:
        moved = carry(county.doing(c, county.chen), wish)
    county.works()
    return moved


def due_of(county: Green, filing: str) -> date | None:
    with reading(county.office.engine) as c:
        return dates_of(c, [filing])[filing].due


def test_a_county_moves_everybody(engine: Engine, tmp_path: Path) -> None:
    county = Green(engine, tmp_path)
    health, town = county.filing(county.health, DEPARTMENT), county.filing(county.town, DEPARTMENT)
    moved = carried(county, TO_APRIL)
    assert (moved.filings, moved.told, moved.hints) == (2, 3, ())
    assert due_of(county, health) == due_of(county, town) == date(2026, 4, 10)
    [row] = county.rows()
    assert (row["due"], row["opens"], row["county_id"], row["unit_id"], row["reason"]) == (
        "2026-04-10",
        None,
        "c1",
        None,
        "系统培训推迟",
    )
    assert f"卫生健康局 · {TITLE}：截止由3月31日（星期二）改为4月10日（星期五）" in heard(county.li)
    assert "原因：系统培训推迟" in heard(county.head)
    assert "日期改了" not in heard(county.wang)  # no filing of theirs
    with reading(engine) as c:
        assert [line.act for line in journal.of_person(c, county.chen.id)] == ["moved deadline"]
        planned = c.execute(select(reminders.c.deadline, reminders.c.due_at).where(reminders.c.state == "due")).all()
    assert planned
    assert {deadline for deadline, _ in planned} == {row["id"]}
    assert moment("2026-04-09 09:00") in {at for _, at in planned}


def test_a_unit_and_a_filing_have_their_own(sqlite_engine: Engine, tmp_path: Path) -> None:
    county = Green(sqlite_engine, tmp_path)
    health, town = county.filing(county.health, DEPARTMENT), county.filing(county.town, DEPARTMENT)
    carried(county, replace(TO_APRIL, unit=county.health, dates=(("due", "2026-04-15"),)))
    carried(county, TO_APRIL)
    assert (due_of(county, health), due_of(county, town)) == (date(2026, 4, 15), date(2026, 4, 10))
    carried(county, Wish("c1", filing=health, dates=(("due", "2026-04-20"),), reason="人手少"))
    assert due_of(county, health) == date(2026, 4, 20)
    carried(county, Wish("c1", filing=health, dates=(("due", ""),), reason="不用了"))
    assert due_of(county, health) == date(2026, 4, 15)
    carried(county, replace(TO_APRIL, unit=county.health, dates=(("due", ""),), reason="一样就行"))
    assert due_of(county, health) == date(2026, 4, 10)


def test_units_that_are_left_behind_are_named(sqlite_engine: Engine, tmp_path: Path) -> None:
    county = Green(sqlite_engine, tmp_path)
    county.filing(county.health, DEPARTMENT)
    carried(county, replace(TO_APRIL, unit=county.health, dates=(("due", "2026-04-03"),)))
    moved = carried(county, TO_APRIL)
    assert any("卫生健康局" in hint and "4月3日" in hint for hint in moved.hints), moved.hints


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"dates": (("due", "2026-03-24"),)}, "3月24日（星期二）已经过去了，截止日请定在今天或以后"),
        ({"dates": (("due", "1991-03-31"),)}, "1992 年以前"),
        ({"dates": (("due", "2026-02-30"),)}, "不是日期"),
        ({"dates": (("opens", "2026-04-01"),)}, "截止日是3月31日（星期二），不能早于开始填的日子4月1日"),
        ({"dates": (("opens", "2026-05-06"), ("due", "2026-04-10"))}, "不能早于开始填"),
        ({"dates": (("reviewed", "2026-03-27"),)}, "审核完的日子是3月27日（星期五），不能早于截止日"),
        ({"dates": (("published", "2026-04-10"),)}, "公开的日子是4月10日"),
        ({"reason": " "}, "要写一句原因"),
        ({"reason": "因" * 201}, "原因有 201 个字"),
        ({"dates": (("due", "2026-03-31"),)}, "本来就是这样"),
        ({"dates": ()}, "改哪个日子"),
        ({"dates": (("dew", "2026-04-10"),)}, "改哪个日子"),
        ({"forms": ()}, "哪张表"),
        ({"filing": "gone"}, "没有这份填报"),
    ],
)
def test_what_nobody_can_mean_is_refused(sqlite_engine: Engine, tmp_path: Path, changes: dict[str, object], says: str) -> None:
    county = Green(sqlite_engine, tmp_path)
    county.filing(county.health, DEPARTMENT)
    before = heard(county.li)
    with pytest.raises(Refused, match=says):
        carried(county, replace(TO_APRIL, **changes))
    assert county.rows() == []
    assert heard(county.li) == before


@pytest.mark.parametrize(("state", "says"), [(State.SUBMITTED, "正在等审核"), (State.APPROVED, "已经审核通过")])
def test_what_is_handed_in_needs_no_extension(sqlite_engine: Engine, tmp_path: Path, state: State, says: str) -> None:
    county = Green(sqlite_engine, tmp_path)
    filing = county.filing(county.health, DEPARTMENT, state=state)
    with pytest.raises(Refused, match=says):
        carried(county, replace(TO_APRIL, filing=filing))


def test_a_first_date_needs_no_reason_and_a_free_day_is_remarked(sqlite_engine: Engine, tmp_path: Path) -> None:
    county = Green(sqlite_engine, tmp_path, ("small/tiny",))
    county.filing(county.health)
    moved = carried(county, Wish("c1", forms=("small/tiny",), year=2020, dates=(("due", "2026-04-06"),)))
    assert moved.hints == ("4月6日（星期一）是清明，不上班。",)
    assert "截止定在4月6日（星期一）" in heard(county.li)


def test_a_later_last_day_reminds_of_the_dates_behind_it(sqlite_engine: Engine, tmp_path: Path) -> None:
    county = Green(sqlite_engine, tmp_path)
    moved = carried(county, replace(TO_APRIL, dates=(("due", "2026-05-08"),)))
    assert moved.hints == ("审核完的日子还是4月30日（星期四），比截止日早，记得一起改。",)
    both = (("due", "2026-05-15"), ("reviewed", "2026-06-15"))
    assert carried(county, replace(TO_APRIL, dates=both)).hints == ()


def test_a_year_whose_holidays_are_not_known_is_told_once(sqlite_engine: Engine, tmp_path: Path) -> None:
    county = Green(sqlite_engine, tmp_path)
    second = county.administrator("第二位")
    for day in ("2027-01-05", "2027-01-12"):
        hints = carried(county, replace(TO_APRIL, dates=(("due", day),))).hints
        assert any("2027 年的放假安排还没有收进来" in hint for hint in hints)
    assert heard(second).count("2027 年的放假安排") == 1


def test_the_machines_own_zone_changes_nothing(sqlite_store: Path, tmp_path: Path) -> None:
    """29 February, the end of a year, make-up days: the same rows, wherever the server stands."""
    import shutil

    from dialogs.store.engine import open_store

    found = []
    for zone in ("UTC", "America/New_York", "Asia/Shanghai"):
        folder = tmp_path / zone.replace("/", "-")
        folder.mkdir()
        shutil.copy(sqlite_store, folder / "store.db")
        engine = open_store(f"sqlite:///{folder}/store.db")
        with machine_in(zone):
            county = Green(engine, folder)
            county.filing(county.health, DEPARTMENT)
            county.moves("2026-12-31 23:30")
            for day in ("2027-01-04", "2027-01-01", "2028-02-29"):
                carried(county, replace(TO_APRIL, dates=(("due", day), ("reviewed", "2028-03-31"), ("published", "2028-04-28"))))
            with reading(engine) as c:
                rows = [c.execute(select(t).order_by(t.c.id)).all() for t in (reminders, notices)]
        found.append((county.rows(), rows))
        engine.dispose()
    assert found[0] == found[1] == found[2]
    assert len(found[0][0]) == 3
