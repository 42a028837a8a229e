"""What one person holds: roles in units and in counties; and what these come to at one place.

Not here: what a role may do (permissions.py), or where rights are stored (store/people.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from dialogs.access.permissions import Action, Role, State, may


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is done: a county, a unit of it with its supervising unit (主管部门), a filing in its state."""

    county: str = ""
    unit: str = ""
    supervisor: str = ""
    filing: str = ""
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Rights:
    """The roles of one person: by unit, and by county."""

    person: str = ""
    units: Mapping[str, frozenset[Role]] = field(default_factory=dict)
    counties: Mapping[str, frozenset[Role]] = field(default_factory=dict)

    @property
    def none(self) -> bool:
        """A stranger."""
        return not self.units and not self.counties

    def roles_at(self, place: Place) -> frozenset[Role]:
        """The roles that count at a place: in the unit, as reviewer of its supervising unit, in the county."""
        own = self.units.get(place.unit, frozenset()) if place.unit else frozenset[Role]()
        above = self.units.get(place.supervisor, frozenset()) if place.supervisor else frozenset[Role]()
        office = self.counties.get(place.county, frozenset()) if place.county else frozenset[Role]()
        return own | (above & {Role.REVIEWER}) | office

    def may(self, action: Action, place: Place) -> bool:
        """Whether this person may do this there."""
        return may(self.roles_at(place), action, place.state)
