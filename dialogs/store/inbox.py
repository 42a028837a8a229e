"""The inbox: updates stored before they are acknowledged, taken one at a time, in order within a chat."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Insert, bindparam, func, select, update
from sqlalchemy.dialects import postgresql, sqlite

from dialogs.events import Arrival
from dialogs.store.tables import inbox


@dataclass(frozen=True, slots=True)
class Taken:
    """An update to be handled now."""

    id: int
    channel: str
    chat: str
    body: str
    at: int
    attempts: int


_earlier = inbox.alias("earlier")
_due = (
    select(inbox.c.id, inbox.c.channel, inbox.c.chat, inbox.c.body, inbox.c.at, inbox.c.attempts)
    .where(inbox.c.state == "new", inbox.c.not_before <= bindparam("now"))
    .where(
        ~select(_earlier.c.id)
        .where(_earlier.c.chat == inbox.c.chat, _earlier.c.state == "new", _earlier.c.id < inbox.c.id)
        .exists()
    )
    .order_by(inbox.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)  # nothing on SQLite, where BEGIN IMMEDIATE admits one writer
)
_done = update(inbox).where(inbox.c.id == bindparam("row"), inbox.c.state == "new").values(state="done").returning(inbox.c.id)
_postpone = (
    update(inbox)
    .where(inbox.c.id == bindparam("row"))
    .values(attempts=inbox.c.attempts + 1, not_before=bindparam("later"), error=bindparam("why"), state="new")
)
_park = update(inbox).where(inbox.c.id == bindparam("row")).values(state="parked", error=bindparam("why"))
_inserts: dict[str, Insert] = {
    "sqlite": sqlite.insert(inbox).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(inbox).on_conflict_do_nothing(),
}


def receive(c: Connection, arrivals: Sequence[Arrival], now: int) -> int:
    """Store updates; one that is there already is ignored. How many were new."""
    new = 0
    for a in arrivals:
        row = {
            "channel": a.channel,
            "bot": a.bot,
            "update_id": a.update_id,
            "chat": a.chat,
            "person": a.person,
            "body": a.body,
            "at": now,
        }
        new += c.execute(_inserts[c.dialect.name], row).rowcount
    return new


def take(c: Connection, now: int) -> Taken | None:
    """The oldest update that is due and whose chat has none before it, done as far as this transaction goes."""
    row = c.execute(_due, {"now": now}).fetchone()
    if row is None or c.execute(_done, {"row": row[0]}).fetchone() is None:
        return None
    return Taken(*row)


def postpone(c: Connection, row: int, later: int, why: str) -> None:
    """Try this update again later; its chat waits, others go on."""
    c.execute(_postpone, {"row": row, "later": later, "why": why})


def park(c: Connection, row: int, why: str) -> None:
    """Set an update aside that cannot be handled; its chat goes on."""
    c.execute(_park, {"row": row, "why": why})


def depth(c: Connection) -> int:
    """How many updates wait."""
    return int(c.execute(select(func.count()).select_from(inbox).where(inbox.c.state == "new")).scalar_one())


def latest_update(c: Connection, channel: str, bot: str) -> int:
    """The highest update id stored for a channel that numbers its own updates; 0 when there is none."""
    found = select(func.max(inbox.c.update_id)).where(inbox.c.channel == channel, inbox.c.bot == bot)
    return int(c.execute(found).scalar() or 0)
