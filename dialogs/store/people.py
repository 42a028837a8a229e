"""People, units, and who belongs where."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, Insert, bindparam, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from dialogs.store.tables import memberships, people, units


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit a person belongs to, and as what."""

    id: str
    name: str
    role: str


_person = select(people.c.id).where(people.c.channel == bindparam("channel"), people.c.address == bindparam("address"))
_role = select(memberships.c.role).where(
    memberships.c.person_id == bindparam("person"), memberships.c.unit_id == bindparam("unit")
)
_units = (
    select(units.c.id, units.c.name, memberships.c.role)
    .join(memberships, memberships.c.unit_id == units.c.id)
    .where(memberships.c.person_id == bindparam("person"))
    .order_by(units.c.created_at, units.c.id)
)
_new_people: dict[str, Insert] = {
    "sqlite": sqlite.insert(people).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(people).on_conflict_do_nothing(),
}
_new_members: dict[str, Insert] = {
    "sqlite": sqlite.insert(memberships).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(memberships).on_conflict_do_nothing(),
}


def person(c: Connection, channel: str, address: str, now: int, new_id: Callable[[], str]) -> str:
    """The id of the person at this address, known from now on."""
    found = c.execute(_person, {"channel": channel, "address": address}).scalar()
    if found is None:
        row = {"id": new_id(), "channel": channel, "address": address, "created_at": now}
        c.execute(_new_people[c.dialect.name], row)
        found = c.execute(_person, {"channel": channel, "address": address}).scalar_one()
    return str(found)


def add_unit(c: Connection, unit: str, name: str, now: int) -> None:
    """A new unit. Names are not unique: they give no access."""
    c.execute(insert(units).values(id=unit, name=name, created_at=now))


def join(c: Connection, who: str, unit: str, role: str) -> None:
    """Let a person belong to a unit; an existing role stays."""
    c.execute(_new_members[c.dialect.name], {"person_id": who, "unit_id": unit, "role": role})


def leave(c: Connection, who: str, unit: str) -> None:
    """From the very next event on, the unit is no longer theirs; answers stay with their author."""
    c.execute(delete(memberships).where(memberships.c.person_id == who, memberships.c.unit_id == unit))


def role_in(c: Connection, who: str, unit: str) -> str | None:
    """The role of a person in a unit; None when they do not belong to it."""
    found = c.execute(_role, {"person": who, "unit": unit}).scalar()
    return None if found is None else str(found)


def units_of(c: Connection, who: str) -> tuple[Unit, ...]:
    """The units of a person, oldest first."""
    return tuple(Unit(*row) for row in c.execute(_units, {"person": who}))
