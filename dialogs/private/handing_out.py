"""Files handed out by the office's own server: what a chat would have sent becomes one link, whose page has them for a while.

A link is used up by the button of its page; what the page then leads to is open for a quarter of an hour and for a few
fetches, because phones fetch a file more than once. Whoever may not have a file (any more) gets none. Not here: how a link
is sent (wrapping.py), or how files are made (outgoing.py).
"""

import json
from dataclasses import dataclass

from dialogs.office import Office
from dialogs.outgoing import Sheet, sheet_for
from dialogs.private import doors
from dialogs.private.tokens import hashed, is_token, new_token
from dialogs.replies import File, Made, Picture, from_data
from dialogs.store import links, people
from dialogs.store.engine import reading, writing
from dialogs.store.links import Link

OPEN = 15 * 60  # seconds for which files can be fetched once their link was used
MOST = 30  # fetches in that time, of all files together


@dataclass(frozen=True, slots=True)
class Opened:
    """What the page behind a used link shows: the token by which files are fetched now, and what they are."""

    token: str
    titles: tuple[str, ...]


def opened(office: Office, token: str) -> Opened | None:
    """Use a link up; where its files can be fetched now. None when it opens nothing, or its person belongs nowhere any more."""
    now = office.clock()
    with writing(office.engine) as c:
        link = doors.use(c, office, token, doors.FILES)
        if link is None:
            return None
        if people.rights_of(c, link.person).none and not office.open_door:
            return None
        fresh = new_token(office.random)
        id = (office.new_id() + office.new_id())[:16]
        links.make(c, id, hashed(fresh), link.person, doors.FETCH, link.target, link.detail, now, now + OPEN)
    return Opened(fresh, _titles(link))


def waiting(office: Office, token: str) -> Opened | None:
    """What can be fetched there just now; looking fetches nothing."""
    with reading(office.engine) as c:
        found = links.good(c, hashed(token), office.clock()) if is_token(token) else None
    if found is None or found.purpose != doors.FETCH:
        return None
    return Opened(token, _titles(found))


def fetched(office: Office, token: str, number: int) -> Sheet | None:
    """One of the files. None when the time is over. Raises Withheld from whoever may not have it (any more)."""
    if not is_token(token):
        return None
    with writing(office.engine) as c:
        link = links.fetch(c, hashed(token), doors.FETCH, office.clock(), MOST)
    if link is None:
        return None
    things = json.loads(link.target)
    if not 0 <= number < len(things):
        return None
    kind, body = things[number]
    reply = from_data(kind, body)
    assert isinstance(reply, File | Picture | Made)
    return sheet_for(office, reply, link.person)


def _titles(link: Link) -> tuple[str, ...]:
    return tuple(map(str, link.detail.get("titles", ())))
