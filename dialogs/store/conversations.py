"""Where each chat stands, as JSON that only dialogs/conversation.py reads."""

from dataclasses import dataclass

from sqlalchemy import Connection, Insert, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from dialogs.store.tables import conversations


@dataclass(frozen=True, slots=True)
class Stored:
    """A conversation as it was left."""

    person_id: str
    filing_id: str | None
    state: str


_load = select(conversations.c.person_id, conversations.c.filing_id, conversations.c.state).where(
    conversations.c.chat == bindparam("chat")
)


def _upsert(name: str) -> Insert:
    statement = sqlite.insert(conversations) if name == "sqlite" else postgresql.insert(conversations)
    fresh = {k: statement.excluded[k] for k in ("person_id", "filing_id", "state", "at")}
    return statement.on_conflict_do_update(index_elements=["chat"], set_=fresh)


_saves = {name: _upsert(name) for name in ("sqlite", "postgresql")}


def load(c: Connection, chat: str) -> Stored | None:
    """The conversation of a chat."""
    row = c.execute(_load, {"chat": chat}).fetchone()
    return Stored(*row) if row else None


def save(c: Connection, chat: str, person: str, filing: str | None, state: str, now: int) -> None:
    """Keep the conversation as it stands after an event."""
    row = {"chat": chat, "person_id": person, "filing_id": filing, "state": state, "at": now}
    c.execute(_saves[c.dialect.name], row)
