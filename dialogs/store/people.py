"""People by the address of their channel, units, and who belongs where in which role.

Not here: what a role may do (dialogs/access).
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, literal, select

from dialogs.access.permissions import Role
from dialogs.access.rights import Place, Rights
from dialogs.store.statements import Prepared, either
from dialogs.store.tables import memberships, officers, people, units

CONSOLE = "console"  # the channel of whoever sits at the command line of the server


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit (单位) a person belongs to, and in which roles."""

    id: str
    name: str
    roles: frozenset[Role]


_FIND = select(people.c.id).where(people.c.channel == bindparam("on_channel"), people.c.address == bindparam("at_address"))
_ADD = either(lambda insert: insert(people).on_conflict_do_nothing(index_elements=["channel", "address"]))
_ADD_UNIT = insert(units)


_JOIN = either(lambda insert: insert(memberships).on_conflict_do_nothing())
_APPOINT = either(lambda insert: insert(officers).on_conflict_do_nothing())
_of_person = memberships.c.person_id == bindparam("of_person")
_in_unit = memberships.c.unit_id == bindparam("in_unit")
_LEAVE = delete(memberships).where(_of_person, _in_unit)
_LEAVE_ROLE = _LEAVE.where(memberships.c.role == bindparam("in_role"))
_DISMISS = delete(officers).where(officers.c.person_id == bindparam("of_person"), officers.c.county_id == bindparam("in_county"))
_UNITS = (
    select(units.c.id, units.c.name, memberships.c.role)
    .join_from(memberships, units, units.c.id == memberships.c.unit_id)
    .where(_of_person)
    .order_by(units.c.created_at, units.c.id, memberships.c.role)
)
_RIGHTS = Prepared(
    select(memberships.c.unit_id, memberships.c.role, literal(1))
    .where(_of_person)
    .union_all(select(officers.c.county_id, officers.c.role, literal(0)).where(officers.c.person_id == bindparam("of_person")))
)
_PLACE = select(units.c.county_id, units.c.supervisor_id).where(units.c.id == bindparam("this"))


def person(c: Connection, channel: str, address: str, now: int, new_id: Callable[[], str]) -> str:
    """The id of the person at this address, who is made known when new."""
    where = {"on_channel": channel, "at_address": address}
    found: str | None = c.execute(_FIND, where).scalar()
    if found is not None:
        return found
    c.execute(_ADD[c.dialect.name], {"id": new_id(), "channel": channel, "address": address, "created_at": now})
    known: str = c.execute(_FIND, where).scalar_one()  # perhaps made known by somebody else in the meantime
    return known


def add_unit(c: Connection, id: str, name: str, now: int) -> None:
    """A new unit. Names need not be unique; two people who type the same name have two units."""
    c.execute(_ADD_UNIT, {"id": id, "name": name, "created_at": now})


def join(c: Connection, person: str, unit: str, role: str, now: int = 0) -> None:
    """Give a person a role in a unit, beside those the person has there."""
    c.execute(_JOIN[c.dialect.name], {"person_id": person, "unit_id": unit, "role": role, "at": now})


def leave(c: Connection, person: str, unit: str, role: str = "") -> None:
    """Take a person out of a unit, or one role away; what the person wrote stays."""
    where = {"of_person": person, "in_unit": unit}
    if role:
        c.execute(_LEAVE_ROLE, where | {"in_role": role})
    else:
        c.execute(_LEAVE, where)


def appoint(c: Connection, person: str, county: str, role: str, now: int = 0) -> None:
    """Give a person an office in a county."""
    c.execute(_APPOINT[c.dialect.name], {"person_id": person, "county_id": county, "role": role, "at": now})


def dismiss(c: Connection, person: str, county: str) -> None:
    """Take every office in a county from a person."""
    c.execute(_DISMISS, {"of_person": person, "in_county": county})


def units_of(c: Connection, person: str) -> tuple[Unit, ...]:
    """The units a person belongs to, oldest first."""
    found: dict[str, Unit] = {}
    for id, name, role in c.execute(_UNITS, {"of_person": person}):
        before = found[id].roles if id in found else frozenset()
        found[id] = Unit(id, name, before | {Role(role)})
    return tuple(found.values())


def rights_of(c: Connection, person: str) -> Rights:
    """Everything a person may be, anywhere."""
    in_units: dict[str, frozenset[Role]] = {}
    in_counties: dict[str, frozenset[Role]] = {}
    for where, role, is_unit in _RIGHTS.run(c, {"of_person": person}).fetchall():
        held = in_units if is_unit else in_counties
        held[where] = held.get(where, frozenset()) | {Role(role)}
    return Rights(person, in_units, in_counties)


def place_of_unit(c: Connection, unit: str) -> Place | None:
    """A unit as a place of the permission gate; None when there is no such unit."""
    row = c.execute(_PLACE, {"this": unit}).first()
    return None if row is None else Place(row[0] or "", unit, row[1] or "")


def console(c: Connection, now: int, new_id: Callable[[], str]) -> str:
    """The person in whose name the server's command line acts."""
    return person(c, CONSOLE, CONSOLE, now, new_id)
