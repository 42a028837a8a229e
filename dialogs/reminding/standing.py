"""How far a person is with a filing: how much of their part is done, and what comes next. No answer leaves this file."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from dialogs.route import progress
from dialogs.staging import cabinet
from dialogs.store import assignments, filings
from dialogs.together.turns import parts_of, waiting_for

NEXT = 3  # missing items named


@dataclass(frozen=True, slots=True)
class Standing:
    """`parts`: names of the person's own part, nothing when all of it is theirs. `next`: labels of what is missing.

    `promised`: the day (ISO) by which the person promised it.
    """

    done: int
    total: int
    parts: tuple[str, ...]
    next: tuple[str, ...]
    promised: str = ""


def standing(c: Connection, filing: filings.Filing, person: str, fillers: Sequence[str]) -> Standing | None:
    """How it stands for this person; None when the person's part is complete and others' are not."""
    own = cabinet(c, filings.filings_of(c, filing.unit_id))
    filed = own.filed(own.find(filing.id))
    form, answers = filed.form, filed.answers
    stand = progress(form, answers)
    given = assignments.of_filing(c, filing.id)
    waiting = waiting_for(form, answers, given, fillers)
    if waiting and person not in waiting:
        return None
    missing = tuple(i.label for i in waiting.get(person, ())[:NEXT])
    part = next((p for p in parts_of(form, answers, given) if p.person == person and p.left), None)
    if part is None:
        return Standing(stand.done, stand.total, (), missing)
    return Standing(part.count - len(part.left), part.count, part.names, missing, part.promised)
