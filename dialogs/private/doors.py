"""Doors: links to the office's own server, made when a message leaves, looked at without harm, used up once.

Whoever lost a link, let it run out or used it up gets another one in the chat. Not here: what is behind a door
(handing_out.py, filling.py, uploading.py), or its page (bot/web/pages.py).
"""

from dataclasses import replace

from sqlalchemy import Connection

from dialogs.access.permissions import Action
from dialogs.access.rights import Place
from dialogs.office import Office
from dialogs.orders import Doing, Order
from dialogs.private.tokens import hashed, is_token, new_token
from dialogs.replies import Door, Message, Reply
from dialogs.scene import Outcome, Scene
from dialogs.showing import answered_press
from dialogs.store import links
from dialogs.store.links import Link
from scoring.evidence import Spot
from templates.messages import fit, message

FILES, FETCH, FILL, EVIDENCE, IMPORT, NAME = "files", "fetch", "fill", "evidence", "import", "name"
AGAIN = (FILES, FILL, EVIDENCE, IMPORT, NAME)  # what a new link is given to on the word alone
HOURS = 72
REMEMBERED = 14 * 24 * 3600  # seconds for which a new link to the same thing can be had
MOST_AGAIN = 4
ROOM = 200  # characters that a link takes at the end of a message


def import_door(county: str) -> Door:
    """The page on which a list of units and people is uploaded."""
    return Door(IMPORT, county, {"said": "上传单位和人员名单"})


def evidence_door(filing: str, spot: Spot) -> Door:
    """The page on which evidence is uploaded."""
    return Door(EVIDENCE, f"{filing}:{spot.about}:{spot.place}", {"said": f"上传佐证（{spot.title}）", "title": spot.title})


def with_link(c: Connection, office: Office, person: str, said: Message, now: int) -> Message:
    """The message with its link, which nobody has seen before; the one before to the same thing opens nothing any more."""
    door = said.door
    if door is None:
        return said
    token = new_token(office.random)
    id = (office.new_id() + office.new_id())[:16]
    until = now + HOURS * links.HOUR
    links.make(c, id, hashed(token), person, door.purpose, door.target, door.detail, now, until)
    below = message("private/link", link=f"{office.own_url.rstrip('/')}/l/{token}", until=office.moment_of(until))
    return replace(said, text=f"{fit(said.text, ROOM)}\n\n{below}", door=None)


def look(c: Connection, office: Office, token: str) -> Link | None:
    """What a token opens just now; looking uses nothing up. Unknown, used and expired ones are told from each other by nobody."""
    found = links.good(c, hashed(token), office.clock()) if is_token(token) else None
    return found if found is not None and found.purpose != FETCH else None


def use(c: Connection, office: Office, token: str, purpose: str) -> Link | None:
    """Use the link up; None when somebody else has."""
    return links.use(c, hashed(token), purpose, office.clock()) if is_token(token) else None


def follow_up(c: Connection, office: Office, link: Link) -> str:
    """The token of a link like the one just used, for whoever goes on from its page; it ends when that one would have."""
    token = new_token(office.random)
    id = (office.new_id() + office.new_id())[:16]
    links.make(c, id, hashed(token), link.person, link.purpose, link.target, link.detail, office.clock(), link.expires_at)
    return token


def ask_again(scene: Scene, _: str) -> Outcome:
    """新链接: another link to what the last ones led to."""
    order = Order(Action.OWN, Place(), give_again, {})
    return Outcome(scene.conversation, answered_press(scene), scene.changes, orders=(order,))


def give_again(doing: Doing) -> list[Reply]:
    """One message for each of the last few things; who may still have them is asked at the door."""
    found = links.latest(doing.c, doing.person, AGAIN, doing.at - REMEMBERED, MOST_AGAIN)
    if not found:
        return [Message(message("private/no_link"))]
    return [
        Message(message("private/again", said=said_of(link)), door=Door(link.purpose, link.target, link.detail)) for link in found
    ]


def said_of(link: Link) -> str:
    """What a link is for, in a few words."""
    return str(link.detail.get("said", ""))
