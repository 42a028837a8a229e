"""Reminders: one row for a filing, a kind and a version of its deadline; due, collected by exactly one worker, or void.

Not here: on which days (dialogs/reminding/schedule.py), whom they concern (concerned.py), or the message they end in.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, and_, bindparam, delete, func, select, update

from dialogs.store.listed import as_list, listed
from dialogs.store.statements import Prepared, either
from dialogs.store.tables import DUE, WAITING, filings, memberships, notice_lines, notices, reminders
from dialogs.store.tables.making import literal

COLLECTED, VOID = literal("collected"), literal("void")


class Reminder(NamedTuple):
    """One reminder. `deadline` is the version of the deadline it was planned for."""

    id: int
    filing_id: str
    kind: str
    deadline: int
    due_at: int
    state: str


_r = reminders.c
_COLUMNS = (_r.id, _r.filing_id, _r.kind, _r.deadline, _r.due_at, _r.state)
_OF_FILINGS = listed(lambda ids: select(*_COLUMNS).where(_r.filing_id.in_(ids("filings"))).order_by(_r.id))
_PLAN = Prepared(
    either(lambda insert: insert(reminders).on_conflict_do_nothing(index_elements=["filing_id", "kind", "deadline"]))
)
_this_waits = and_(_r.id == bindparam("this"), _r.state == DUE)
_MOVE = Prepared(update(reminders).where(_this_waits).values(due_at=bindparam("moment")))
_VOID = Prepared(update(reminders).where(_this_waits).values(state=VOID, at=bindparam("now"), reason=bindparam("why")))
_VOID_COLLECTED = Prepared(
    update(reminders).where(_r.id == bindparam("this"), _r.state == COLLECTED).values(state=VOID, reason=bindparam("why"))
)
_VOID_BEFORE = (
    update(reminders)
    .where(_r.state == DUE, _r.due_at < bindparam("moment"))
    .values(state=VOID, at=bindparam("now"), reason=bindparam("why"))
)

_candidate = reminders.alias("candidate")
_next = (
    select(_candidate.c.id)
    .where(_candidate.c.state == DUE, _candidate.c.due_at <= bindparam("now"))
    .order_by(_candidate.c.due_at, _candidate.c.id)
    .limit(bindparam("most"))
    .with_for_update(of=_candidate, skip_locked=True)  # for speed on PostgreSQL; what makes a row ours is the condition
    .cte("picked")  # looked for once: PostgreSQL would do it again for every row it compares with
)
_CLAIM = Prepared(
    update(reminders)
    .where(_r.id.in_(select(_next.c.id)), _r.state == DUE, _r.due_at <= bindparam("now"))
    .values(state=COLLECTED, at=bindparam("now"))
    .returning(*_COLUMNS)
)
_ANY_DUE = Prepared(select(_r.id).where(_r.state == DUE, _r.due_at <= bindparam("now")).limit(1))
_WAITING = select(func.count(), func.min(_r.due_at)).where(_r.state == DUE)
_COUNT_DUE = select(func.count()).where(_r.state == DUE, _r.due_at < bindparam("moment"))

_BETWEEN = (
    select(*_COLUMNS)
    .where(_r.state == DUE, _r.due_at >= bindparam("first"), _r.due_at <= bindparam("last"))
    .order_by(_r.due_at, _r.id)
    .limit(bindparam("most"))
)
_LINES = Prepared(
    select(*_COLUMNS)
    .join_from(notice_lines, reminders, _r.id == notice_lines.c.reminder_id)
    .where(notice_lines.c.notice_id == bindparam("of_notice"))
    .order_by(_r.id)
)
_WAITING_FOR = Prepared(
    select(*_COLUMNS)
    .join_from(notices, notice_lines, notice_lines.c.notice_id == notices.c.id)
    .join(reminders, _r.id == notice_lines.c.reminder_id)
    .where(notices.c.person_id == bindparam("of_person"), notices.c.kind == "digest", notices.c.state == WAITING)
    .order_by(_r.id)
)
_TAKE_BACK = Prepared(
    delete(notice_lines).where(
        notice_lines.c.reminder_id == bindparam("this"),
        notice_lines.c.notice_id.in_(
            select(notices.c.id).where(
                notices.c.person_id == bindparam("of_person"), notices.c.kind == "digest", notices.c.state == WAITING
            )
        ),
    )
)
_COMING = Prepared(
    select(*_COLUMNS)
    .join_from(reminders, filings, filings.c.id == _r.filing_id)
    .join(memberships, and_(memberships.c.unit_id == filings.c.unit_id, memberships.c.role == "filler"))
    .where(memberships.c.person_id == bindparam("of_person"), _r.state == DUE, _r.kind == "day0")
    .order_by(_r.id)
)


def of_filings(c: Connection, ids: Iterable[str]) -> tuple[Reminder, ...]:
    """Every reminder of these filings, the oldest row first."""
    return tuple(Reminder(*row) for row in _OF_FILINGS.run(c, {"filings": as_list(ids)}).fetchall())


def plan(c: Connection, rows: Sequence[Mapping[str, object]]) -> int:
    """New reminders, (filing_id, kind, deadline, due_at) each; one that there is already stays as it is."""
    return _PLAN.many(c, rows) if rows else 0


def move(c: Connection, moments: Mapping[int, int]) -> None:
    """Other moments for reminders that wait."""
    if moments:
        _MOVE.many(c, [{"this": id, "moment": moment} for id, moment in moments.items()])


def void(c: Connection, ids: Sequence[int], now: int, why: str) -> int:
    """Reminders that wait and are not to come any more."""
    return _VOID.many(c, [{"this": id, "now": now, "why": why} for id in ids]) if ids else 0


def void_collected(c: Connection, ids: Sequence[int], why: str) -> None:
    """Reminders just collected that turn out to be of no use."""
    if ids:
        _VOID_COLLECTED.many(c, [{"this": id, "why": why} for id in ids])


def void_before(c: Connection, moment: int, now: int, why: str) -> int:
    """Everything that was due before a moment and has not been collected. How many."""
    return c.execute(_VOID_BEFORE, {"moment": moment, "now": now, "why": why}).rowcount


def claim(c: Connection, now: int, most: int) -> tuple[Reminder, ...]:
    """Reminders that are due, ours if this transaction commits: whoever comes second finds them collected."""
    return tuple(map(Reminder._make, _CLAIM.run(c, {"now": now, "most": most}).fetchall()))


def any_due(c: Connection, now: int) -> bool:
    """Whether a reminder is due and not collected."""
    return _ANY_DUE.run(c, {"now": now}).fetchone() is not None


def count_due(c: Connection, moment: int) -> int:
    """How many reminders were due before a moment and have not been collected."""
    return c.execute(_COUNT_DUE, {"moment": moment}).scalar_one()


def waiting(c: Connection) -> tuple[int, int | None]:
    """How many reminders wait, and the moment of the first one."""
    count, first = c.execute(_WAITING).one()
    return count, first


def between(c: Connection, first: int, last: int, most: int) -> tuple[Reminder, ...]:
    """Reminders that wait and are due from one moment to another, the next one first."""
    return tuple(Reminder(*row) for row in c.execute(_BETWEEN, {"first": first, "last": last, "most": most}))


def lines(c: Connection, notice: str) -> tuple[Reminder, ...]:
    """The reminders that a digest is made of."""
    return tuple(Reminder(*row) for row in _LINES.run(c, {"of_notice": notice}).fetchall())


def waiting_for(c: Connection, person: str) -> tuple[Reminder, ...]:
    """The reminders in this person's digests that have not left, each once."""
    rows = _WAITING_FOR.run(c, {"of_person": person}).fetchall()
    return tuple({row[0]: Reminder(*row) for row in rows}.values())


def take_back(c: Connection, person: str, ids: Sequence[int]) -> None:
    """Take reminders out of this person's digests that have not left."""
    if ids:
        _TAKE_BACK.many(c, [{"this": id, "of_person": person} for id in ids])


def coming_of(c: Connection, person: str) -> tuple[Reminder, ...]:
    """The reminders of the day itself that still are to come for the filings of a filler's units."""
    return tuple(Reminder(*row) for row in _COMING.run(c, {"of_person": person}).fetchall())
