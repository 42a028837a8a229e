"""Which dates count: filing before unit before county before pack, date by date, the latest row of a level; with its version."""

import os
import time
from collections.abc import Iterator
from dataclasses import fields
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, insert

from dialogs.calendar.deadlines import Dates, dates_in, dates_of, effective
from dialogs.store import deadlines, filings, people
from dialogs.store.deadlines import Key, Row
from dialogs.store.engine import reading, writing
from dialogs.store.tables import counties, units
from scoring.calendar import STAGES, Days
from scoring.loading import compile_form
from tests.dialogs.store.stock import NOW
from tests.dialogs.tiny import tiny

PACK = Days(date(2021, 1, 10), date(2021, 3, 31), date(2021, 4, 30), date(2021, 9, 30))
KEY = Key("f1", "u1", "c1", "small/tiny", 2020, "e1")
FIRST = date(2021, 1, 1)

days = st.one_of(st.none(), st.just(""), st.integers(0, 300).map(lambda n: (FIRST + timedelta(days=n)).isoformat()))
places = st.sampled_from([("c1", None, None), ("c1", "u1", None), ("c1", "u1", "f1"), ("c2", None, None), ("c1", "u2", None)])


@st.composite
def rows(draw: st.DrawFn) -> list[Row]:
    found = []
    for n in range(draw(st.integers(0, 8))):
        place, year = draw(places), draw(st.sampled_from([2020, 2020, 2020, 2021]))
        form = "small/tiny" if draw(st.booleans()) else "small/other"
        if place[2]:
            form, year = "small/tiny", 2020  # a filing has one form and year
        found.append(Row(n + 1, *place, form, year, *(draw(days) for _ in STAGES), "", "p1", NOW))
    return found


def naive(stage: str, found: list[Row]) -> tuple[date | None, int]:
    """By the book: go down the levels, on each take what was said last."""
    pack: date | None = getattr(PACK, stage)
    latest = 0
    mine = [r for r in found if (r.form, r.year) == (KEY.form, KEY.year)]
    levels = (
        [r for r in mine if r.filing == KEY.filing],
        [r for r in mine if not r.filing and r.unit == KEY.unit],
        [r for r in mine if not r.filing and not r.unit and r.county == KEY.county],
    )
    for level in levels:
        said = [r for r in level if getattr(r, stage) is not None]
        if said:
            latest = max(latest, said[-1].id)
            if day := getattr(said[-1], stage):
                return date.fromisoformat(day), latest
    return pack, latest


@given(rows())
def test_the_most_specific_level_decides_then_the_latest_row(found: list[Row]) -> None:
    dates = effective([KEY], found, lambda _: PACK)["f1"]
    for stage in STAGES:
        assert dates.day(stage) == naive(stage, found)[0]
    assert dates.version == naive("due", found)[1]


@given(rows(), rows())
def test_a_due_date_never_changes_without_a_new_version(before: list[Row], more: list[Row]) -> None:
    later = [*before, *(row._replace(id=row.id + len(before)) for row in more)]
    was, now = (effective([KEY], found, lambda _: PACK)["f1"] for found in (before, later))
    assert was.due == now.due or was.version < now.version
    assert was.version <= now.version


@given(rows())
def test_filings_do_not_disturb_each_other(found: list[Row]) -> None:
    other = KEY._replace(filing="f2", unit="u2")
    both = effective([KEY, other], found, lambda _: PACK)
    assert both == effective([KEY], found, lambda _: PACK) | effective([other], found, lambda _: PACK)


def test_one_calendar_has_one_order() -> None:
    assert tuple(STAGES) == Days._fields == tuple(f.name for f in fields(Dates))[:4]


@pytest.fixture(params=("UTC", "America/New_York", "Asia/Shanghai"))
def zone(request: pytest.FixtureRequest) -> Iterator[str]:
    """The machine's own time zone."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield request.param
    os.environ.pop("TZ") if before is None else os.environ.__setitem__("TZ", before)
    time.tzset()


def two_units(engine: Engine) -> None:
    """Two units of a county, one of none, each with a filing of a form that is due on 31 March."""
    sources = dict(tiny().sources)
    sources["pack.yaml"] += "calendar: {tiny: {opens: 次年1月10日, due: 次年3月31日, reviewed: 次年4月30日}}\n"
    form = compile_form("small/tiny", sources)
    with writing(engine) as c:
        c.execute(insert(counties), {"id": "c1", "name": "小县", "created_at": NOW})
        person = people.person(c, "test", "1", NOW, lambda: "p1")
        for unit, county in (("u1", "c1"), ("u2", "c1"), ("u3", None)):
            c.execute(insert(units), {"id": unit, "name": unit, "created_at": NOW, "county_id": county})
            filings.open_filing(c, f"f{unit}", unit, form, 2020, "", person, NOW)


def say(engine: Engine, county: str = "c1", unit: str = "", filing: str = "", **dates: str) -> int:
    with writing(engine) as c:
        return deadlines.add(c, deadlines.About(county, unit, filing, "small/tiny", 2020), dates, "", "p1", NOW)


def test_in_the_store(engine: Engine, zone: str) -> None:
    """On SQLite and on PostgreSQL, whatever zone the machine is in."""
    two_units(engine)
    with reading(engine) as c:
        pack = Dates(date(2021, 1, 10), date(2021, 3, 31), date(2021, 4, 30), None, 0)
        assert dates_of(c, ["fu1", "fu2", "fu3", "gone"]) == {"fu1": pack, "fu2": pack, "fu3": pack}
        assert dates_of(c, []) == {}
    county, unit = say(engine, due="2021-04-10"), say(engine, unit="u1", due="2021-04-20")
    with reading(engine) as c:
        found = dates_in(c, "c1", 2020)
        assert found == dates_in(c, "c1") == {k: v for k, v in dates_of(c, ["fu1", "fu2", "fu3"]).items() if k != "fu3"}
        assert [(f, d.due.isoformat(), d.version) for f, d in sorted(found.items()) if d.due] == [
            ("fu1", "2021-04-20", unit),
            ("fu2", "2021-04-10", county),
        ]
        assert found["fu1"].opens == date(2021, 1, 10)
        assert dates_of(c, ["fu3"])["fu3"].version == 0  # a newcomer's own unit belongs to no county
    back = say(engine, unit="u1", due="")
    with reading(engine) as c:
        assert dates_of(c, ["fu1"])["fu1"].due == date(2021, 4, 10)
        assert dates_of(c, ["fu1"])["fu1"].version == back > unit
