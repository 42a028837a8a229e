"""Who belongs where, under which name: the lists people are shown, and looked up in; who fills, reviews, administers.

Not here: a person's own rights (people.py), the same for thousands of filings at once (concerned.py), or what a role may do (dialogs/access).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, or_, select, update

from dialogs.access.permissions import Role
from dialogs.access.rights import Place
from dialogs.store.people import CONSOLE
from dialogs.store.tables import counties, memberships, officers, people, units


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a unit or in a county's office. `reached`: whether the bot can still write to them."""

    id: str
    name: str
    roles: frozenset[Role]
    since: int
    reached: bool


@dataclass(frozen=True, slots=True)
class Seat:
    """One role of one person somewhere: a line of the list of a county's people."""

    person_id: str
    person: str
    unit_id: str
    unit: str
    role: Role
    since: int
    reached: bool


_p, _m, _o = people.c, memberships.c, officers.c
_blocked = _p.blocked_at
_IN_UNIT = (
    select(_p.id, _p.name, _m.role, _m.at, _blocked)
    .join_from(memberships, people, _p.id == _m.person_id)
    .where(_m.unit_id == bindparam("here"))
    .order_by(_m.at, _p.created_at, _p.id, _m.role)
)
_IN_OFFICE = (
    select(_p.id, _p.name, _o.role, _o.at, _blocked)
    .join_from(officers, people, _p.id == _o.person_id)
    .where(_o.county_id == bindparam("here"))
    .order_by(_o.at, _p.created_at, _p.id, _o.role)
)
_SEATS = (
    select(_p.id, _p.name, units.c.id, units.c.name, _m.role, _m.at, _blocked)
    .join_from(memberships, people, _p.id == _m.person_id)
    .join(units, units.c.id == _m.unit_id)
    .where(units.c.county_id == bindparam("of_county"))
    .order_by(units.c.code == "", units.c.code, units.c.created_at, units.c.id, _m.role, _m.at, _p.id)
)
_NAMES = select(_p.id, _p.name).where(_p.id.in_(bindparam("these", expanding=True)))
_RENAME = update(people).where(_p.id == bindparam("this")).values(name=bindparam("called"))
_FIND = select(_p.id, _p.name, _p.channel).where(
    _p.channel != CONSOLE, _p.forgotten_at.is_(None), or_(_p.id == bindparam("word"), _p.name == bindparam("word"))
)
_OFFICES = (
    select(counties.c.id, counties.c.name, _o.role)
    .join_from(officers, counties, counties.c.id == _o.county_id)
    .where(_o.person_id == bindparam("of_person"))
    .order_by(counties.c.created_at, counties.c.id, _o.role)
)
_ADMINISTRATORS = (
    select(_o.person_id).where(_o.county_id == bindparam("of_county"), _o.role == str(Role.ADMINISTRATOR)).order_by(_o.person_id)
)
_REVIEWERS = (
    select(_m.person_id)
    .where(_m.unit_id.in_(bindparam("these", expanding=True)), _m.role == str(Role.REVIEWER))
    .distinct()
    .order_by(_m.person_id)
)
_CHANNEL = select(_p.channel, _p.forgotten_at).where(_p.id == bindparam("this"))


def members_of(c: Connection, unit: str) -> tuple[Member, ...]:
    """Everybody in a unit, those there longest first."""
    return _gathered(c.execute(_IN_UNIT, {"here": unit}))


def fillers_of(c: Connection, unit: str) -> tuple[Member, ...]:
    """Those who fill in for a unit."""
    return tuple(m for m in members_of(c, unit) if Role.FILLER in m.roles)


def officers_of(c: Connection, county: str) -> tuple[Member, ...]:
    """Everybody in a county's office."""
    return _gathered(c.execute(_IN_OFFICE, {"here": county}))


def _gathered(rows: Iterable[tuple[str, str, str, int, int | None]]) -> tuple[Member, ...]:
    found: dict[str, Member] = {}
    for id, name, role, at, blocked in rows:
        before = found[id].roles if id in found else frozenset[Role]()
        since = found[id].since if id in found else at
        found[id] = Member(id, name, before | {Role(role)}, since, blocked is None)
    return tuple(found.values())


def seats_in(c: Connection, county: str) -> tuple[Seat, ...]:
    """Every role of every person in the units of a county, unit by unit."""
    rows = c.execute(_SEATS, {"of_county": county})
    return tuple(Seat(id, name, u, unit, Role(role), at, blocked is None) for id, name, u, unit, role, at, blocked in rows)


def offices_of(c: Connection, person: str) -> tuple[tuple[str, str, frozenset[Role]], ...]:
    """The counties (id, name, roles) in whose office a person is."""
    found: dict[str, tuple[str, str, frozenset[Role]]] = {}
    for id, name, role in c.execute(_OFFICES, {"of_person": person}):
        before = found[id][2] if id in found else frozenset[Role]()
        found[id] = (id, name, before | {Role(role)})
    return tuple(found.values())


def administrators(c: Connection, county: str) -> tuple[str, ...]:
    """The administrators of a county."""
    return tuple(c.execute(_ADMINISTRATORS, {"of_county": county}).scalars())


def reviewers(c: Connection, place: Place) -> tuple[str, ...]:
    """The people who review what a unit hands in: its own reviewers, and those of the unit above it."""
    return tuple(c.execute(_REVIEWERS, {"these": [u for u in (place.unit, place.supervisor) if u]}).scalars())


def names_of(c: Connection, persons: Iterable[str]) -> Mapping[str, str]:
    """The names of these people, empty where none is known."""
    wanted = sorted(set(persons))
    return {row[0]: row[1] for row in c.execute(_NAMES, {"these": wanted})} if wanted else {}


def name_of(c: Connection, person: str) -> str:
    """The name of a person; empty when none is known."""
    return names_of(c, [person]).get(person, "")


def call(c: Connection, person: str, name: str) -> None:
    """Give a person another name."""
    c.execute(_RENAME, {"this": person, "called": name})


def found(c: Connection, word: str) -> tuple[tuple[str, str], ...]:
    """The people (id, name) whose id or whole name this is."""
    return tuple((id, name) for id, name, _ in c.execute(_FIND, {"word": word}))


def is_reachable(c: Connection, person: str) -> bool:
    """Whether there is anybody to write to: not the command line, and not somebody forgotten."""
    row = c.execute(_CHANNEL, {"this": person}).first()
    return row is not None and row[0] != CONSOLE and row[1] is None


def is_console(c: Connection, person: str) -> bool:
    """Whether it is the command line in whose name something was done."""
    row = c.execute(_CHANNEL, {"this": person}).first()
    return row is not None and row[0] == CONSOLE
