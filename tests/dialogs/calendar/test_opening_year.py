"""A year opened: for all units or some, with projects, twice, with mistakes; and many at once."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, select

from dialogs.calendar.opening_year import NotOpened, Plan, Report, carry, forms_of, planned, sheets_of
from dialogs.store.engine import reading, writing
from dialogs.store.tables import filings, notices, units
from scoring.errors import UnknownForm
from tests.dialogs.calendar.green import DEPARTMENT, PROJECT, Green, heard, last
from tests.dialogs.county import moment

ALL = Plan("c1", ("qingshan-2025",), 2025)


def opened(county: Green, plan: Plan) -> Report:
    with writing(county.office.engine) as c:
        report = carry(county.doing(c), plan)
    county.works()
    return report


def there(county: Green) -> list[tuple[str, str, str]]:
    with reading(county.office.engine) as c:
        return sorted(tuple(r) for r in c.execute(select(filings.c.unit_id, filings.c.form_id, filings.c.project)))


def test_each_unit_gets_each_form_once(engine: Engine, tmp_path: Path) -> None:
    county = Green(engine, tmp_path)
    with reading(engine) as c:
        report = planned(c, sheets_of(forms_of(county.office, ALL)), ALL, county.office.today())
    assert (len(report.new), report.there, there(county)) == (4, 0, [])
    assert len(opened(county, ALL).opened) == 4
    again = opened(county, ALL)
    assert (len(again.opened), again.there, again.told) == (0, 4, 0)
    assert len(there(county)) == 4
    with reading(engine) as c:
        assert {row[0] for row in c.execute(select(filings.c.done))} == {0}
        assert all(row[0] > 3 for row in c.execute(select(filings.c.total)))


def test_projects_from_a_list(sqlite_engine: Engine, tmp_path: Path) -> None:
    county = Green(sqlite_engine, tmp_path)
    plan = replace(
        ALL, forms=(PROJECT,), projects=((county.health, "村医补助"), (county.health, " 村医补助 "), (county.town, "路灯"))
    )
    assert [(w.unit.name, w.project) for w in opened(county, plan).new] == [
        ("卫生健康局", "村医补助"),
        ("城关镇人民政府", "路灯"),
    ]
    last(county.li).taps("开始填").sees("村医补助")
    assert opened(county, replace(plan, projects=(*plan.projects, (county.health, "疫苗")))).opened
    assert len(there(county)) == 3


def test_projects_of_units_that_were_not_chosen_are_told(sqlite_engine: Engine, tmp_path: Path) -> None:
    county = Green(sqlite_engine, tmp_path)
    plan = replace(ALL, forms=(PROJECT,), groups=("乡镇",), projects=((county.health, "村医补助"), (county.town, "路灯")))
    report = opened(county, plan)
    assert [w.project for w in report.new] == ["路灯"]
    assert any("有 1 个项目的单位不在这次选的单位里" in hint for hint in report.hints)


def test_some_units_and_groups(sqlite_engine: Engine, tmp_path: Path) -> None:
    county = Green(sqlite_engine, tmp_path)
    report = opened(county, replace(ALL, forms=(DEPARTMENT,), units=("001", "民政局"), groups=("乡镇",)))
    assert [u.code for u in report.units] == ["001", "002", "101", "102"]
    assert [u.name for u in report.lonely] == ["城南镇人民政府"]


def test_before_the_opening_day_nobody_is_told(sqlite_engine: Engine, tmp_path: Path) -> None:
    county = Green(sqlite_engine, tmp_path)
    county.moves("2025-12-20 22:00")
    opened(county, ALL)
    assert "要填" not in heard(county.li)
    with reading(sqlite_engine) as c:
        due = {row[0] for row in c.execute(select(notices.c.due_at).where(notices.c.kind == "opened"))}
    assert due == {moment("2026-01-12 09:00")}


def test_dates_that_are_odd_are_told_before_anything_is_done(sqlite_engine: Engine, tmp_path: Path) -> None:
    county = Green(sqlite_engine, tmp_path)
    county.moves("2026-11-21 10:00")
    with reading(sqlite_engine) as c:
        sheets = sheets_of(forms_of(county.office, ALL))
        past = planned(c, sheets, ALL, county.office.today()).hints
        later = planned(
            c, sheets_of(forms_of(county.office, replace(ALL, year=2026))), replace(ALL, year=2026), county.office.today()
        )
    assert any("截止日3月31日（星期二）已经过去了" in hint for hint in past), past
    assert any("2027 年的放假安排" in hint for hint in later.hints)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"year": 1990}, "2000–2100"),
        ({"county": "gone"}, "没有这个区县"),
        ({"units": ("甲局",)}, "没有找到：甲局"),
        ({"groups": ("科室",)}, "没有找到：科室"),
        ({"forms": ()}, "开哪套表"),
        ({"forms": (PROJECT,), "projects": (("HEALTH", "？"),)}, "项目“？”"),
    ],
)
def test_what_cannot_be_opened_is_told(sqlite_engine: Engine, tmp_path: Path, changes: dict[str, object], says: str) -> None:
    county = Green(sqlite_engine, tmp_path)
    if "projects" in changes:
        changes = {**changes, "projects": ((county.health, "？"),)}
    with pytest.raises(NotOpened, match=says):
        opened(county, replace(ALL, **changes))
    assert there(county) == []


def test_an_unknown_pack_is_told(sqlite_engine: Engine, tmp_path: Path) -> None:
    county = Green(sqlite_engine, tmp_path)
    with pytest.raises(UnknownForm, match="没有 nowhere"):
        opened(county, replace(ALL, forms=("nowhere",)))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plans=st.lists(st.tuples(st.sets(st.integers(0, 3)), st.sets(st.integers(0, 2), max_size=2)), max_size=4))
def test_whatever_is_opened_is_opened_once(sqlite_engine: Engine, tmp_path: Path, plans: list[tuple[set[int], set[int]]]) -> None:
    """Any sequence of openings comes to the union of what was wanted, and each tells only of what is new."""
    county = Green.__new__(Green)
    with writing(sqlite_engine) as c:
        from dialogs.store.tables import metadata

        for table in reversed(metadata.sorted_tables):
            c.execute(table.delete())
    county.__init__(sqlite_engine, tmp_path)  # type: ignore[misc]
    codes = ("001", "002", "101", "102")
    names = (county.health, county.civil, county.town, county.lonely)
    wanted: set[tuple[str, str, str]] = set()
    for chosen, projects in plans:
        listed = tuple((names[n], f"项目{k}号") for n in chosen for k in projects)
        plan = replace(ALL, forms=(DEPARTMENT, PROJECT), units=tuple(codes[n] for n in chosen), projects=listed)
        before = len(wanted)
        everybody = chosen or set(range(4))
        wanted |= {(names[n], DEPARTMENT, "") for n in everybody} | {(unit, PROJECT, project) for unit, project in listed}
        assert len(opened(county, plan).opened) == len(wanted) - before
    assert there(county) == sorted(wanted)


def test_two_thousand_units_are_opened_in_one_go(sqlite_engine: Engine, tmp_path: Path) -> None:
    county = Green(sqlite_engine, tmp_path)
    with writing(sqlite_engine) as c:
        many = [
            {"id": f"n{n:04}", "name": f"第{n}所", "created_at": 0, "county_id": "c1", "code": f"9{n:04}"} for n in range(2000)
        ]
        c.execute(insert(units), many)
    report = opened(county, ALL)
    assert len(report.opened) == 2004
    assert len(set(report.opened)) == 2004
