"""Hats: as what somebody with several roles speaks just now, said in one short line and changed with one tap.

Not here: what a hat may do (permissions.py), changing it (wearing.py); the hat itself is part of the conversation.
"""

from dialogs.access import places
from dialogs.access.naming import role_name, roles_named
from dialogs.access.permissions import Role
from dialogs.access.rights import Rights
from dialogs.scene import Scene
from dialogs.showing import Row
from templates import labels
from templates.messages import message

MOST = 6  # places named on the start page


def roles_anywhere(rights: Rights) -> frozenset[Role]:
    """Every role somebody has somewhere."""
    return frozenset[Role]().union(*rights.units.values(), *rights.counties.values())


def worn(scene: Scene) -> Role | None:
    """The hat: at the filing in focus, else the one chosen, else the first there is."""
    if scene.filing is not None:
        return scene.hat
    held = roles_anywhere(scene.rights)
    chosen = scene.conversation.hat
    return Role(chosen) if chosen in held else next((role for role in Role if role in held), None)


def others(scene: Scene) -> tuple[Role, ...]:
    """The hats somebody could put on instead: those of the filing in focus, else all."""
    held = scene.rights.roles_at(scene.place) if scene.filing is not None else roles_anywhere(scene.rights)
    return tuple(role for role in Role if role in held and role is not worn(scene))


def line(scene: Scene) -> str:
    """The short line for somebody with several roles here; empty for everybody else."""
    here = worn(scene)
    return message("access/hat", role=role_name(here)) if here and others(scene) else ""


def switch(scene: Scene) -> Row:
    """One button for each other hat."""
    return [(f"{labels.WEAR}{role_name(role)}", f"wear:{role}") for role in others(scene)]


def places_held(scene: Scene) -> list[str]:
    """Where somebody belongs and as what, for people with more than one role or place."""
    held = places.own(scene)
    if len(held) < 2 and all(len(roles) < 2 for _, roles in held):
        return []
    lines = [f"{spot.name}：{roles_named(roles)}" for spot, roles in held]
    more = [f"……一共 {len(lines)} 个单位"] if len(lines) > MOST else []
    return [*lines[:MOST], *more]
