"""Whose part is whose: sections, or single questions, of a filing given to persons, the day they promised, and when they were done.

What nobody was given is everybody's. Not here: what a section is (a form's), or who is told (dialogs/together).
"""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, delete, select, update

from dialogs.store.statements import Insert, Insertion, Prepared, either
from dialogs.store.tables import assignments, filings


@dataclass(frozen=True, slots=True)
class Assigned:
    """One part given to one person. `part` is the id of a section, or `=` and the id of an item."""

    part: str
    person: str
    by: str
    at: int
    promised: str = ""
    done_at: int | None = None


_a = assignments.c
_of_filing = _a.filing_id == bindparam("of_filing")
_this = (_of_filing, _a.section == bindparam("of_part"))
_ALL = Prepared(select(_a.section, _a.person_id, _a.by_id, _a.at, _a.promised, _a.done_at).where(_of_filing))


def _assigning(insert: Insertion) -> Insert:
    new = insert(assignments)
    moved = {name: new.excluded[name] for name in ("person_id", "by_id", "at", "promised", "done_at")}
    return new.on_conflict_do_update(index_elements=["filing_id", "section"], set_=moved)


_ASSIGN = either(_assigning)
_TAKE_BACK = delete(assignments).where(*_this)
_PROMISE = update(assignments).where(*_this, _a.person_id == bindparam("of_person")).values(promised=bindparam("day"))
_DONE = update(assignments).where(*_this, _a.done_at.is_(None)).values(done_at=bindparam("when"))
_UNDONE = update(assignments).where(*_this, _a.done_at.is_not(None)).values(done_at=None)
_OF_UNIT = select(filings.c.id).where(filings.c.unit_id == bindparam("of_unit"))
_MOVE = update(assignments).where(_a.person_id == bindparam("before"), _a.filing_id.in_(_OF_UNIT), _a.done_at.is_(None))
_OF_PERSON = (
    select(_a.filing_id, _a.section, _a.promised)
    .join_from(assignments, filings, filings.c.id == _a.filing_id)
    .where(_a.person_id == bindparam("of_person"), filings.c.unit_id == bindparam("of_unit"), _a.done_at.is_(None))
    .order_by(_a.filing_id, _a.section)
)


def of_filing(c: Connection, filing: str) -> tuple[Assigned, ...]:
    """All parts of a filing that were given to somebody."""
    return tuple(Assigned(*row) for row in _ALL.run(c, {"of_filing": filing}).fetchall())


def assign(c: Connection, filing: str, part: str, person: str, by: str, now: int) -> None:
    """Give a part to a person, whoever had it before."""
    row = {"filing_id": filing, "section": part, "person_id": person, "by_id": by, "at": now, "promised": "", "done_at": None}
    c.execute(_ASSIGN[c.dialect.name], row)


def take_back(c: Connection, filing: str, part: str) -> bool:
    """Let a part be everybody's again. False when it was."""
    return c.execute(_TAKE_BACK, {"of_filing": filing, "of_part": part}).rowcount == 1


def promise(c: Connection, filing: str, part: str, person: str, day: str) -> bool:
    """Note the day (ISO) by which a person promised a part, or none. False when the part is not theirs any more."""
    return c.execute(_PROMISE, {"of_filing": filing, "of_part": part, "of_person": person, "day": day}).rowcount == 1


def done(c: Connection, filing: str, part: str, now: int) -> bool:
    """The part is complete. False when that was known."""
    return c.execute(_DONE, {"of_filing": filing, "of_part": part, "when": now}).rowcount == 1


def undone(c: Connection, filing: str, part: str) -> bool:
    """Something in the part is open again. False when that was known."""
    return c.execute(_UNDONE, {"of_filing": filing, "of_part": part}).rowcount == 1


def open_of(c: Connection, person: str, unit: str) -> tuple[tuple[str, str, str], ...]:
    """The parts (filing, part, promised day) a person still has to do in a unit."""
    return tuple(tuple(row) for row in c.execute(_OF_PERSON, {"of_person": person, "of_unit": unit}))


def move(c: Connection, before: str, after: str, unit: str) -> int:
    """Give every part that a person still has to do in a unit to somebody else, promises included. How many."""
    return c.execute(_MOVE.values(person_id=after), {"before": before, "of_unit": unit}).rowcount
