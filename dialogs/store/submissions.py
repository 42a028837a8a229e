"""Submissions: a filing handed in for review, round by round, each with a snapshot of what was handed in.

A round is decided by one conditional statement; whoever comes second changes nothing. Not here: the state of a filing
(standing.py), who may do what (dialogs/access), remarks (remarks.py), 核查分 (verified.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, insert, or_, select, update

from dialogs.access.permissions import State
from dialogs.store.statements import Prepared
from dialogs.store.tables import filings, people, submissions, units

AT_WORK = (State.OPEN, State.RETURNED)  # the states in which answers change
LOCKED = (State.SUBMITTED, State.APPROVED)
UNDECIDED, WITHDRAWN, RETURNED, APPROVED = "", "withdrawn", "returned", "approved"


@dataclass(frozen=True, slots=True)
class Submission:
    """One round: who handed it in, with how many gaps, total and grade by then; how it ended, and who said so.
    `version`: the documents issued at approval."""

    round: int
    person_id: str
    at: int
    gaps: int
    edition: str
    total: str
    grade: str
    verdict: str
    reviewer_id: str | None
    decided_at: int | None
    remark: str
    version: int | None
    name: str = ""
    reviewer_name: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A filing that waits for its review."""

    filing: str
    unit: str
    form_id: str
    edition: str
    project: str
    year: int
    round: int
    at: int
    person: str  # who handed it in


_f, _s = filings.c, submissions.c
_by, _decider = people.alias("by"), people.alias("decider")
_this = _s.filing_id == bindparam("of_filing")
_STORED = tuple(name for name in Submission.__dataclass_fields__ if name not in ("name", "reviewer_name"))
_ALL = (
    select(*(_s[name] for name in _STORED), _by.c.name, func.coalesce(_decider.c.name, ""))
    .join_from(submissions, _by, _by.c.id == _s.person_id)
    .outerjoin(_decider, _decider.c.id == _s.reviewer_id)
    .where(_this)
    .order_by(_s.round)
)
_INPUTS = Prepared(select(_s.inputs).where(_this, _s.round == bindparam("of_round")))
_RECORD = insert(submissions)
_DECIDE = (
    update(submissions)
    .where(_this, _s.round == bindparam("of_round"), _s.verdict == UNDECIDED)
    .values(verdict=bindparam("how"), reviewer_id=bindparam("by"), decided_at=bindparam("when"), remark=bindparam("words"))
)
_ISSUED = update(submissions).where(_this, _s.round == bindparam("of_round")).values(version=bindparam("issued"))
_WAITING = (
    select(_f.id, units.c.name, _f.form_id, _f.edition, _f.project, _f.year, _f.round, _f.state_at, _s.person_id)
    .join_from(filings, units, units.c.id == _f.unit_id)
    .join(submissions, and_(_s.filing_id == _f.id, _s.round == _f.round))
    .where(
        _f.state == State.SUBMITTED,
        or_(
            units.c.id.in_(bindparam("own", expanding=True)),
            units.c.supervisor_id.in_(bindparam("own", expanding=True)),
            units.c.county_id.in_(bindparam("counties", expanding=True)),
        ),
    )
    .order_by(_f.state_at, _f.id)
)


def record(c: Connection, filing: str, submission: Submission, inputs: str) -> None:
    """Keep a new round with the snapshot of what is handed in."""
    row = {name: getattr(submission, name) for name in _STORED}
    c.execute(_RECORD, {"filing_id": filing, "inputs": inputs, **row})


def decide(c: Connection, filing: str, round: int, verdict: str, person: str | None, at: int, remark: str = "") -> bool:
    """How a round ended. False when it has ended already."""
    values = {"of_filing": filing, "of_round": round, "how": verdict, "by": person, "when": at, "words": remark}
    return c.execute(_DECIDE, values).rowcount == 1


def issued(c: Connection, filing: str, round: int, version: int) -> None:
    """These documents were issued when the round was approved."""
    c.execute(_ISSUED, {"of_filing": filing, "of_round": round, "issued": version})


def of_filing(c: Connection, filing: str) -> tuple[Submission, ...]:
    """All rounds of a filing, the first first."""
    rows: Sequence[Any] = c.execute(_ALL, {"of_filing": filing}).fetchall()
    return tuple(Submission(*row) for row in rows)


def inputs(c: Connection, filing: str, round: int) -> str:
    """The snapshot of a round, as documents record theirs; empty for a round that was never handed in."""
    row = _INPUTS.run(c, {"of_filing": filing, "of_round": round}).fetchone()
    return str(row[0]) if row else ""


def waiting(c: Connection, units: Iterable[str], counties: Iterable[str]) -> tuple[Waiting, ...]:
    """The filings handed in by these units, by units they supervise, and by the units of these counties; the longest
    waiting first."""
    found = c.execute(_WAITING, {"own": list(units), "counties": list(counties)})
    return tuple(Waiting(*row) for row in found.fetchall())
