"""Units and counties as buttons name them: `u.<id>` and `c.<id>`, looked up and turned into places of the permission gate.

Not here: who belongs there (store/members.py).
"""

from dataclasses import dataclass

from sqlalchemy import Connection

from dialogs.access.permissions import Role
from dialogs.access.rights import Place
from dialogs.scene import Scene
from dialogs.store import counties, members, people


@dataclass(frozen=True, slots=True)
class Spot:
    """A unit or a county, with its name."""

    place: Place
    name: str
    closed: bool = False

    @property
    def key(self) -> str:
        """As a button names it."""
        return key_of(self.place)

    @property
    def is_unit(self) -> bool:
        return bool(self.place.unit)


def key_of(place: Place) -> str:
    """How a button names a place: by its unit, else by its county."""
    return f"u.{place.unit}" if place.unit else f"c.{place.county}"


def find(c: Connection, key: str) -> Spot | None:
    """The place behind `u.<id>` or `c.<id>`; None when there is no such unit or county."""
    kind, _, id = key.partition(".")
    if kind == "u":
        unit = counties.unit(c, id)
        return Spot(Place(unit.county_id, id, unit.supervisor_id), unit.name, unit.closed_at is not None) if unit else None
    county = counties.county(c, id) if kind == "c" else None
    return Spot(Place(county.id), county.name) if county else None


def spot(scene: Scene, argument: str) -> Spot | None:
    """The place a button's argument begins with."""
    kind, _, rest = argument.partition(".")
    return scene.world.read(find, f"{kind}.{rest.partition('.')[0]}")


def rest_of(argument: str) -> str:
    """What stands behind the place in a button's argument."""
    return argument.split(".", 2)[2] if argument.count(".") > 1 else ""


def at(scene: Scene, argument: str) -> Place:
    """Where a button's action happens, for the gate; nowhere when there is no such place."""
    found = spot(scene, argument)
    return found.place if found else Place()


def own(scene: Scene) -> tuple[tuple[Spot, frozenset[Role]], ...]:
    """Where this person belongs, units first, with the roles held there."""
    units = scene.world.read(people.units_of, scene.rights.person)
    offices = scene.world.read(members.offices_of, scene.rights.person)
    in_units = [(Spot(Place(unit=u.id), u.name), u.roles) for u in units]
    return (*in_units, *((Spot(Place(county=id), name), roles) for id, name, roles in offices))
