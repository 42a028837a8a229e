"""The outbox: replies in the order they must leave each chat, one in flight at a time.

Two lanes: what is said unasked lets every reply pass, in its own chat, too. A row is claimed for a while, carried, and
marked; whoever comes too late finds that it is no longer theirs.
Not here: what a reply looks like, or how it is carried.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Integer, Select, and_, bindparam, case, exists, func, insert, or_, select, update

from dialogs.store.statements import Prepared
from dialogs.store.tables import NEW, PARKED, SENDING, SENT, outbox, paces
from dialogs.store.tables.making import literal

LEASE = 180  # seconds: longer than drafting a document and the longest upload together
NOTICE = "notice"  # the kind of rows that are written down when they leave (sending.py)
BEHIND = 1  # the lane of what is said unasked: every reply passes it
LONGER = 720  # seconds more for those: nobody waits for them, and clocks of two machines may differ by minutes
BLOCKED = "blocked"  # the error of a try that the person had forbidden
TOAST = "toast"  # the kind of rows that no limit of the channel counts
AMBIGUOUS = "ambiguous"  # the error of a try to which no answer came: it may have arrived


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A claimed row. `attempts` is the proof of the claim; `ambiguous`: an earlier try may have arrived."""

    id: int
    attempts: int
    chat: str
    kind: str
    body: dict[str, Any]
    ambiguous: bool


_row = outbox.alias("candidate")
_earlier = outbox.alias("earlier")
_heads = and_(
    _row.c.state.in_([NEW, SENDING]),
    ~exists().where(
        _earlier.c.chat == _row.c.chat,
        _earlier.c.state.in_([NEW, SENDING]),
        _earlier.c.id < _row.c.id,
        _earlier.c.lane <= _row.c.lane,  # a reply does not wait behind what is said unasked
    ),
)
_due_at = case((_row.c.state == NEW, _row.c.not_before), else_=_row.c.lease_until)
_next = (
    select(_row.c.id)
    .where(
        _heads,
        _due_at <= bindparam("now"),
        func.substr(_row.c.chat, 1, bindparam("length")) == bindparam("of_channel"),
        _row.c.lane <= bindparam("lanes"),
    )
    .order_by(_row.c.lane, _row.c.id)
    .limit(1)
    .with_for_update(of=_row, skip_locked=True)  # for speed on PostgreSQL; SQLite has one writer
)
_within_pace = or_(
    _row.c.kind == literal(TOAST),
    func.coalesce(select(paces.c.free_at).where(paces.c.key == _row.c.chat).scalar_subquery(), 0) <= bindparam("room"),
)


def _claiming(head: Select[tuple[int]]) -> Prepared:
    return Prepared(
        update(outbox)
        .where(
            outbox.c.id == head.scalar_subquery(),
            or_(
                and_(outbox.c.state == NEW, outbox.c.not_before <= bindparam("now")),
                and_(outbox.c.state == SENDING, outbox.c.lease_until <= bindparam("now")),
            ),
        )
        .values(
            state=SENDING,
            attempts=outbox.c.attempts + 1,
            owner=bindparam("me"),
            lease_until=bindparam("until") + case((outbox.c.kind == literal(NOTICE), LONGER), else_=0),
            ambiguous=case((outbox.c.state == SENDING, 1), else_=outbox.c.ambiguous),  # the claim before was never closed
        )
        .returning(outbox.c.id, outbox.c.attempts, outbox.c.chat, outbox.c.kind, outbox.c.body, outbox.c.ambiguous)
    )


_CLAIM = _claiming(_next)
_CLAIM_WITHIN_PACE = _claiming(_next.where(_within_pace))
_ENQUEUE = Prepared(insert(outbox))
_mine = and_(outbox.c.id == bindparam("this"), outbox.c.state == SENDING, outbox.c.attempts == bindparam("claim"))
_SENT = Prepared(update(outbox).where(_mine).values(state=SENT, message_id=bindparam("message")))
_RETRY = (
    update(outbox)
    .where(_mine)
    .values(
        state=NEW,
        not_before=bindparam("later"),
        error=bindparam("why"),
        ambiguous=case((bindparam("doubtful", type_=Integer) == 1, 1), else_=outbox.c.ambiguous),
    )
)
_RELEASE = update(outbox).where(outbox.c.state == SENDING).values(lease_until=bindparam("now"))
_RELEASE_OF = _RELEASE.where(outbox.c.owner == bindparam("of_owner"))
_RELEASE_BUT = _RELEASE_OF.where(outbox.c.id.not_in(bindparam("held", expanding=True)))
_PUT_BACK = update(outbox).where(_mine).values(state=NEW)
_HEARD_FROM = Prepared(
    update(outbox)
    .where(outbox.c.chat == bindparam("of_chat"), outbox.c.state == NEW, outbox.c.error == BLOCKED)
    .values(not_before=bindparam("now"), error="")
)
_MINE = Prepared(select(outbox.c.id).where(_mine).with_for_update())
_PARK = update(outbox).where(_mine).values(state=PARKED, error=bindparam("why"))
_PENDING = select(func.count()).select_from(_row).where(_row.c.state.in_([NEW, SENDING]), _due_at <= bindparam("now"))
_NEXT_DUE = Prepared(select(func.min(_due_at)).where(_heads))
_chat_free = select(paces.c.free_at).where(paces.c.key == _row.c.chat).scalar_subquery() - bindparam("ahead")
_held_by_chat = and_(_row.c.kind != literal(TOAST), _chat_free > 1000 * _due_at)
_NEXT_TURN = Prepared(select(func.min(case((_held_by_chat, _chat_free), else_=1000 * _due_at))).where(_heads))


def enqueue(c: Connection, chat: str, inbox_id: int | None, replies: Sequence[tuple[str, Mapping[str, Any]]], now: int) -> None:
    """Put replies, (kind, body) each, behind what already waits for this chat."""
    if replies:
        rows = [
            {"chat": chat, "inbox_id": inbox_id, "kind": kind, "body": json.dumps(body, ensure_ascii=False), "at": now}
            for kind, body in replies
        ]
        _ENQUEUE.many(c, rows)


def claim(
    c: Connection,
    now: int,
    channel: str,
    lease: int = LEASE,
    *,
    owner: str = "",
    lanes: int = BEHIND,
    room: int | None = None,
) -> Outgoing | None:
    """The oldest reply of a channel that may leave now, of the lanes up to this one, ours for `lease` seconds.

    What waits in a chat holds back what is behind it in the same lane. `room`: only from chats whose pace is free by then.
    """
    prefix = f"{channel}:"
    values = {"now": now, "until": now + lease, "of_channel": prefix, "length": len(prefix), "me": owner, "lanes": lanes}
    row = _CLAIM.run(c, values) if room is None else _CLAIM_WITHIN_PACE.run(c, values | {"room": room})
    if (found := row.fetchone()) is None:
        return None
    id, attempts, chat, kind, body, ambiguous = found
    return Outgoing(id, attempts, chat, kind, json.loads(body), bool(ambiguous))


def is_mine(c: Connection, id: int, attempts: int) -> bool:
    """Whether the claim still holds; on PostgreSQL it does until the transaction ends."""
    return _MINE.run(c, {"this": id, "claim": attempts}).fetchone() is not None


def sent(c: Connection, id: int, attempts: int, message_id: int) -> bool:
    """It arrived. False when the claim was lost meanwhile."""
    return bool(_SENT.run(c, {"this": id, "claim": attempts, "message": message_id}).rowcount == 1)


def retry(c: Connection, id: int, attempts: int, not_before: int, error: str) -> bool:
    """Try again later; an AMBIGUOUS try may have arrived. False when the claim was lost meanwhile."""
    doubtful = int(error == AMBIGUOUS)
    values = {"this": id, "claim": attempts, "later": not_before, "why": error, "doubtful": doubtful}
    return c.execute(_RETRY, values).rowcount == 1


def put_back(c: Connection, id: int, attempts: int) -> bool:
    """It was not even tried. False when the claim was lost meanwhile."""
    return c.execute(_PUT_BACK, {"this": id, "claim": attempts}).rowcount == 1


def park(c: Connection, id: int, attempts: int, error: str) -> bool:
    """It can never be delivered; what is behind it may leave. False when the claim was lost meanwhile."""
    return c.execute(_PARK, {"this": id, "claim": attempts, "why": error}).rowcount == 1


def pending(c: Connection, now: int) -> int:
    """How many replies are due and have not left."""
    return c.execute(_PENDING, {"now": now}).scalar_one()


def next_due(c: Connection) -> int | None:
    """When the next reply may leave: in the past when one may leave now, None when nothing waits."""
    due: int | None = _NEXT_DUE.run(c, {}).fetchone()[0]
    return due


def next_turn(c: Connection, ahead: int) -> int | None:
    """The same in milliseconds, with the pace of each chat, which may be `ahead` by so many of them."""
    turn: int | None = _NEXT_TURN.run(c, {"ahead": ahead}).fetchone()[0]
    return turn


def heard_from(c: Connection, chat: str, now: int) -> None:
    """Somebody who had blocked us speaks again: what waited for them need not wait any longer."""
    _HEARD_FROM.run(c, {"of_chat": chat, "now": now})


def release(c: Connection, now: int, owner: str = "") -> int:
    """End every lease, or those of one worker that has died, so that nobody waits for it. Returns how many."""
    if owner:
        return c.execute(_RELEASE_OF, {"now": now, "of_owner": owner}).rowcount
    return c.execute(_RELEASE, {"now": now}).rowcount


def release_but(c: Connection, now: int, owner: str, held: Sequence[int]) -> int:
    """End the leases of a worker, but for those of the rows it carries. Returns how many."""
    return c.execute(_RELEASE_BUT, {"now": now, "of_owner": owner, "held": list(held)}).rowcount
