"""One's own name, written on the office's own page. Not here: what a name may be (access/naming.py)."""

from dataclasses import dataclass

from dialogs.access.me import call
from dialogs.access.naming import person_name
from dialogs.conversation import Conversation, Screen
from dialogs.events import Event, Said
from dialogs.interview import then
from dialogs.office import Office
from dialogs.orders import Doing
from dialogs.private import doors
from dialogs.private.wrapping import collected
from dialogs.replies import to_data
from dialogs.staging import build_scene
from dialogs.store import conversations, outbox, personal
from dialogs.store.engine import writing


@dataclass(frozen=True, slots=True)
class Named:
    """What came of it: `wrong` says why the name was not taken."""

    typed: str = ""
    wrong: str = ""


def name(office: Office, token: str, typed: str) -> Named | None:
    """Keep the name; None when the link opens nothing any more."""
    said, wrong = person_name(typed[:200])
    if wrong:
        return Named(typed[:200], wrong)
    with writing(office.engine) as c:
        link = doors.use(c, office, token, doors.NAME)
        found = personal.find(c, link.person) if link else None
        if link is None or found is None:
            return None
        now = office.clock()
        replies = tuple(call(Doing(c, office, link.person, now, None, found.where), said))
        stored = conversations.hold(c, found.where)
        conversation = Conversation.from_json(stored.state) if stored else Conversation()
        if stored is not None and conversation.screen is Screen.MY_NAME:  # the chat waits for the name: it goes on
            event = Event(Said(""), found.where, found.where, now)
            shown = then(build_scene(c, office, event, link.person, conversation, stored.filing_id), "me")
            conversations.save(c, found.where, link.person, stored.filing_id, shown.conversation.to_json(), now)
            replies = (*replies, *shown.replies)
        outbox.enqueue(c, found.where, None, [to_data(r) for r in collected(replies)], now)
    return Named()
