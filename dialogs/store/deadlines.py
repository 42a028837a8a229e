"""Deadlines: dates of a county, a unit or a single filing, above those of the pack. Append only.

A field that is NULL says nothing, an empty text takes an own date back: then the level above decides.
Not here: which of several rows counts (dialogs/calendar/deadlines.py).
"""

import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection, Text, bindparam, case, column, func, insert, or_, select, text

from dialogs.store.statements import Prepared
from dialogs.store.tables import deadlines, filings, memberships, units


class Row(NamedTuple):
    """Dates of a county (`unit` and `filing` empty), of a unit (`filing` empty), or of one filing."""

    id: int
    county: str | None
    unit: str | None
    filing: str | None
    form: str
    year: int
    opens: str | None
    due: str | None
    reviewed: str | None
    published: str | None
    reason: str
    person: str
    at: int


class About(NamedTuple):
    """What a row is about: a county, one of its units, or one filing; always of one form and year."""

    county: str
    unit: str
    filing: str
    form: str
    year: int


class Key(NamedTuple):
    """What decides the dates of a filing."""

    filing: str
    unit: str
    county: str | None
    form: str
    year: int
    edition: str


_d, _f = deadlines.c, filings.c
_ROWS = select(
    *(_d.id, _d.county_id, _d.unit_id, _d.filing_id, _d.form_id, _d.year),
    *(_d.opens, _d.due, _d.reviewed, _d.published, _d.reason, _d.person_id, _d.at),
)
_OF_YEAR = Prepared(_ROWS.where(_d.year == bindparam("in_year")).order_by(_d.id))
_OF_FILING = Prepared(
    _ROWS.where(
        *(_d.form_id == bindparam("of_form"), _d.year == bindparam("in_year")),
        or_(
            _d.filing_id == bindparam("of_filing"),
            _d.filing_id.is_(None) & (_d.unit_id == bindparam("of_unit")),
            _d.filing_id.is_(None) & _d.unit_id.is_(None) & (_d.county_id == bindparam("of_county")),
        ),
    ).order_by(_d.id)
)
_ADD = insert(deadlines).returning(deadlines.c.id)
_KEYS = select(_f.id, _f.unit_id, units.c.county_id, _f.form_id, _f.year, _f.edition).join_from(
    filings, units, units.c.id == _f.unit_id
)
_NO_IDS = bindparam("ids", "[]", Text)
_IDS = {
    dialect: text(f"SELECT {each}").bindparams(_NO_IDS).columns(column("value", Text))
    for dialect, each in (
        ("sqlite", "value FROM json_each(:ids)"),
        ("postgresql", "json_array_elements_text(CAST(:ids AS json))"),
    )
}
_THESE = {dialect: Prepared(_KEYS.where(_f.id.in_(ids))) for dialect, ids in _IDS.items()}
_OF_COUNTY = Prepared(_KEYS.where(units.c.county_id == bindparam("of_county")))
_OF_COUNTY_AND_YEAR = Prepared(_KEYS.where(units.c.county_id == bindparam("of_county"), _f.year == bindparam("in_year")))


def add(c: Connection, about: About, dates: Mapping[str, str], reason: str, person: str, at: int) -> int:
    """One more row, with the dates it says something about; its id."""
    where = {"county_id": about.county or None, "unit_id": about.unit or None, "filing_id": about.filing or None}
    row = {**where, "form_id": about.form, "year": about.year, "reason": reason, "person_id": person, "at": at, **dates}
    return int(c.execute(_ADD, row).scalar_one())


def rows_of(c: Connection, years: Iterable[int]) -> list[Row]:
    """Every row about these years, oldest first."""
    return [Row(*row) for year in sorted(set(years)) for row in _OF_YEAR.run(c, {"in_year": year}).fetchall()]


def rows_about(c: Connection, key: Key) -> list[Row]:
    """The rows that may decide a date of one filing, oldest first."""
    where = {
        "of_form": key.form,
        "in_year": key.year,
        "of_filing": key.filing,
        "of_unit": key.unit,
        "of_county": key.county or "",
    }
    return [Row(*row) for row in _OF_FILING.run(c, where).fetchall()]


def keys_of(c: Connection, filing_ids: Iterable[str]) -> list[Key]:
    """What decides the dates of these filings, however many, in one question."""
    found = _THESE[c.dialect.name].run(c, {"ids": json.dumps(list(filing_ids))}).fetchall()
    return [Key(*row) for row in found]


def keys_in(c: Connection, county: str, year: int | None = None) -> list[Key]:
    """What decides the dates of all filings of a county."""
    if year is None:
        return [Key(*row) for row in _OF_COUNTY.run(c, {"of_county": county}).fetchall()]
    return [Key(*row) for row in _OF_COUNTY_AND_YEAR.run(c, {"of_county": county, "in_year": year}).fetchall()]


class Concerned(NamedTuple):
    """Somebody whom the dates of a filing concern, and the filing."""

    person: str
    role: str
    own: int  # 1 for the filing's own unit, 0 for the supervising one
    filing: str
    unit_name: str
    form: str
    year: int
    edition: str
    project: str
    state: str


_m, _u = memberships.c, units.c
_IN_UNIT = (_m.unit_id == _u.id) & _m.role.in_(["filler", "reviewer"])
_ABOVE = (_m.unit_id == _u.supervisor_id) & (_m.role == "reviewer")
_CONCERNED = (
    select(
        *(_m.person_id, _m.role, case((_m.unit_id == _u.id, 1), else_=0)),
        *(_f.id, _u.name, _f.form_id, _f.year, _f.edition, _f.project, _f.state),
    )
    .select_from(filings.join(units, _u.id == _f.unit_id).join(memberships, _IN_UNIT | _ABOVE))
    .order_by(_m.person_id, _f.year, _u.name, _f.created_at, _f.id, _m.role)
)
_AROUND = {dialect: Prepared(_CONCERNED.where(_f.id.in_(ids))) for dialect, ids in _IDS.items()}
_NAMED = {d: Prepared(select(_f.id, _f.unit_id, _f.project).where(_f.id.in_(ids))) for d, ids in _IDS.items()}
_STANDING = (
    select(_f.form_id, _f.year, _f.state, func.count())
    .join_from(filings, units, _u.id == _f.unit_id)
    .where(_u.county_id == bindparam("of_county"))
    .group_by(_f.form_id, _f.year, _f.state)
)


def concerned(c: Connection, filing_ids: Iterable[str]) -> list[Concerned]:
    """Fillers and reviewers around these filings, each with each filing."""
    found = _AROUND[c.dialect.name].run(c, {"ids": json.dumps(list(filing_ids))}).fetchall()
    return [Concerned(*row) for row in found]


class Named(NamedTuple):
    """Whose filing it is."""

    filing: str
    unit: str
    project: str


def named(c: Connection, filing_ids: Iterable[str]) -> list[Named]:
    """Unit and project of these filings."""
    found = _NAMED[c.dialect.name].run(c, {"ids": json.dumps(list(filing_ids))}).fetchall()
    return [Named(*row) for row in found]


def standing_in(c: Connection, county: str) -> list[tuple[str, int, str, int]]:
    """Form, year, state, and how many filings of the county stand so."""
    return [(form, year, state, many) for form, year, state, many in c.execute(_STANDING, {"of_county": county})]
