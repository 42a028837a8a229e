"""Coming in: an invitation used by its link, or by its code typed anywhere.

Whether a code never existed, was used, has expired or was taken back is told to nobody: the answer is the same. Five wrong
codes within an hour, and no code of that person is looked at any more for a while.
Not here: making invitations (inviting.py), what strangers see (strangers.py).
"""

from collections.abc import Sequence

from dialogs.access import codes, places
from dialogs.access.inviting import place_of, stands
from dialogs.access.naming import NAMELESS, role_name
from dialogs.access.permissions import Action, Role
from dialogs.access.places import key_of
from dialogs.access.rights import Place
from dialogs.conversation import Screen
from dialogs.orders import Doing, Order
from dialogs.replies import Message, Reply
from dialogs.scene import Outcome, Scene
from dialogs.showing import answered_press, show
from dialogs.store import invitations, journal, members, people
from dialogs.store.invitations import Invitation
from dialogs.store.notices import Notice
from templates import labels
from templates.messages import message

MOST_TRIES = 5  # wrong codes of one person within an hour


def by_link(scene: Scene, payload: str) -> Outcome:
    """/start i<code>, as an invitation link sends it."""
    return _tried(scene, codes.plain_code(payload))


def overhears(scene: Scene, text: str) -> Outcome | None:
    """A code typed, or a whole link pasted, on whatever screen; None for other text."""
    code = codes.code_in(text)
    return _tried(scene, code) if code else None


def _tried(scene: Scene, code: str) -> Outcome:
    if scene.world.read(invitations.tries, scene.rights.person, scene.event.at) >= MOST_TRIES:
        return _told(scene, message("access/too_many_tries"))
    hash = codes.hashed(code) if code else ""
    found = scene.world.read(invitations.good, hash, scene.event.at) if code else None
    if found is None or not scene.world.read(stands, found):
        return _own(scene, hash) or _told(scene, message("access/bad_code"), Order(Action.JOIN, Place(), wrong))
    place = scene.world.read(place_of, found)
    if Role(found.role) in _held(scene, place):
        where = scene.world.read(places.find, key_of(place))
        return _told(scene, message("access/already", place=where.name if where else "", role=role_name(found.role)))
    known = found.name or scene.world.read(members.name_of, scene.rights.person)
    conversation = scene.turned(hat=found.role).conversation.elsewhere()
    order = Order(Action.JOIN, place, accept, {"hash": hash})
    after = f"arrived:{key_of(place)}" if known else "call_me"
    return Outcome(conversation, answered_press(scene), orders=(order,), after=after)


def _own(scene: Scene, hash: str) -> Outcome | None:
    """The code this person came in by, sent once more: no wrong try as long as they are there."""
    used = scene.world.read(invitations.used_by, hash, scene.rights.person) if hash else None
    if used is None:
        return None
    place = scene.world.read(place_of, used)
    if Role(used.role) not in _held(scene, place):
        return None
    where = scene.world.read(places.find, key_of(place))
    return _told(scene, message("access/already_by_it", place=where.name if where else "", role=role_name(used.role)))


def arrived(scene: Scene, argument: str) -> Outcome:
    """Behind the welcome: a filler who is not the first may be somebody's successor; everybody else begins at the start."""
    spot = places.spot(scene, argument)
    own = scene.rights.person
    if spot is None or not spot.is_unit or Role.FILLER not in _held(scene, spot.place):
        return Outcome(scene.conversation.elsewhere(), answered_press(scene), leaving=True)
    others = [m for m in scene.world.read(members.fillers_of, spot.place.unit) if m.id != own]
    if not others:
        return Outcome(scene.conversation.elsewhere(), answered_press(scene), leaving=True)
    rows = [[(labels.HOME, "home")], [(labels.SUCCEED, f"succeed:{spot.place.unit}")]]
    return show(scene, message("access/arrived", names=[m.name or NAMELESS for m in others]), rows, screen=Screen.ME)


def _held(scene: Scene, place: Place) -> frozenset[Role]:
    """The roles held right there; those that come from elsewhere (the county, the supervising unit) do not count."""
    rights = scene.rights
    return rights.units.get(place.unit, frozenset()) if place.unit else rights.counties.get(place.county, frozenset())


def _told(scene: Scene, text: str, *orders: Order) -> Outcome:
    """Say it; what stood on the screen still stands there, its buttons alive."""
    return Outcome(scene.conversation, (*answered_press(scene), Message(text)), orders=orders)


def wrong(doing: Doing) -> Sequence[Reply]:
    """Count a wrong try."""
    invitations.tried(doing.c, doing.person, doing.at)
    journal.note(doing.c, doing.person, "denied", Place(), {"what": "invitation"}, doing.at)
    return ()


def accept(doing: Doing, hash: str) -> Sequence[Reply]:
    """Use the invitation and give the role. Somebody with the same code may have been quicker: then nobody gets in twice."""
    used = invitations.use(doing.c, hash, doing.person, doing.at)
    if used is None:
        wrong(doing)
        return (Message(message("access/bad_code")),)
    place = place_of(doing.c, used)
    if place.unit:
        people.join(doing.c, doing.person, place.unit, used.role, doing.at)
    else:
        people.appoint(doing.c, doing.person, place.county, used.role, doing.at)
    name = members.name_of(doing.c, doing.person)
    if used.name and not name:
        members.call(doing.c, doing.person, used.name)
        name = used.name
    journal.note(doing.c, doing.person, "joined", place, {"role": used.role, "invitation": used.id}, doing.at)
    where = invitations.invitation(doing.c, used.id)
    assert where is not None
    _tell(doing, where, place, name)
    return (Message(message("access/joined", whom=name, place=where.place, role=used.role, role_name=role_name(used.role))),)


def _tell(doing: Doing, used: Invitation, place: Place, name: str) -> None:
    """The inviter hears of it; of a new officer every administrator of the county does."""
    told = {used.created_by}
    if not place.unit:
        told |= set(members.administrators(doing.c, place.county))
    facts = {"whom": name or NAMELESS, "place": used.place, "role": role_name(used.role)}
    for person in sorted(told - {doing.person}):
        if members.is_reachable(doing.c, person):
            text = message("access/invitation_used", own=person == used.created_by, **facts)
            rows = [[(labels.MEMBERS, f"members:{key_of(place)}")]]
            doing.say(Notice(person, "joined", f"joined:{used.id}", text, rows))
