"""Leaving a place, and being taken out of it: at once, with everything that was written staying where it is.

Rights are read anew with every message, so nothing has to be called back; only work promised and files on their way are
given up here. Not here: being forgotten altogether (forgetting.py).
"""

from collections.abc import Sequence

from dialogs.access import me, places
from dialogs.access.granting import may_remove
from dialogs.access.naming import NAMELESS, roles_named
from dialogs.access.permissions import Action, Role
from dialogs.access.places import Spot, find, key_of
from dialogs.access.refusing import not_theirs
from dialogs.access.rights import Place
from dialogs.conversation import Screen
from dialogs.orders import Doing, Order
from dialogs.replies import Message, Reply
from dialogs.scene import Outcome, Scene
from dialogs.showing import answered_press, show
from dialogs.store import counties, invitations, journal, members, people
from dialogs.store.errors import StoreError
from dialogs.store.notices import Notice
from templates import labels
from templates.messages import message


class LastAdministrator(StoreError):
    """A county is not left without anybody who can look after it."""


def leaving(scene: Scene) -> Outcome:
    """退出: which place, when there are several."""
    held = places.own(scene)
    if not held:
        return me.page(scene)
    return me.choose_place(scene, "leave", message("access/leave_which")) or confirm(scene, held[0][0].key)


def confirm(scene: Scene, argument: str) -> Outcome:
    """To be said twice: what is lost, and what stays."""
    spot, roles = _held(scene, argument)
    if spot is None:
        return not_theirs(scene, f"leave:{argument}")
    if Role.ADMINISTRATOR in roles and not _others(scene, spot):
        return me.page(scene, message("access/last_administrator", place=spot.name))
    alone = spot.is_unit and Role.FILLER in roles and not any(Role.FILLER in m.roles for m in _colleagues(scene, spot))
    text = message("access/leave", place=spot.name, roles=roles_named(roles), alone=alone)
    rows = [[(labels.LEAVE_YES, f"left:{spot.key}"), (labels.CANCEL, "me")]]
    return show(scene, text, rows, screen=Screen.ME, item=scene.conversation.item)


def leave_now(scene: Scene, argument: str) -> Outcome:
    """It was confirmed."""
    spot, _ = _held(scene, argument)
    if spot is None:
        return not_theirs(scene, f"left:{argument}")
    order = Order(Action.OWN, spot.place, leave, {"place": spot.place})
    return Outcome(scene.conversation.elsewhere(), answered_press(scene), orders=(order,), after="home")


def _held(scene: Scene, argument: str) -> tuple[Spot | None, frozenset[Role]]:
    spot = places.spot(scene, argument)
    return next(((own, roles) for own, roles in places.own(scene) if spot and own.key == spot.key), (None, frozenset()))


def _colleagues(scene: Scene, spot: Spot) -> list[members.Member]:
    return [m for m in scene.world.read(members.members_of, spot.place.unit) if m.id != scene.rights.person]


def _others(scene: Scene, spot: Spot) -> tuple[str, ...]:
    return tuple(p for p in scene.world.read(members.administrators, spot.place.county) if p != scene.rights.person)


def leave(doing: Doing, place: Place) -> Sequence[Reply]:
    """Leave a place oneself."""
    name = _name_of(doing, place)
    try:
        part(doing, doing.person, place)
    except LastAdministrator as e:
        return (Message(str(e)),)
    journal.note(doing.c, doing.person, "left", place, {}, doing.at)
    return (Message(message("access/left", place=name)),)


def remove(doing: Doing, person: str, place: Place) -> Sequence[Reply]:
    """Take somebody else out, from within the chat: only somebody whose roles one may give oneself."""
    rights = people.rights_of(doing.c, doing.person)
    theirs = people.rights_of(doing.c, person)
    held = theirs.units.get(place.unit, frozenset()) if place.unit else theirs.counties.get(place.county, frozenset())
    if not held or not may_remove(rights.roles_at(place), held, unit=bool(place.unit)):
        journal.note(doing.c, doing.person, "denied", place, {"what": "remove", "whom": person}, doing.at)
        return (Message(message("access/not_removable")),)
    return (Message(message("access/removed", whom=take_out(doing, person, place), place=_name_of(doing, place))),)


def take_out(doing: Doing, person: str, place: Place) -> str:
    """Take somebody out; their name. They are told. Raises LastAdministrator."""
    part(doing, person, place)
    journal.note(doing.c, doing.person, "removed", place, {"whom": person}, doing.at)
    if members.is_reachable(doing.c, person) and person != doing.person:
        text = message("access/you_are_out", place=_name_of(doing, place))
        doing.say(Notice(person, "removed", f"removed:{key_of(place)}:{doing.at}", text))
    return members.name_of(doing.c, person) or NAMELESS


def part(doing: Doing, person: str, place: Place) -> None:
    """A person and a place part: the roles end, and so do the invitations made for it. Raises LastAdministrator."""
    if place.unit:
        people.leave(doing.c, person, place.unit)
    else:
        counties.lock(doing.c, place.county)  # two administrators who go at once go one after the other
        held = people.rights_of(doing.c, person).counties.get(place.county, frozenset())
        if Role.ADMINISTRATOR in held and set(members.administrators(doing.c, place.county)) <= {person}:
            raise LastAdministrator(message("access/last_administrator", place=_name_of(doing, place)))
        people.dismiss(doing.c, person, place.county)
    key = {"unit": place.unit} if place.unit else {"county": place.county}
    for waiting in invitations.listed(doing.c, by=person, open_at=doing.at, **key):
        invitations.revoke(doing.c, waiting.id, doing.at)


def _name_of(doing: Doing, place: Place) -> str:
    spot = find(doing.c, key_of(place))
    return spot.name if spot else ""
