"""How far a person is with a filing: how much of their part is done, and what comes next. No answer leaves this file."""

from dataclasses import dataclass

from sqlalchemy import Connection

from dialogs.route import progress
from dialogs.staging import cabinet
from dialogs.store import concerned, filings
from scoring.asked import is_settled

NEXT = 3  # missing items named


@dataclass(frozen=True, slots=True)
class Standing:
    """`sections`: titles of the person's own part, nothing when all of it is theirs. `next`: labels of what is missing."""

    done: int
    total: int
    sections: tuple[str, ...]
    next: tuple[str, ...]


def standing(c: Connection, filing: filings.Filing, person: str) -> Standing | None:
    """How it stands for this person; None when the person's part is complete and others' are not."""
    own = cabinet(c, filings.filings_of(c, filing.unit_id))
    filed = own.filed(own.find(filing.id))
    stand = progress(filed.form, filed.answers)
    theirs = concerned.sections_of(c, filing.id, person)
    sections = [s for s in stand.sections if not theirs or s.section.id in theirs]
    open_items = [i for s in sections for i in s.items if not is_settled(filed.form, i, filed.answers)]
    whole = stand.done == stand.total
    if theirs and not open_items and not whole:
        return None
    if whole:
        return Standing(stand.done, stand.total, (), ())
    return Standing(
        sum(s.done for s in sections),
        sum(len(s.items) for s in sections),
        tuple(s.section.title for s in sections) if theirs else (),
        tuple(i.label for i in open_items[:NEXT]),
    )
