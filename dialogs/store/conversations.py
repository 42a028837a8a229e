"""Where each chat stands: the conversation's state as text, between one event and the next.

Not here: what the text means (dialogs/conversation.py).
"""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from dialogs.store.statements import Insert, Insertion, either
from dialogs.store.tables import conversations


@dataclass(frozen=True, slots=True)
class Stored:
    """A chat's conversation; `ver` counts its changes."""

    person_id: str
    filing_id: str | None
    state: str
    ver: int


_LOAD = select(conversations.c.person_id, conversations.c.filing_id, conversations.c.state, conversations.c.ver).where(
    conversations.c.chat == bindparam("of_chat")
)


def _saving(insert: Insertion) -> Insert:
    saving = insert(conversations)
    changed = {name: saving.excluded[name] for name in ("person_id", "filing_id", "state", "at")}
    return saving.on_conflict_do_update(index_elements=["chat"], set_={**changed, "ver": conversations.c.ver + 1})


_SAVE = either(_saving)


def load(c: Connection, chat: str) -> Stored | None:
    """The conversation of a chat, None before its first event."""
    row = c.execute(_LOAD, {"of_chat": chat}).first()
    return None if row is None else Stored(*row)


def save(c: Connection, chat: str, person: str, filing: str | None, state: str, now: int) -> None:
    """Keep the conversation as it is after an event."""
    row = {"chat": chat, "person_id": person, "filing_id": filing, "state": state, "ver": 1, "at": now}
    c.execute(_SAVE[c.dialect.name], row)
