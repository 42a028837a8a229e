"""Hats: as what somebody with several roles speaks just now, said in one short line and changed with one tap.

Not here: what a hat may do (permissions.py); the hat itself is part of the conversation.
"""

from dialogs import returning
from dialogs.access import places
from dialogs.access.naming import role_name, roles_named
from dialogs.access.permissions import Role
from dialogs.access.rights import Rights
from dialogs.conversation import Screen
from dialogs.replies import Message
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, answered_press, show
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


def wear(scene: Scene, role: str) -> Outcome:
    """Put another hat on; what is on the screen is shown to the new role."""
    if role not in others(scene):
        return choose(scene)
    turned = scene.turned(hat=role)
    if turned.filing is None:
        return Outcome(turned.conversation.elsewhere(), answered_press(scene), leaving=True)
    return returning.arrive(turned.turned(screen=Screen.START, pending={}))


def choose(scene: Scene) -> Outcome:
    """换身份, typed: changed at once where there is one other hat."""
    possible = others(scene)
    here = worn(scene)
    if len(possible) == 1:
        return wear(scene, possible[0])
    if not possible or here is None:
        text = message("access/one_hat", role=role_name(here) if here else "")
        return Outcome(scene.conversation, (*answered_press(scene), Message(text)))
    text = message("access/hats", role=role_name(here))
    return show(scene, text, [[button] for button in switch(scene)], screen=Screen.ME, item=scene.conversation.item)
