"""Invitations made, sent and taken back. The code is made when the message leaves: nothing keeps it but the message itself.

Not here: using one (joining.py), the screens on which one is asked for (members.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from dialogs.access.codes import hashed, new_code, shown
from dialogs.access.granting import grantable
from dialogs.access.naming import role_name
from dialogs.access.permissions import Role
from dialogs.access.places import find, key_of
from dialogs.access.rights import Place
from dialogs.office import Office
from dialogs.orders import Doing
from dialogs.replies import Message, Reply, Slip
from dialogs.store import invitations, journal, members, office_settings, people
from dialogs.store.errors import StoreError
from dialogs.store.invitations import Invitation
from templates.messages import message

HOURS = 72
MOST_HOURS = 24 * 60  # two months: for lists that are printed and handed out
MOST_OPEN = 50  # invitations one person may have open at a time in the chat


class InvitationError(StoreError):
    """An invitation that cannot be made or taken back."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Who is to be invited: where, as what, under which name (may be empty)."""

    place: Place
    role: Role
    name: str = ""


def invite(doing: Doing, wanted: Sequence[Wanted], hours: int = HOURS) -> list[tuple[Invitation, str]]:
    """Make invitations, any number at once, each with its code, which is told this once only."""
    if not 1 <= hours <= MOST_HOURS:
        raise InvitationError(f"有效期要在 1 到 {MOST_HOURS} 小时之间。")
    made = [(_new(doing, w, hours), new_code(doing.office.random)) for w in wanted]
    invitations.create_many(doing.c, [(i, hashed(code)) for i, code in made])
    for (one, _), w in zip(made, wanted, strict=True):
        journal.note(
            doing.c, doing.person, "invited", w.place, {"invitation": one.id, "role": str(w.role), "hours": hours}, doing.at
        )
    return made


def _new(doing: Doing, w: Wanted, hours: int) -> Invitation:
    county = None if w.place.unit else w.place.county
    until = doing.at + hours * invitations.HOUR
    id = doing.office.new_id()
    return Invitation(id, county, w.place.unit or None, str(w.role), w.name, doing.person, doing.at, until)


def send(doing: Doing, place: Place, role: str, name: str, hours: int = HOURS) -> Sequence[Reply]:
    """Invite from within the chat: only roles the inviter may give, and not without end."""
    roles = people.rights_of(doing.c, doing.person).roles_at(place)
    if Role(role) not in grantable(roles, unit=bool(place.unit)):
        journal.note(doing.c, doing.person, "denied", place, {"what": f"invite {role}"}, doing.at)
        return (Message(message("access/cannot_grant", role=role_name(role))),)
    if len(invitations.listed(doing.c, by=doing.person, open_at=doing.at)) >= MOST_OPEN:
        return (Message(message("access/too_many_open", most=MOST_OPEN)),)
    ((made, _),) = invite(doing, [Wanted(place, Role(role), name)], hours)
    return (Slip(made.id),)


def stands(c: Connection, made: Invitation) -> bool:
    """Whether whoever made an invitation could make it still: with their rights, what they have promised ends, too."""
    if members.is_console(c, made.created_by):
        return True
    place = place_of(c, made)
    return Role(made.role) in grantable(people.rights_of(c, made.created_by).roles_at(place), unit=bool(place.unit))


def mint(c: Connection, office: Office, invitation: str, now: int) -> tuple[Invitation, str] | None:
    """A fresh code for an open invitation; the one before, if any, opens nothing from now on. None when it is not open."""
    code = new_code(office.random)
    if not invitations.rehash(c, invitation, hashed(code), now):
        return None
    made = invitations.invitation(c, invitation)
    assert made is not None
    if not stands(c, made):
        return None
    return made, code


def slip(c: Connection, office: Office, invitation: str, now: int) -> Message:
    """The message that is forwarded to whoever is invited."""
    minted = mint(c, office, invitation, now)
    if minted is None:
        return Message(message("access/invitation_gone"))
    made, code = minted
    return Message(slip_text(c, office, made, code))


def slip_text(c: Connection, office: Office, made: Invitation, code: str) -> str:
    """What the invited person reads."""
    facts = {"whom": made.name, "place": made.place, "role": role_name(made.role), "code": shown(code)}
    return message("access/slip", link=link_to(c, code), until=office.moment_of(made.expires_at), **facts)


def link_to(c: Connection, code: str) -> str:
    """The link that joins with one tap; empty while the bot's name is not known."""
    return office_settings.link(c, f"i{code}")


def revoke(doing: Doing, invitation: str) -> Invitation:
    """Take an unused invitation back. Raises InvitationError with the reason why not."""
    made = invitations.invitation(doing.c, invitation)
    if made is None:
        raise InvitationError("没有这个邀请。")
    if not invitations.revoke(doing.c, invitation, doing.at):
        why = "已经用掉了，要请人离开请用移出" if made.state(doing.at) == "used" else "早就收回了"
        raise InvitationError(f"这个邀请{why}。")
    journal.note(doing.c, doing.person, "revoked", place_of(doing.c, made), {"invitation": made.id}, doing.at)
    return made


def place_of(c: Connection, made: Invitation) -> Place:
    """Where an invitation leads to."""
    key = key_of(Place(made.county_id or "", made.unit_id or ""))
    found = find(c, key)
    assert found is not None
    return found.place
