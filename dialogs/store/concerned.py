"""Whom reminders concern: filings as they stand, who fills them and who looks after them, what people have set.

Asked for many filings at once. Not here: the reminders themselves (reminders.py), or who of these people is told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, and_, bindparam, exists, func, or_, select

from dialogs.store.listed import as_list, listed
from dialogs.store.people import CONSOLE
from dialogs.store.tables import assignments, counties, documents, filings, memberships, officers, people, units
from dialogs.store.tables.making import literal


class Concerned(NamedTuple):
    """A filing as reminders see it. `finished`: nobody waits for it any more."""

    id: str
    state: str
    unit_id: str
    unit_name: str
    county_id: str | None
    supervisor_id: str | None
    finished: bool
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Part:
    """A person's part in a filing: sections assigned, and whether all of them are done."""

    filing_id: str
    person_id: str
    done: bool


_f, _u = filings.c, units.c
_whole = exists().where(
    documents.c.filing_id == _f.id, documents.c.version == _f.documents, documents.c.gaps == 0
)  # a unit of no county has nobody to submit to: it is finished with its first whole set of documents
_finished = or_(
    _f.state.in_([literal("submitted"), literal("approved")]),
    _u.closed_at.is_not(None),
    and_(_u.county_id.is_(None), _f.documents > 0, _whole),
)
_CONCERNED = listed(
    lambda ids: (
        select(_f.id, _f.state, _f.unit_id, _u.name, _u.county_id, _u.supervisor_id, _finished, _f.done, _f.total)
        .join_from(filings, units, _u.id == _f.unit_id)
        .where(_f.id.in_(ids("filings")))
    )
)
_reachable = and_(people.c.forgotten_at.is_(None), people.c.channel != CONSOLE)
_MEMBERS = listed(
    lambda ids: (
        select(memberships.c.unit_id, memberships.c.person_id, memberships.c.role)
        .join_from(memberships, people, people.c.id == memberships.c.person_id)
        .where(memberships.c.unit_id.in_(ids("units")), memberships.c.role != "observer", _reachable)
    )
)
_ADMINISTRATORS = listed(
    lambda ids: (
        select(officers.c.county_id, officers.c.person_id)
        .join_from(officers, people, people.c.id == officers.c.person_id)
        .where(officers.c.county_id.in_(ids("counties")), officers.c.role == "administrator", _reachable)
    )
)
_PARTS = listed(
    lambda ids: (
        select(assignments.c.filing_id, assignments.c.person_id, func.count() == func.count(assignments.c.done_at))
        .where(assignments.c.filing_id.in_(ids("filings")))
        .group_by(assignments.c.filing_id, assignments.c.person_id)
    )
)
_UNREACHABLE = listed(
    lambda ids: (
        select(memberships.c.unit_id, people.c.name)
        .join_from(memberships, people, people.c.id == memberships.c.person_id)
        .where(memberships.c.unit_id.in_(ids("units")), memberships.c.role == "filler", people.c.blocked_at.is_not(None))
        .order_by(people.c.name, people.c.id)
    )
)
_SETTINGS = listed(
    lambda ids: select(people.c.id, people.c.settings).where(people.c.id.in_(ids("people")), people.c.settings != "{}")
)
_NAMES = listed(
    lambda ids: select(people.c.id, people.c.name, people.c.blocked_at.is_not(None)).where(people.c.id.in_(ids("people")))
)
_COUNTY_SETTINGS = select(counties.c.id, counties.c.settings)
_OPEN_OF_COUNTY = (
    select(_f.id).join_from(filings, units, _u.id == _f.unit_id).where(_u.county_id == bindparam("of_county")).order_by(_f.id)
)


def filings_by_id(c: Connection, ids: Iterable[str]) -> dict[str, Concerned]:
    """The filings as they stand just now."""
    rows = _CONCERNED.run(c, {"filings": as_list(set(ids))}).fetchall()
    return {
        id: Concerned(id, state, unit, name, county, above, bool(finished), done, total)
        for id, state, unit, name, county, above, finished, done, total in rows
    }


def members(c: Connection, unit_ids: Iterable[str]) -> dict[tuple[str, str], list[str]]:
    """Who fills and who reviews: persons by unit and role."""
    found: dict[tuple[str, str], list[str]] = {}
    for unit, person, role in _MEMBERS.run(c, {"units": as_list(set(unit_ids))}).fetchall():
        found.setdefault((unit, role), []).append(person)
    return found


def administrators(c: Connection, county_ids: Iterable[str]) -> dict[str, list[str]]:
    """The administrators of each county."""
    found: dict[str, list[str]] = {}
    for county, person in _ADMINISTRATORS.run(c, {"counties": as_list(set(county_ids))}).fetchall():
        found.setdefault(county, []).append(person)
    return found


def parts(c: Connection, ids: Iterable[str]) -> dict[str, list[Part]]:
    """Whose part is whose, by filing."""
    found: dict[str, list[Part]] = {}
    for filing, person, done in _PARTS.run(c, {"filings": as_list(set(ids))}).fetchall():
        found.setdefault(filing, []).append(Part(filing, person, bool(done)))
    return found


def unreachable(c: Connection, unit_ids: Iterable[str]) -> dict[str, list[str]]:
    """The names of those fillers of each unit who have blocked the bot; empty where the name is not known."""
    found: dict[str, list[str]] = {}
    for unit, name in _UNREACHABLE.run(c, {"units": as_list(set(unit_ids))}).fetchall():
        found.setdefault(unit, []).append(name)
    return found


def settings_of(c: Connection, ids: Iterable[str]) -> dict[str, str]:
    """The settings, as JSON, of the persons who have any."""
    return dict(_SETTINGS.run(c, {"people": as_list(set(ids))}).fetchall())


def settings_of_counties(c: Connection) -> dict[str, str]:
    """The settings of every county, as JSON."""
    return {row.id: row.settings for row in c.execute(_COUNTY_SETTINGS)}


def names_of(c: Connection, ids: Iterable[str]) -> dict[str, tuple[str, bool]]:
    """The name of each person, and whether the person has blocked the bot."""
    rows = _NAMES.run(c, {"people": as_list(set(ids))}).fetchall()
    return {id: (name, bool(blocked)) for id, name, blocked in rows}


def filings_of_county(c: Connection, county: str) -> list[str]:
    """Every filing of a county's units."""
    return list(c.execute(_OPEN_OF_COUNTY, {"of_county": county}).scalars())
