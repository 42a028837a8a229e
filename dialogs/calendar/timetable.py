"""A county's calendar of one year: its forms with their dates, how many filings stand where, and who has dates of their own.

Not here: how it looks on a screen (county_page.py) or at the command line.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from dialogs.calendar.deadlines import Dates, by_level, decided
from dialogs.editions import edition_of
from dialogs.scene import FormChoice
from dialogs.store import counties, deadlines
from dialogs.store.deadlines import Row
from scoring.calendar import Days


@dataclass(frozen=True, slots=True)
class Line:
    """One form. `waiting`: filings not handed in; `handed`: waiting for review; `approved`."""

    form: str
    title: str
    per: str
    dates: Dates
    pack: Days
    waiting: int
    handed: int
    approved: int


@dataclass(frozen=True, slots=True)
class Own:
    """A unit or a filing with a last day of its own."""

    form: str
    title: str
    unit: str
    unit_name: str
    project: str
    filing: str
    due: date
    reason: str


@dataclass(frozen=True, slots=True)
class Timetable:
    """The whole calendar."""

    county: str
    name: str
    year: int
    years: tuple[int, ...]  # those there are filings or forms of
    lines: tuple[Line, ...]
    owns: tuple[Own, ...]


def timetable(c: Connection, county: str, year: int, forms: tuple[FormChoice, ...]) -> Timetable:
    """The calendar of a county; `year` 0 is the latest one with filings, else with forms."""
    found = counties.county(c, county)
    standing = deadlines.standing_in(c, county)
    years = sorted({f.year for f in forms} | {y for _, y, _, _ in standing}, reverse=True)
    year = year or max((y for _, y, _, _ in standing), default=years[0] if years else 0)
    keys = {(k.form, k.edition): k for k in deadlines.keys_in(c, county, year)}
    offered = {f.id: f for f in forms}
    ids = dict.fromkeys([f.id for f in forms if f.year == year] + [form for form, y, _, _ in standing if y == year])
    rows = deadlines.rows_of(c, [year])
    said = by_level(rows).counties
    lines = []
    for id in ids:
        begun = next((edition_of(c, *key, year) for key in keys if key[0] == id), None)
        title, per = (begun.title, begun.data.per) if begun else (offered[id].title, offered[id].per)
        pack = offered[id].days_in(year) if id in offered else begun.days if begun else Days()
        count = {state: many for form, y, state, many in standing if (form, y) == (id, year)}
        waiting = count.get("open", 0) + count.get("returned", 0)
        dates = decided([said.get((county, id, year))], pack)
        lines.append(Line(id, title, per, dates, pack, waiting, count.get("submitted", 0), count.get("approved", 0)))
    titles = {line.form: line.title for line in lines}
    return Timetable(county, found.name if found else "", year, tuple(years), tuple(lines), _owns(c, county, year, rows, titles))


def own_dates(c: Connection, county: str, year: int) -> tuple[Own, ...]:
    """Units and filings of a county with a last day of their own, the forms by their ids."""
    return _owns(c, county, year, deadlines.rows_of(c, [year]), {})


def _owns(c: Connection, county: str, year: int, rows: Sequence[Row], titles: dict[str, str]) -> tuple[Own, ...]:
    """Units and filings whose latest word about the last day is a day."""
    names = {u.id: u.name for u in counties.units_in(c, county, closed=True)}
    filings = {f.filing: f for f in deadlines.named(c, [r.filing for r in rows if r.filing])}
    latest: dict[tuple[str, str, str], Row] = {}
    for row in rows:
        unit = filings[row.filing].unit if row.filing in filings else row.unit or ""
        if (row.unit or row.filing) and row.due is not None and unit in names:
            latest[(unit, row.form, row.filing or "")] = row
    found = []
    for (unit, form, filing), row in latest.items():
        if row.due:
            project = filings[filing].project if filing else ""
            own = (form, titles.get(form, form), unit, names[unit], project, filing, date.fromisoformat(row.due), row.reason)
            found.append(Own(*own))
    return tuple(sorted(found, key=lambda own: (own.due, own.unit_name, own.form, own.project)))
