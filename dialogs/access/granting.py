"""Whom somebody may invite and remove: the second table beside permissions.py, role × role.

A filler brings a colleague to fill; a unit's reviewer (usually its head) looks after those who fill and look on; roles that
decide over others' work come from the county's administrators, so that nobody can approve through a second account.
Not here: whether somebody may invite or remove at all (permissions.py).
"""

from collections.abc import Iterable, Mapping

from dialogs.access.permissions import Role

IN_UNIT = (Role.FILLER, Role.REVIEWER, Role.OBSERVER)
IN_COUNTY = (Role.ADMINISTRATOR, Role.OVERSEER)

GRANTS: Mapping[Role, frozenset[Role]] = {
    Role.FILLER: frozenset({Role.FILLER}),
    Role.REVIEWER: frozenset({Role.FILLER, Role.OBSERVER}),
    Role.OBSERVER: frozenset(),
    Role.ADMINISTRATOR: frozenset(Role),
    Role.OVERSEER: frozenset(),
}


def grantable(roles: Iterable[Role], *, unit: bool) -> tuple[Role, ...]:
    """The roles that somebody in these roles may give to others, in a unit or in a county."""
    granted = frozenset[Role]().union(*(GRANTS[role] for role in roles))
    return tuple(role for role in (IN_UNIT if unit else IN_COUNTY) if role in granted)


def may_remove(roles: Iterable[Role], theirs: Iterable[Role], *, unit: bool) -> bool:
    """Whether somebody in these roles may take away all that another one has at the same place."""
    return set(theirs) <= set(grantable(roles, unit=unit))
