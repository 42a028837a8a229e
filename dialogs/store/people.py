"""People by the address of their channel, units, and who belongs where in which role.

Not here: what a role may do.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, insert, select

from dialogs.store.statements import Insert, Insertion, Prepared, either
from dialogs.store.tables import memberships, people, units


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit (单位) a person belongs to, and in which role."""

    id: str
    name: str
    role: str


_FIND = select(people.c.id).where(people.c.channel == bindparam("on_channel"), people.c.address == bindparam("at_address"))
_ADD = either(lambda insert: insert(people).on_conflict_do_nothing(index_elements=["channel", "address"]))
_ADD_UNIT = insert(units)


def _joining(insert: Insertion) -> Insert:
    joining = insert(memberships)
    return joining.on_conflict_do_update(index_elements=["person_id", "unit_id"], set_={"role": joining.excluded.role})


_JOIN = either(_joining)
_of_person = memberships.c.person_id == bindparam("of_person")
_in_unit = memberships.c.unit_id == bindparam("in_unit")
_LEAVE = delete(memberships).where(_of_person, _in_unit)
_UNITS = (
    select(units.c.id, units.c.name, memberships.c.role)
    .join_from(memberships, units, units.c.id == memberships.c.unit_id)
    .where(_of_person)
    .order_by(units.c.created_at, units.c.id)
)
_ROLE = Prepared(select(memberships.c.role).where(_of_person, _in_unit))


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


def join(c: Connection, person: str, unit: str, role: str) -> None:
    """Put a person into a unit, or change the role there."""
    c.execute(_JOIN[c.dialect.name], {"person_id": person, "unit_id": unit, "role": role})


def leave(c: Connection, person: str, unit: str) -> None:
    """Take a person out of a unit; what the person wrote stays."""
    c.execute(_LEAVE, {"of_person": person, "in_unit": unit})


def units_of(c: Connection, person: str) -> tuple[Unit, ...]:
    """The units a person belongs to, oldest first."""
    return tuple(Unit(*row) for row in c.execute(_UNITS, {"of_person": person}))


def role_in(c: Connection, person: str, unit: str) -> str | None:
    """The role of a person in a unit; None for somebody who does not belong to it."""
    row = _ROLE.run(c, {"of_person": person, "in_unit": unit}).fetchone()
    return None if row is None else str(row[0])
