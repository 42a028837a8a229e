"""The pace of sending, common to all workers: at most so many messages a second over all chats and in each chat.

A key (the channel, or a chat) has one row: when its next message may leave, in milliseconds. A chat may be ahead of its
pace by a short burst, as the channel allows. Not here: waiting for the moment (bot/delivery.py).
"""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, case, select

from dialogs.store.statements import Prepared, either
from dialogs.store.tables import paces


@dataclass(frozen=True, slots=True)
class Limits:
    """What the channel allows. `burst`: messages of one chat that may leave at once before its pace holds."""

    per_second: float = 25
    per_chat: float = 1
    burst: int = 5

    @property
    def gap(self) -> int:
        """Milliseconds between two messages, whomever they are for."""
        return round(1000 / self.per_second)

    @property
    def chat_gap(self) -> int:
        """Milliseconds between two messages of one chat, in the long run."""
        return round(1000 / self.per_chat)

    @property
    def ahead(self) -> int:
        """Milliseconds a chat may be ahead of its pace."""
        return (self.burst - 1) * self.chat_gap


_FREE_AT = Prepared(select(paces.c.free_at).where(paces.c.key == bindparam("of_key")))
_later = case((paces.c.free_at > bindparam("now"), paces.c.free_at), else_=bindparam("now"))
_TURN = Prepared(
    either(
        lambda insert: (
            insert(paces)
            .values(key=bindparam("of_key"), free_at=bindparam("now") + bindparam("gap"))
            .on_conflict_do_update(index_elements=["key"], set_={"free_at": _later + bindparam("gap")})
            .returning(paces.c.free_at)
        )
    )
)
_HOLD = Prepared(
    either(
        lambda insert: (
            insert(paces)
            .values(key=bindparam("of_key"), free_at=bindparam("until"))
            .on_conflict_do_update(
                index_elements=["key"],
                set_={"free_at": case((paces.c.free_at > bindparam("until"), paces.c.free_at), else_=bindparam("until"))},
            )
        )
    )
)


def free_at(c: Connection, key: str) -> int:
    """When the next message may leave; 0 for at once."""
    row = _FREE_AT.run(c, {"of_key": key}).fetchone()
    return 0 if row is None else int(row[0])


def turn(c: Connection, key: str, now: int, gap: int) -> int:
    """The moment this message may leave; the next one waits for `gap` milliseconds more."""
    row = _TURN.run(c, {"of_key": key, "now": now, "gap": gap}).fetchone()
    return int(row[0]) - gap


def hold(c: Connection, key: str, until: int) -> None:
    """Nothing leaves before this moment."""
    _HOLD.run(c, {"of_key": key, "until": until})
