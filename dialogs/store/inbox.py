"""The inbox: updates as they arrived, and which of them is next.

An update is stored before its channel is told so, and done in the transaction that applies it; killed in
between, it is simply still here. Not here: understanding an update.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Integer, and_, bindparam, exists, func, literal_column, select, update

from dialogs.events import Arrival
from dialogs.store.statements import Prepared, either
from dialogs.store.tables import DONE, NEW, PARKED, conversations, inbox

NEAR = 5_000  # updates among which those of one conversation are looked for


@dataclass(frozen=True, slots=True)
class Taken:
    """An update in hand: ours until the transaction ends, for good if it commits. `at`: when it arrived."""

    id: int
    channel: str
    bot: str
    chat: str
    person: str
    body: str
    at: int
    attempts: int
    unsent: int = 0  # replies of this chat that have not left yet


_RECEIVE = Prepared(either(lambda insert: insert(inbox).on_conflict_do_nothing(index_elements=["channel", "bot", "update_id"])))

_candidate = inbox.alias("candidate")
_earlier = inbox.alias("earlier")
# The head of some chat's queue. On PostgreSQL rows in another worker's hands are passed over, so that chats go in
# parallel; that is for speed only: what makes an update ours is the condition of the UPDATE.
_head = (
    select(_candidate.c.id)
    .where(
        _candidate.c.state == NEW,
        func.coalesce(_candidate.c.channel, "") == bindparam("of_channel"),  # not by the index of updates: it would need sorting
        _candidate.c.not_before <= bindparam("now"),
        ~exists().where(_earlier.c.chat == _candidate.c.chat, _earlier.c.state == NEW, _earlier.c.id < _candidate.c.id),
    )
    .order_by(_candidate.c.id)
    .limit(1)
    .with_for_update(of=_candidate, skip_locked=True)
    .scalar_subquery()
)
# What waits behind a messenger's pace, and not for somebody who has blocked us. Written out, because SQLAlchemy names no
# tables in what an UPDATE returns on SQLite, and a chat would be any chat.
_unsent = literal_column(
    "(SELECT count(*) FROM outbox AS waiting WHERE waiting.chat = inbox.chat AND waiting.state IN ('new', 'sending') "
    "AND waiting.lane = 0 AND waiting.kind <> 'toast' AND waiting.error <> 'blocked')",
    Integer,
)
_TAKE = Prepared(
    update(inbox)
    .where(inbox.c.id == _head, inbox.c.state == NEW)
    .values(state=DONE)
    .returning(*(inbox.c[name] for name in ("id", "channel", "bot", "chat", "person", "body", "at", "attempts")), _unsent)
)
_LOCK_CHAT = Prepared(select(conversations.c.ver).where(conversations.c.chat == bindparam("of_chat")).with_for_update())

_this_waits = and_(inbox.c.id == bindparam("this"), inbox.c.state == NEW)
_POSTPONE = (
    update(inbox)
    .where(_this_waits)
    .values(attempts=inbox.c.attempts + 1, not_before=bindparam("not_before"), error=bindparam("error"))
)
_PARK = update(inbox).where(_this_waits).values(attempts=inbox.c.attempts + 1, state=PARKED, error=bindparam("error"))
_REFUSE = update(inbox).where(inbox.c.id == bindparam("this")).values(state=PARKED, error=bindparam("error"))
_EMPTY = Prepared(update(inbox).where(inbox.c.id == bindparam("this")).values(body="{}"))
_BLANK = (
    update(inbox)
    .where(
        inbox.c.id > bindparam("behind"),
        inbox.c.id <= bindparam("up_to"),
        inbox.c.chat == bindparam("of_chat"),
        inbox.c.at >= bindparam("since"),
        inbox.c.state == DONE,
    )
    .values(body="{}")
)
_DEPTH = select(func.count()).select_from(inbox).where(inbox.c.state == NEW)
_LATEST = select(func.max(inbox.c.update_id)).where(inbox.c.channel == bindparam("channel"), inbox.c.bot == bindparam("bot"))


def receive(c: Connection, arrivals: Sequence[Arrival], now: int) -> int:
    """Store what arrived; what was stored before is passed over. Returns how many were new."""
    if not arrivals:
        return 0
    rows = [{**{name: getattr(a, name) for name in a.__slots__}, "at": now} for a in arrivals]
    return _RECEIVE.many(c, rows)


def take(c: Connection, now: int, channel: str) -> Taken | None:
    """The next update of a channel that is due, strictly in order within its chat; a postponed one holds back its own chat only.

    It is done if this transaction commits, and waits again if not. Where the database locks rows, so does the
    chat's conversation: nobody else works on it until then.
    """
    row = _TAKE.run(c, {"now": now, "of_channel": channel}).fetchone()
    if row is None:
        return None
    taken = Taken(*row)
    if c.dialect.name == "postgresql":
        _LOCK_CHAT.run(c, {"of_chat": taken.chat})
    return taken


def postpone(c: Connection, id: int, not_before: int, error: str) -> bool:
    """Try a waiting update again later. False when somebody else has dealt with it meanwhile."""
    return c.execute(_POSTPONE, {"this": id, "not_before": not_before, "error": error}).rowcount == 1


def park(c: Connection, id: int, error: str) -> bool:
    """Set a waiting update aside for good. False when somebody else has dealt with it meanwhile."""
    return c.execute(_PARK, {"this": id, "error": error}).rowcount == 1


def refuse(c: Connection, taken: Taken, error: str) -> None:
    """Set aside the update taken in this very transaction, instead of doing it."""
    c.execute(_REFUSE, {"this": taken.id, "error": error})


def empty(c: Connection, taken: Taken) -> None:
    """Keep of the update taken in this very transaction only that it was there."""
    _EMPTY.run(c, {"this": taken.id})


def blank(c: Connection, chat: str, since: int, up_to: int) -> int:
    """Forget what was said in a chat from that moment to this update: what nobody may read again. Returns how many.

    Looks at the latest few thousand updates only: it must not cost more the more there have been.
    """
    return c.execute(_BLANK, {"of_chat": chat, "since": since, "up_to": up_to, "behind": up_to - NEAR}).rowcount


def depth(c: Connection) -> int:
    """How many updates wait."""
    return c.execute(_DEPTH).scalar_one()


def latest_update(c: Connection, channel: str, bot: str) -> int:
    """The highest update id seen, 0 for none: for channels that number their updates themselves."""
    return c.execute(_LATEST, {"channel": channel, "bot": bot}).scalar() or 0
