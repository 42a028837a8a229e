"""Who belongs to a unit or to a county's office; inviting a colleague, taking an invitation back, taking somebody out.

Not here: making an invitation (inviting.py), what leaving does (leaving.py).
"""

from collections.abc import Sequence

from dialogs.access import me, places
from dialogs.access.granting import grantable, may_remove
from dialogs.access.inviting import revoke, send
from dialogs.access.leaving import remove
from dialogs.access.lookalikes import like
from dialogs.access.naming import NAMELESS, person_name, role_name, roles_named
from dialogs.access.permissions import Action, Role
from dialogs.access.places import Spot, key_of
from dialogs.access.refusing import not_theirs, refused
from dialogs.access.rights import Place
from dialogs.conversation import Screen
from dialogs.orders import Doing, Order
from dialogs.replies import Message, Reply
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, answered_press, show
from dialogs.store import invitations
from dialogs.store import members as store
from dialogs.store.members import Member
from templates import labels
from templates.messages import message

MOST = 30  # people listed by name, and with a button each where one is to be chosen


def colleagues(scene: Scene) -> Outcome:
    """成员: of the only place there is, else of one that is chosen."""
    held = places.own(scene)
    if not held:
        return me.page(scene)
    return me.choose_place(scene, "members", message("access/which_place")) or page(scene, held[0][0].key)


def page(scene: Scene, argument: str, first: str = "") -> Outcome:
    """The members of a place, and what may be done about them."""
    spot = places.spot(scene, argument)
    if spot is None:
        return not_theirs(scene, f"members:{argument}")
    everybody = _members(scene, spot)
    text = message(
        "access/members",
        first=first,
        place=spot.name,
        count=len(everybody),
        members=[_shown(scene, m, [other.name for other in everybody]) for m in everybody[:MOST]],
        closed=spot.closed,
    )
    first_row, second = [], []
    if _grantable(scene, spot) and scene.may(Action.INVITE, spot.place) and not spot.closed:
        first_row.append((labels.INVITE, f"invite:{spot.key}"))
        waiting = len(_open(scene, spot))
        second += [(f"{labels.OPEN_INVITATIONS} {waiting}", f"invitations:{spot.key}")] if waiting else []
    if _removable(scene, spot):
        first_row.append((labels.REMOVE, f"removing:{spot.key}"))
    office = Place(spot.place.county)
    if scene.may(Action.PROGRESS, office):
        second.append((labels.OTHER_UNIT if spot.is_unit else labels.UNIT_PEOPLE, f"unit_people:{key_of(office)}"))
    rows: list[Row] = [row for row in (first_row, second) if row]
    return show(scene, text, [*rows, [(labels.ME, "me"), *me.back(scene)]], screen=Screen.ME, item=scene.conversation.item)


def _members(scene: Scene, spot: Spot) -> tuple[Member, ...]:
    if spot.is_unit:
        return scene.world.read(store.members_of, spot.place.unit)
    return scene.world.read(store.officers_of, spot.place.county)


def _shown(scene: Scene, member: Member, names: Sequence[str]) -> str:
    own = "（你）" if member.id == scene.rights.person else ""
    lost = "，联系不上" if not member.reached else ""
    twin = like(member.name, names) if member.name else ""
    alike = f"，和{twin}写法很像，请认清" if twin else ""
    return f"{member.name or NAMELESS}{own}：{roles_named(member.roles)}{lost}{alike}"


def _grantable(scene: Scene, spot: Spot) -> tuple[Role, ...]:
    return grantable(scene.rights.roles_at(spot.place), unit=spot.is_unit)


def _removable(scene: Scene, spot: Spot) -> list[Member]:
    if not scene.may(Action.REMOVE, spot.place):
        return []
    roles = scene.rights.roles_at(spot.place)
    others = (m for m in _members(scene, spot) if m.id != scene.rights.person)
    return [m for m in others if may_remove(roles, m.roles, unit=spot.is_unit)]


def _open(scene: Scene, spot: Spot) -> tuple[invitations.Invitation, ...]:
    """Those this person could have given: nobody takes back what only somebody else may give."""
    granted = _grantable(scene, spot)
    if spot.is_unit:
        found = scene.world.read(invitations.listed, unit=spot.place.unit, open_at=scene.event.at)
    else:
        found = scene.world.read(invitations.listed, county=spot.place.county, open_at=scene.event.at)
    return tuple(i for i in found if Role(i.role) in granted and (i.unit_id is not None) == spot.is_unit)


def invite(scene: Scene, argument: str) -> Outcome:
    """As what the colleague is to come in."""
    spot = places.spot(scene, argument)
    if spot is None or spot.closed:
        return not_theirs(scene, f"invite:{argument}")
    roles = _grantable(scene, spot)
    if len(roles) == 1:
        return invite_as(scene, f"{spot.key}.{roles[0]}")
    rows = [[(role_name(role), f"invite_as:{spot.key}.{role}")] for role in roles]
    text = message("access/invite", place=spot.name, roles=[str(role) for role in roles])
    return show(scene, text, [*rows, [(labels.MEMBERS, f"members:{spot.key}")]], screen=Screen.ME, item=scene.conversation.item)


def invite_as(scene: Scene, argument: str, wrong: str = "") -> Outcome:
    """The colleague's name; may be left out."""
    spot, role = places.spot(scene, argument), places.rest_of(argument)
    if spot is None or role not in _grantable(scene, spot):
        return refused(scene, Action.INVITE, f"invite_as:{argument}")
    if scene.private:  # a name is nothing for the chat; who comes in writes it on the office's own page
        return invite_go(scene, argument)
    rows = [[(labels.NO_NAME, f"invite_go:{argument}")], [(labels.MEMBERS, f"members:{spot.key}")]]
    text = message("access/invite_whom", wrong=wrong, place=spot.name, role=role_name(role))
    return show(scene, text, rows, screen=Screen.INVITING, item=scene.conversation.item, pending={"invite": argument})


def hear_name(scene: Scene, text: str) -> Outcome:
    """The colleague's name as typed."""
    argument = scene.conversation.pending.get("invite", "")
    name, wrong = person_name(text)
    return invite_as(scene, argument, wrong) if wrong else invite_go(scene, argument, name)


def invite_again(scene: Scene, first: str) -> Outcome:
    """The question for the name once more, below a line."""
    return invite_as(scene, scene.conversation.pending.get("invite", ""), first)


def invite_go(scene: Scene, argument: str, name: str = "") -> Outcome:
    """Everything is said: the invitation goes out as a message of its own, to be forwarded."""
    spot, role = places.spot(scene, argument), places.rest_of(argument)
    if spot is None or role not in _grantable(scene, spot):
        return refused(scene, Action.INVITE, f"invite_go:{argument}")
    order = Order(Action.INVITE, spot.place, send, {"place": spot.place, "role": role, "name": name})
    text = message("access/forward", whom=name)
    rows = [[(labels.INVITE_ANOTHER, f"invite:{spot.key}"), (labels.MEMBERS, f"members:{spot.key}")], me.back(scene)]
    shown = show(scene, text, rows, screen=Screen.ME, item=scene.conversation.item)
    return Outcome(shown.conversation, shown.replies, orders=(order,))


def open_invitations(scene: Scene, argument: str) -> Outcome:
    """The invitations nobody has used yet, each to be taken back with one tap."""
    spot = places.spot(scene, argument)
    if spot is None:
        return not_theirs(scene, f"invitations:{argument}")
    found = _open(scene, spot)[:MOST]
    listed = [{"whom": i.name, "role": role_name(i.role), "left": max(1, (i.expires_at - scene.event.at) // 3600)} for i in found]
    rows = [[(f"{labels.REVOKE} {n}", f"revoke:{spot.key}.{i.id}")] for n, i in enumerate(found, 1)]
    text = message("access/invitations", place=spot.name, invitations=listed)
    return show(scene, text, [*rows, [(labels.MEMBERS, f"members:{spot.key}")]], screen=Screen.ME, item=scene.conversation.item)


def take_back(scene: Scene, argument: str) -> Outcome:
    """Take one back."""
    spot, id = places.spot(scene, argument), places.rest_of(argument)
    if spot is None or id not in {i.id for i in _open(scene, spot)}:
        return page(scene, argument, message("access/invitation_gone"))
    order = Order(Action.INVITE, spot.place, _taken_back, {"id": id})
    return Outcome(scene.conversation, answered_press(scene), orders=(order,), after=f"members:{spot.key}")


def _taken_back(doing: Doing, id: str) -> tuple[Reply, ...]:
    revoke(doing, id)
    return (Message(message("access/revoked")),)


def removing(scene: Scene, argument: str) -> Outcome:
    """Whom to take out."""
    spot = places.spot(scene, argument)
    if spot is None:
        return not_theirs(scene, f"removing:{argument}")
    rows = [
        [(m.name or f"{NAMELESS}（{roles_named(m.roles)}）", f"remove:{spot.key}.{m.id}")] for m in _removable(scene, spot)[:MOST]
    ]
    text = message("access/removing", place=spot.name, any=bool(rows))
    return show(scene, text, [*rows, [(labels.MEMBERS, f"members:{spot.key}")]], screen=Screen.ME, item=scene.conversation.item)


def confirm_removal(scene: Scene, argument: str) -> Outcome:
    """To be said twice."""
    spot, member = _chosen(scene, argument)
    if spot is None or member is None:
        return page(scene, argument, message("access/not_removable"))
    text = message("access/remove", whom=member.name or NAMELESS, roles=roles_named(member.roles), place=spot.name)
    rows = [[(labels.REMOVE_YES, f"removed:{argument}"), (labels.CANCEL, f"members:{spot.key}")]]
    return show(scene, text, rows, screen=Screen.ME, item=scene.conversation.item)


def remove_now(scene: Scene, argument: str) -> Outcome:
    """Take somebody out: nothing of the place is theirs from the next message on."""
    spot, member = _chosen(scene, argument)
    if spot is None or member is None:
        return page(scene, argument, message("access/not_removable"))
    order = Order(Action.REMOVE, spot.place, remove, {"person": member.id, "place": spot.place})
    return Outcome(scene.conversation, answered_press(scene), orders=(order,), after=f"members:{spot.key}")


def _chosen(scene: Scene, argument: str) -> tuple[Spot | None, Member | None]:
    spot, id = places.spot(scene, argument), places.rest_of(argument)
    found = _removable(scene, spot) if spot else []
    return spot, next((m for m in found if m.id == id), None)
