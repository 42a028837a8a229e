"""Reminders: one row for a filing, a kind and a version of its deadline; due, collected by exactly one worker, or void.

Not here: on which days (dialogs/reminding/schedule.py), or the message they end in (notices.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, bindparam, exists, func, or_, select, update

from dialogs.store.listed import as_list, listed
from dialogs.store.people import CONSOLE
from dialogs.store.statements import Prepared, either
from dialogs.store.tables import (
    DUE,
    assignments,
    counties,
    documents,
    filings,
    literal,
    memberships,
    notice_lines,
    officers,
    people,
    reminders,
    units,
)

COLLECTED, VOID = literal("collected"), literal("void")


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder. `deadline` is the version of the deadline it was planned for."""

    id: int
    filing_id: str
    kind: str
    deadline: int
    due_at: int
    state: str


@dataclass(frozen=True, slots=True)
class Concerned:
    """A filing as reminders see it. `finished`: nobody waits for it any more."""

    id: str
    state: str
    unit_id: str
    unit_name: str
    county_id: str | None
    supervisor_id: str | None
    finished: bool
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Part:
    """A person's part in a filing: sections assigned, and whether all of them are done."""

    filing_id: str
    person_id: str
    done: bool


_r = reminders.c
_COLUMNS = (_r.id, _r.filing_id, _r.kind, _r.deadline, _r.due_at, _r.state)
_OF_FILINGS = listed(lambda ids: select(*_COLUMNS).where(_r.filing_id.in_(ids("filings"))).order_by(_r.id))
_PLAN = Prepared(either(lambda insert: insert(reminders).on_conflict_do_nothing(index_elements=["filing_id", "kind", "deadline"])))
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
)
_CLAIM = Prepared(
    update(reminders)
    .where(_r.id.in_(_next), _r.state == DUE, _r.due_at <= bindparam("now"))
    .values(state=COLLECTED, at=bindparam("now"))
    .returning(*_COLUMNS)
)
_ANY_DUE = Prepared(select(_r.id).where(_r.state == DUE, _r.due_at <= bindparam("now")).limit(1))
_WAITING = select(func.count(), func.min(_r.due_at)).where(_r.state == DUE)
_COUNT_DUE = select(func.count()).where(_r.state == DUE, _r.due_at < bindparam("moment"))

_f, _u = filings.c, units.c
_whole = exists().where(
    documents.c.filing_id == _f.id, documents.c.version == _f.documents, documents.c.gaps == 0
)  # a unit of no county has nobody to submit to: it is finished with its first whole set of documents
_finished = or_(
    _f.state.in_([literal("submitted"), literal("approved")]),
    _u.closed_at.is_not(None),
    and_(_u.county_id.is_(None), _f.documents > 0, _whole),
)
_CONCERNED = listed(
    lambda ids: select(
        _f.id, _f.state, _f.unit_id, _u.name, _u.county_id, _u.supervisor_id, _finished, _f.done, _f.total
    )
    .join_from(filings, units, _u.id == _f.unit_id)
    .where(_f.id.in_(ids("filings")))
)
_reachable = and_(people.c.forgotten_at.is_(None), people.c.channel != CONSOLE)
_MEMBERS = listed(
    lambda ids: select(memberships.c.unit_id, memberships.c.person_id, memberships.c.role)
    .join_from(memberships, people, people.c.id == memberships.c.person_id)
    .where(memberships.c.unit_id.in_(ids("units")), memberships.c.role.in_(["filler", "reviewer"]), _reachable)
)
_ADMINISTRATORS = listed(
    lambda ids: select(officers.c.county_id, officers.c.person_id)
    .join_from(officers, people, people.c.id == officers.c.person_id)
    .where(officers.c.county_id.in_(ids("counties")), officers.c.role == "administrator", _reachable)
)
_PARTS = listed(
    lambda ids: select(assignments.c.filing_id, assignments.c.person_id, func.count() == func.count(assignments.c.done_at))
    .where(assignments.c.filing_id.in_(ids("filings")))
    .group_by(assignments.c.filing_id, assignments.c.person_id)
)
_SECTIONS = Prepared(
    select(assignments.c.section).where(
        assignments.c.filing_id == bindparam("of_filing"), assignments.c.person_id == bindparam("of_person")
    )
)
_UNREACHABLE = listed(
    lambda ids: select(memberships.c.unit_id, people.c.name)
    .join_from(memberships, people, people.c.id == memberships.c.person_id)
    .where(memberships.c.unit_id.in_(ids("units")), memberships.c.role == "filler", people.c.blocked_at.is_not(None))
    .order_by(people.c.name, people.c.id)
)
_SETTINGS = listed(
    lambda ids: select(people.c.id, people.c.settings).where(people.c.id.in_(ids("people")), people.c.settings != "{}")
)
_COUNTY_SETTINGS = select(counties.c.id, counties.c.settings)
_OPEN_OF_COUNTY = (
    select(_f.id).join_from(filings, units, _u.id == _f.unit_id).where(_u.county_id == bindparam("of_county")).order_by(_f.id)
)
_COUNTIES_OF = listed(
    lambda ids: select(_f.id, _u.county_id).join_from(filings, units, _u.id == _f.unit_id).where(_f.id.in_(ids("filings")))
)
_LINES = Prepared(
    select(*_COLUMNS)
    .join_from(notice_lines, reminders, _r.id == notice_lines.c.reminder_id)
    .where(notice_lines.c.notice_id == bindparam("of_notice"))
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
    return tuple(Reminder(*row) for row in _CLAIM.run(c, {"now": now, "most": most}).fetchall())


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


def lines(c: Connection, notice: str) -> tuple[Reminder, ...]:
    """The reminders that a digest is made of."""
    return tuple(Reminder(*row) for row in _LINES.run(c, {"of_notice": notice}).fetchall())


def concerned(c: Connection, ids: Iterable[str]) -> dict[str, Concerned]:
    """The filings as they stand just now."""
    rows = _CONCERNED.run(c, {"filings": as_list(set(ids))}).fetchall()
    return {row[0]: Concerned(*row[:6], bool(row[6]), *row[7:]) for row in rows}


def members(c: Connection, unit_ids: Iterable[str]) -> dict[tuple[str, str], list[str]]:
    """Who fills and who reviews: persons by unit and role."""
    found: dict[tuple[str, str], list[str]] = {}
    for unit, person, role in _MEMBERS.run(c, {"units": as_list(set(unit_ids))}).fetchall():
        found.setdefault((unit, role), []).append(person)
    return found


def administrators(c: Connection, county_ids: Iterable[str]) -> dict[str, list[str]]:
    """The administrators of each county."""
    found: dict[str, list[str]] = {}
    for county, person in _ADMINISTRATORS.run(c, {"counties": as_list(set(county_ids))}).fetchall():
        found.setdefault(county, []).append(person)
    return found


def parts(c: Connection, ids: Iterable[str]) -> dict[str, list[Part]]:
    """Whose part is whose, by filing."""
    found: dict[str, list[Part]] = {}
    for filing, person, done in _PARTS.run(c, {"filings": as_list(set(ids))}).fetchall():
        found.setdefault(filing, []).append(Part(filing, person, bool(done)))
    return found


def sections_of(c: Connection, filing: str, person: str) -> frozenset[str]:
    """The sections of a filing that are this person's part."""
    return frozenset(row[0] for row in _SECTIONS.run(c, {"of_filing": filing, "of_person": person}).fetchall())


def unreachable(c: Connection, unit_ids: Iterable[str]) -> dict[str, list[str]]:
    """The names of those fillers of each unit who have blocked the bot; empty where the name is not known."""
    found: dict[str, list[str]] = {}
    for unit, name in _UNREACHABLE.run(c, {"units": as_list(set(unit_ids))}).fetchall():
        found.setdefault(unit, []).append(name)
    return found


def settings_of(c: Connection, ids: Iterable[str]) -> dict[str, str]:
    """The settings, as JSON, of the persons who have any."""
    return dict(_SETTINGS.run(c, {"people": as_list(set(ids))}).fetchall())


def settings_of_counties(c: Connection) -> dict[str, str]:
    """The settings of every county, as JSON."""
    return {id: settings for id, settings in c.execute(_COUNTY_SETTINGS)}


def counties_of(c: Connection, ids: Iterable[str]) -> dict[str, str | None]:
    """The county of each filing's unit."""
    return dict(_COUNTIES_OF.run(c, {"filings": as_list(set(ids))}).fetchall())


def filings_of_county(c: Connection, county: str) -> list[str]:
    """Every filing of a county's units."""
    return list(c.execute(_OPEN_OF_COUNTY, {"of_county": county}).scalars())
