"""A county at a glance: its units, its years, and how every filing of a year stands, each in one sweep without answers.

Not here: what the figures mean (dialogs/bureau), or one filing by itself (filings.py).
"""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, exists, func, select

from dialogs.store.statements import Prepared
from dialogs.store.tables import answers, counties, filings, invitations, memberships, people, units


class Standing(NamedTuple):
    """How one filing stands. `at_item`: the first open question; `answered_at`: None while nobody has begun."""

    filing: str
    unit: str
    unit_name: str
    code: str
    grouping: str
    form: str
    year: int
    project: str
    edition: str
    state: str
    round: int
    state_at: int
    done: int
    total: int
    at_item: str
    answered_at: int | None
    documents: int


class UnitRow(NamedTuple):
    """A unit of a county; `supervisor` is an id, or empty."""

    id: str
    name: str
    code: str
    grouping: str
    supervisor: str


_f, _u = filings.c, units.c
_IN_COUNTY = (
    select(
        *(_f.id, _f.unit_id, _u.name, _u.code, _u.grouping, _f.form_id, _f.year, _f.project, _f.edition),
        *(_f.state, _f.round, _f.state_at, _f.done, _f.total, _f.at_item, _f.answered_at, _f.documents),
    )
    .join_from(filings, units, _u.id == _f.unit_id)
    .where(_u.county_id == bindparam("of_county"), _f.year == bindparam("in_year"))
    .order_by(_u.code, _u.name, _f.unit_id, _f.created_at, _f.id)
)
_STANDINGS = Prepared(_IN_COUNTY)
_UNCOUNTED = Prepared(
    select(_f.id)
    .join_from(filings, units, _u.id == _f.unit_id)
    .where(
        _u.county_id == bindparam("of_county"),
        _f.year == bindparam("in_year"),
        _f.answered_at.is_(None),
        exists().where(answers.c.filing_id == _f.id),
    )
)
_YEARS = (
    select(_f.year)
    .join_from(filings, units, _u.id == _f.unit_id)
    .where(_u.county_id == bindparam("of_county"))
    .group_by(_f.year)
    .order_by(_f.year.desc())
)
_UNITS = (
    select(_u.id, _u.name, _u.code, _u.grouping, func.coalesce(_u.supervisor_id, ""))
    .where(_u.county_id == bindparam("of_county"), _u.closed_at.is_(None))
    .order_by(_u.code, _u.name, _u.id)
)
_NAME = select(counties.c.name).where(counties.c.id == bindparam("this"))
_COUNTIES = select(counties.c.id, counties.c.name).order_by(counties.c.created_at, counties.c.id)
_MEMBERS = (
    select(memberships.c.unit_id, memberships.c.role, people.c.id, people.c.name)
    .join_from(memberships, units, _u.id == memberships.c.unit_id)
    .join(people, people.c.id == memberships.c.person_id)
    .where(_u.county_id == bindparam("of_county"), _u.closed_at.is_(None), people.c.forgotten_at.is_(None))
    .order_by(memberships.c.unit_id, memberships.c.at, people.c.id)
)
_INVITED = (
    select(invitations.c.unit_id, invitations.c.role, invitations.c.name)
    .join_from(invitations, units, _u.id == invitations.c.unit_id)
    .where(
        _u.county_id == bindparam("of_county"),
        invitations.c.used_at.is_(None),
        invitations.c.revoked_at.is_(None),
        invitations.c.expires_at > bindparam("now"),
    )
)


class MemberRow(NamedTuple):
    """Somebody in a role in a unit."""

    unit: str
    role: str
    person: str
    name: str


def standings(c: Connection, county: str, year: int) -> list[Standing]:
    """Every filing of a county for a year, by code and name of the unit."""
    return [Standing(*row) for row in _STANDINGS.run(c, {"of_county": county, "in_year": year}).fetchall()]


def uncounted(c: Connection, county: str, year: int) -> list[str]:
    """Filings with answers that nobody has counted: begun by a version that did not."""
    return [row[0] for row in _UNCOUNTED.run(c, {"of_county": county, "in_year": year}).fetchall()]


def years(c: Connection, county: str) -> list[int]:
    """The years a county has filings of, the latest first."""
    return [row[0] for row in c.execute(_YEARS, {"of_county": county})]


def units_in(c: Connection, county: str) -> list[UnitRow]:
    """The units of a county that are open."""
    return [UnitRow(*row) for row in c.execute(_UNITS, {"of_county": county})]


def members_in(c: Connection, county: str) -> list[MemberRow]:
    """Everybody who belongs to a unit of a county, once per role."""
    return [MemberRow(*row) for row in c.execute(_MEMBERS, {"of_county": county})]


def invited_in(c: Connection, county: str, now: int) -> Sequence[tuple[str, str, str]]:
    """The open invitations to units of a county: unit, role, whose."""
    return [(unit, role, name) for unit, role, name in c.execute(_INVITED, {"of_county": county, "now": now})]


def county_name(c: Connection, county: str) -> str:
    """What a county is called; empty for one that is not there."""
    return c.execute(_NAME, {"this": county}).scalar() or ""


def all_counties(c: Connection) -> list[tuple[str, str]]:
    """Id and name of every county, the oldest first."""
    return [(id, name) for id, name in c.execute(_COUNTIES)]
