"""Where each chat stands: the conversation's state as text, between one event and the next.

Not here: what the text means (dialogs/conversation.py).
"""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from dialogs.store.statements import Insert, Insertion, Prepared, either
from dialogs.store.tables import conversations


@dataclass(frozen=True, slots=True)
class Stored:
    """A chat's conversation; `ver` counts its changes."""

    person_id: str
    filing_id: str | None
    state: str
    ver: int


_c = conversations.c
_LOAD = Prepared(select(_c.person_id, _c.filing_id, _c.state, _c.ver).where(_c.chat == bindparam("of_chat")))

_HOLD = select(_c.ver).where(_c.chat == bindparam("of_chat")).with_for_update()


def _saving(insert: Insertion) -> Insert:
    saving = insert(conversations)
    changed = {name: saving.excluded[name] for name in ("person_id", "filing_id", "state", "at")}
    return saving.on_conflict_do_update(index_elements=["chat"], set_={**changed, "ver": conversations.c.ver + 1})


_SAVE = Prepared(either(_saving))


def load(c: Connection, chat: str) -> Stored | None:
    """The conversation of a chat, None before its first event."""
    row = _LOAD.run(c, {"of_chat": chat}).fetchone()
    return None if row is None else Stored(*row)


def hold(c: Connection, chat: str) -> Stored | None:
    """The same, for whoever changes it outside an event; where the database locks rows, nobody else does until then."""
    if c.dialect.name == "postgresql":
        c.execute(_HOLD, {"of_chat": chat})
    return load(c, chat)


def save(c: Connection, chat: str, person: str, filing: str | None, state: str, now: int) -> None:
    """Keep the conversation as it is after an event."""
    row = {"chat": chat, "person_id": person, "filing_id": filing, "state": state, "ver": 1, "at": now}
    _SAVE.run(c, row)
