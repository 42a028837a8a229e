"""The outbox: replies leave in order within a chat; one row is claimed, carried, and marked.

A claim ends by itself. A row claimed again after that may have been sent already: that is counted in
`ambiguous`, never hidden.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, func, insert, or_, select, update

from dialogs.store.tables import outbox

LEASE = 60  # seconds a claim lasts


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A claimed reply; `attempts` fences it against a claim that has ended."""

    id: int
    chat: str
    kind: str
    body: dict[str, Any]
    attempts: int
    ambiguous: bool


_earlier = outbox.alias("earlier")
_live = outbox.alias("live")
_claimable = (
    select(_live.c.id)
    .where(
        or_(
            and_(_live.c.state == "new", _live.c.not_before <= bindparam("now")),
            and_(_live.c.state == "sending", _live.c.lease_until <= bindparam("now")),
        )
    )
    .where(
        ~select(_earlier.c.id)
        .where(_earlier.c.chat == _live.c.chat, _earlier.c.state.in_(("new", "sending")), _earlier.c.id < _live.c.id)
        .exists()
    )
    .order_by(_live.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_claim = (
    update(outbox)
    .where(outbox.c.id == _claimable.scalar_subquery())
    .values(
        state="sending",
        attempts=outbox.c.attempts + 1,
        lease_until=bindparam("until"),
        ambiguous=outbox.c.ambiguous + case((outbox.c.state == "sending", 1), else_=0),
    )
    .returning(outbox.c.id, outbox.c.chat, outbox.c.kind, outbox.c.body, outbox.c.attempts, outbox.c.ambiguous)
)
_mine = and_(outbox.c.id == bindparam("row"), outbox.c.attempts == bindparam("mine"), outbox.c.state == "sending")
_sent = update(outbox).where(_mine).values(state="sent", message_id=bindparam("message"))
_retry = (
    update(outbox)
    .where(_mine)
    .values(
        state="new",
        not_before=bindparam("later"),
        error=bindparam("why"),
        ambiguous=outbox.c.ambiguous + case((bindparam("why") == "ambiguous", 1), else_=0),
    )
)
_park = update(outbox).where(_mine).values(state="parked", error=bindparam("why"))
_enqueue = insert(outbox)


def enqueue(c: Connection, chat: str, inbox_id: int, replies: Sequence[tuple[str, dict[str, Any]]], now: int) -> None:
    """Put replies behind those that already wait for this chat."""
    if replies:
        rows = [
            {"chat": chat, "inbox_id": inbox_id, "kind": kind, "body": json.dumps(body, ensure_ascii=False), "at": now}
            for kind, body in replies
        ]
        c.execute(_enqueue, rows)


def claim(c: Connection, now: int, lease: int = LEASE) -> Outgoing | None:
    """The oldest reply that may leave now; none while an earlier one of its chat is unsent."""
    row = c.execute(_claim, {"now": now, "until": now + lease}).fetchone()
    return Outgoing(row[0], row[1], row[2], json.loads(row[3]), row[4], row[5] > 0) if row else None


def sent(c: Connection, row: int, attempts: int, message_id: int) -> bool:
    """Mark as sent; False when the claim was no longer ours."""
    return c.execute(_sent, {"row": row, "mine": attempts, "message": message_id}).rowcount == 1


def retry(c: Connection, row: int, attempts: int, later: int, why: str) -> bool:
    """Send again not before `later`; False when the claim was no longer ours."""
    return c.execute(_retry, {"row": row, "mine": attempts, "later": later, "why": why}).rowcount == 1


def park(c: Connection, row: int, attempts: int, why: str) -> bool:
    """Set aside what can never be delivered; False when the claim was no longer ours."""
    return c.execute(_park, {"row": row, "mine": attempts, "why": why}).rowcount == 1


def depth(c: Connection) -> int:
    """How many replies wait or are on their way."""
    waiting = select(func.count()).select_from(outbox).where(outbox.c.state.in_(("new", "sending")))
    return int(c.execute(waiting).scalar_one())
