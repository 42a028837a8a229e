"""Digests: the one notice a day in which a person's reminders stand together, and its lines.

A digest that is still waiting takes more lines; one on its way, sent or void is closed. Not here: its text.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from sqlalchemy import Connection, and_, bindparam, exists, select, text, update

from dialogs.store.listed import as_list, listed
from dialogs.store.statements import Prepared, either
from dialogs.store.tables import SENT, WAITING, notice_lines, notices
from dialogs.store.tables.making import literal

DIGEST = "digest"  # the kind of these notices
VOID, QUEUED = literal("void"), literal("queued")

_n, _l = notices.c, notice_lines.c
_OPEN = Prepared(either(lambda insert: insert(notices).on_conflict_do_nothing(index_elements=["person_id", "key"])))
_TAKES_LINES = listed(
    lambda ids: (
        select(_n.person_id, _n.id, _n.due_at)
        .where(_n.person_id.in_(ids("people")), _n.key == bindparam("of_key"), _n.state == WAITING)
        .order_by(_n.id)
        .with_for_update()
    )  # on PostgreSQL it stays open until the lines are in; SQLite has one writer
)
_EARLIER = Prepared(
    update(notices)
    .where(_n.id == bindparam("this"), _n.state == WAITING, _n.due_at > bindparam("moment"))
    .values(due_at=bindparam("moment"))
)
_ADD = Prepared(either(lambda insert: insert(notice_lines).on_conflict_do_nothing(index_elements=["notice_id", "reminder_id"])))
_other = notices.alias("other")
_ABSORB = Prepared(
    update(notices)
    .where(
        _n.person_id == bindparam("of_person"),
        _n.kind == DIGEST,
        _n.state == WAITING,
        _n.due_at <= bindparam("moment"),
        _n.id != bindparam("this"),
    )
    .values(state=VOID, at=bindparam("now"), reason="merged")
    .returning(_n.id)
)
_LINES = Prepared(select(_l.reminder_id).where(_l.notice_id == bindparam("of_notice")).order_by(_l.reminder_id))
_SENT_SINCE = Prepared(
    select(_n.id)
    .where(_n.person_id == bindparam("of_person"), _n.kind == DIGEST, _n.state == SENT, _n.at >= bindparam("moment"))
    .limit(1)
)
_ON_ITS_WAY = exists().where(_other.c.person_id == _n.person_id, _other.c.kind == DIGEST, _other.c.state == QUEUED)
HELD_BACK = and_(_n.kind == DIGEST, _ON_ITS_WAY)  # one digest at a time: what waits behind it joins it when it leaves

TURN = 7_203_115_905  # any number that is nobody else's lock
_TAKE_TURN = text("SELECT pg_advisory_xact_lock(:key)")


def in_turn(c: Connection) -> None:
    """Whoever changes digests of several people does so alone until the transaction ends, as SQLite has it anyway.

    Collecting, dispatching and merging reach the same rows in different orders; without turns PostgreSQL finds deadlocks.
    To be called before the first notice is touched.
    """
    if c.dialect.name == "postgresql":
        c.execute(_TAKE_TURN, {"key": TURN})


def key_of(day: str) -> str:
    """The key of the digest of a day: one per person."""
    return f"{DIGEST}:{day}"


def open_on(c: Connection, day: str, due: Mapping[str, int], now: int, new_id: Callable[[], str]) -> dict[str, str]:
    """The digests of that day of these people (with the moment each is due), made where there are none.

    Only those that still take lines: who is missing in the answer has had that day's digest.
    """
    key = key_of(day)
    found = _taking(c, due, key, due)
    missing = sorted(due.keys() - found.keys())
    if not missing:
        return found
    made = {p: new_id() for p in missing}
    row = {"kind": DIGEST, "key": key, "at": now}
    written = _OPEN.many(c, [{"id": made[p], "person_id": p, "due_at": due[p], **row} for p in missing])
    if written == len(missing):
        return found | made
    return found | _taking(c, missing, key, due)  # some had that day's digest, or got it from somebody else just now


def _taking(c: Connection, people: Iterable[str], key: str, due: Mapping[str, int]) -> dict[str, str]:
    """The digests of these people that take lines; one that was to leave later leaves when it is wanted now."""
    rows = _TAKES_LINES.run(c, {"people": as_list(people), "of_key": key}).fetchall()
    sooner = [{"this": id, "moment": due[person]} for person, id, moment in rows if moment > due[person]]
    if sooner:
        _EARLIER.many(c, sooner)
    return {person: id for person, id, _ in rows}


def add(c: Connection, lines: Sequence[tuple[str, int]]) -> None:
    """Put reminders into digests; one that stands there already stays."""
    if lines:
        _ADD.many(c, [{"notice_id": notice, "reminder_id": reminder} for notice, reminder in lines])


def lines_of(c: Connection, notice: str) -> tuple[int, ...]:
    """The reminders in a digest."""
    return tuple(row[0] for row in _LINES.run(c, {"of_notice": notice}).fetchall())


def absorb(c: Connection, notice: str, person: str, now: int, moment: int) -> None:
    """Take over the lines of the person's other digests due until a moment: after an outage one comes, not a row of them."""
    found = _ABSORB.run(c, {"of_person": person, "now": now, "moment": moment, "this": notice}).fetchall()
    others = [row[0] for row in found]
    add(c, [(notice, reminder) for other in others for reminder in lines_of(c, other)])


def sent_since(c: Connection, person: str, moment: int) -> bool:
    """Whether a digest has reached this person since that moment."""
    return _SENT_SINCE.run(c, {"of_person": person, "moment": moment}).fetchone() is not None
