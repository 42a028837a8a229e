"""Notices on their way: waiting, queued in the outbox, sent or void; and who has blocked us.

Every step is one conditional statement, so that of several workers one takes it. Not here: what notices say
(notices.py), or when they may leave (dialogs/reminding).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, bindparam, exists, func, insert, not_, select, update

from dialogs.store.digests import HELD_BACK
from dialogs.store.outbox import BEHIND, NOTICE
from dialogs.store.statements import Prepared
from dialogs.store.tables import NEW, PARKED, SENDING, SENT, WAITING, notices, outbox, people
from dialogs.store.tables.making import literal

DOUBTFUL = "perhaps sent"  # why a notice waits that may have arrived already
VOID, QUEUED = literal("void"), literal("queued")


@dataclass(frozen=True, slots=True)
class Waiting:
    """A notice that is due. `settings`: the person's, as JSON. `reason`: why it waits again, if it does."""

    id: str
    person_id: str
    kind: str
    due_at: int
    chat: str
    settings: str
    reason: str


@dataclass(frozen=True, slots=True)
class Queued:
    """A notice as it leaves. `body` and `actions` are what was posted, nothing in a digest."""

    id: str
    person_id: str
    kind: str
    state: str
    due_at: int
    body: Mapping[str, Any]
    actions: Sequence[str]
    settings: Mapping[str, Any]


_n, _p, _o = notices.c, people.c, outbox.c
_chat = (_p.channel + ":" + _p.address).label("chat")
_DUE = Prepared(
    select(_n.id, _n.person_id, _n.kind, _n.due_at, _chat, _p.settings, _n.reason)
    .join_from(notices, people, _p.id == _n.person_id)
    .where(
        _n.state == WAITING,
        _n.due_at <= bindparam("now"),
        _p.channel == bindparam("on_channel"),
        _p.blocked_at.is_(None),
        _p.forgotten_at.is_(None),
        not_(HELD_BACK),
    )
    .order_by(_n.due_at, _n.id)
    .limit(bindparam("most"))
)
_POSTPONE = Prepared(update(notices).where(_n.id == bindparam("this"), _n.state == WAITING).values(due_at=bindparam("moment")))
_QUEUE = Prepared(update(notices).where(_n.id == bindparam("this"), _n.state == WAITING).values(state=QUEUED))
_ENQUEUE = Prepared(insert(outbox).returning(_o.id))
_QUEUED_AS = Prepared(update(notices).where(_n.id == bindparam("this")).values(outbox_id=bindparam("row")))
_IN_OUTBOX = Prepared(select(func.count()).select_from(outbox).where(_o.state.in_([NEW, SENDING]), _o.kind == NOTICE))
_LOAD = Prepared(
    select(_n.id, _n.person_id, _n.kind, _n.state, _n.due_at, _n.body, _n.actions, _p.settings)
    .join_from(notices, people, _p.id == _n.person_id)
    .where(_n.id == bindparam("this"))
    .with_for_update(of=notices)
)
_on_its_way = and_(_n.id == bindparam("this"), _n.state == QUEUED)
_WRITTEN = Prepared(update(notices).where(_on_its_way).values(body=bindparam("text"), actions=bindparam("meanings")))
_BACK = Prepared(
    update(notices).where(_on_its_way).values(state=WAITING, due_at=bindparam("moment"), outbox_id=None, reason=bindparam("why"))
)
_VOID = Prepared(update(notices).where(_on_its_way).values(state=VOID, at=bindparam("now"), reason=bindparam("why")))
_ARRIVED = Prepared(update(notices).where(_on_its_way).values(state=SENT, at=bindparam("now")))
_VOID_BEFORE = (
    update(notices)
    .where(_n.state.in_([WAITING, QUEUED]), _n.due_at < bindparam("moment"))
    .values(state=VOID, at=bindparam("now"), reason=bindparam("why"))
)
_WITHDRAW = (
    update(outbox)
    .where(
        _o.kind == NOTICE,
        _o.state.in_([NEW, SENDING]),
        exists().where(_n.outbox_id == _o.id, _n.state == VOID),
    )
    .values(state=PARKED, error="void")
)
_COUNT_BEFORE = select(func.count()).where(_n.state.in_([WAITING, QUEUED]), _n.due_at < bindparam("moment"))
_at_chat = and_(_p.channel == bindparam("on_channel"), _p.address == bindparam("at_address"))
_BLOCK = Prepared(update(people).where(_at_chat, _p.blocked_at.is_(None)).values(blocked_at=bindparam("now")))
_UNBLOCK = Prepared(update(people).where(_at_chat, _p.blocked_at.is_not(None)).values(blocked_at=None))


def due(c: Connection, channel: str, now: int, most: int) -> tuple[Waiting, ...]:
    """Notices that are due on a channel, the oldest first; nobody's who has blocked us, one digest per person at a time."""
    rows = _DUE.run(c, {"now": now, "on_channel": channel, "most": most}).fetchall()
    return tuple(Waiting(*row) for row in rows)


def postpone(c: Connection, id: str, moment: int) -> None:
    """Not yet."""
    _POSTPONE.run(c, {"this": id, "moment": moment})


def queue(c: Connection, notice: Waiting, now: int) -> bool:
    """Into the outbox; False when somebody else has done it meanwhile."""
    if _QUEUE.run(c, {"this": notice.id}).rowcount != 1:
        return False
    body = json.dumps({"notice": notice.id})
    values = {"chat": notice.chat, "inbox_id": None, "kind": NOTICE, "body": body, "at": now, "lane": BEHIND}
    row = _ENQUEUE.run(c, values | {"ambiguous": int(notice.reason == DOUBTFUL)}).fetchone()
    _QUEUED_AS.run(c, {"this": notice.id, "row": row[0]})
    return True


def in_outbox(c: Connection) -> int:
    """How many notices stand in the outbox."""
    return int(_IN_OUTBOX.run(c, {}).fetchone()[0])


def load(c: Connection, id: str) -> Queued | None:
    """The notice, ours until the transaction ends."""
    row = _LOAD.run(c, {"this": id}).fetchone()
    return None if row is None else Queued(*row[:5], *(json.loads(text) for text in row[5:]))


def written(c: Connection, id: str, text: str, labels: Sequence[Sequence[str]], actions: Sequence[str]) -> bool:
    """What it says now that it leaves, and what its buttons mean."""
    body = json.dumps({"text": text, "labels": labels}, ensure_ascii=False)
    return bool(_WRITTEN.run(c, {"this": id, "text": body, "meanings": json.dumps(list(actions))}).rowcount == 1)


def back(c: Connection, id: str, moment: int, why: str) -> None:
    """Out of the outbox again, to wait until that moment."""
    _BACK.run(c, {"this": id, "moment": moment, "why": why})


def void(c: Connection, id: str, now: int, why: str) -> None:
    """There is nothing to say any more."""
    _VOID.run(c, {"this": id, "now": now, "why": why})


def arrived(c: Connection, id: str, now: int) -> None:
    """It has been sent."""
    _ARRIVED.run(c, {"this": id, "now": now})


def void_before(c: Connection, moment: int, now: int, why: str) -> int:
    """Whatever was due before a moment and has not been sent is not said any more. How many."""
    count = c.execute(_VOID_BEFORE, {"moment": moment, "now": now, "why": why}).rowcount
    c.execute(_WITHDRAW)
    return count


def count_before(c: Connection, moment: int) -> int:
    """How many were due before a moment and have not been sent."""
    return c.execute(_COUNT_BEFORE, {"moment": moment}).scalar_one()


def blocked(c: Connection, chat: str, now: int) -> None:
    """The person of this chat has blocked us."""
    channel, _, address = chat.partition(":")
    _BLOCK.run(c, {"on_channel": channel, "at_address": address, "now": now})


def reached(c: Connection, chat: str) -> None:
    """Something has arrived in this chat, or come from it: the person has not blocked us (any more)."""
    channel, _, address = chat.partition(":")
    _UNBLOCK.run(c, {"on_channel": channel, "at_address": address})
