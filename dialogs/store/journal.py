"""The journal: who did what that is no answer — joined, submitted, returned, moved a deadline, was refused.

Append only, written in the transaction of the deed. No answers, no codes, no phone numbers go into it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from dialogs.access.rights import Place
from dialogs.store.tables import journal


@dataclass(frozen=True, slots=True)
class Line:
    """One deed. `detail` is what it was about, by name."""

    at: int
    person_id: str
    act: str
    unit_id: str
    filing_id: str
    detail: Mapping[str, Any]


_j = journal.c
_NOTE = insert(journal)
_LINES = select(_j.at, _j.person_id, _j.act, _j.unit_id, _j.filing_id, _j.detail).order_by(_j.id)
_OF_FILING = _LINES.where(_j.filing_id == bindparam("of_filing"))
_OF_PERSON = _LINES.where(_j.person_id == bindparam("of_person"))


def note(c: Connection, person: str, act: str, place: Place, detail: Mapping[str, Any], at: int) -> None:
    """Write one line."""
    where = {"county_id": place.county or None, "unit_id": place.unit or None, "filing_id": place.filing or None}
    c.execute(_NOTE, {"at": at, "person_id": person, "act": act, "detail": json.dumps(detail, ensure_ascii=False), **where})


def of_filing(c: Connection, filing: str) -> tuple[Line, ...]:
    """Everything done about a filing, oldest first."""
    return tuple(_line(*row) for row in c.execute(_OF_FILING, {"of_filing": filing}))


def of_person(c: Connection, person: str) -> tuple[Line, ...]:
    """Everything a person did, oldest first."""
    return tuple(_line(*row) for row in c.execute(_OF_PERSON, {"of_person": person}))


def _line(at: int, person: str, act: str, unit: str | None, filing: str | None, detail: str) -> Line:
    return Line(at, person, act, unit or "", filing or "", json.loads(detail))
