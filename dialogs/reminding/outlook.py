"""What is due for whom in the coming days: for the bureau to look at, before anything is sent.

Read from the same rows and by the same rules as when they are collected. Not here: changing anything.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from dialogs.editions import form_of
from dialogs.reminding.addressing import surroundings
from dialogs.reminding.schedule import BUREAU, DAY0, HEAD, overdue_number
from dialogs.store import concerned, filings, reminders


@dataclass(frozen=True, slots=True)
class Coming:
    """One reminder to come. `people`: who would get it today; `unreachable`: those of them who have blocked the bot."""

    moment: int
    kind: str
    unit: str
    title: str
    project: str
    people: tuple[str, ...]
    unreachable: tuple[str, ...]


def coming(c: Connection, first: int, last: int, most: int) -> Sequence[Coming]:
    """Reminders due from one moment to another, the next one first, for filings that are not finished."""
    found = reminders.between(c, first, last, most)
    around = surroundings(c, found)
    people = {r.id: around.addressees(r) for r in found}
    names = concerned.names_of(c, {p for who in people.values() for p in who})
    rows = []
    for r in found:
        filing = filings.filing(c, r.filing_id)
        if filing is None or not around.useful(r):
            continue
        told = [names.get(p, ("", False)) for p in people[r.id]]
        rows.append(
            Coming(
                r.due_at,
                named(r.kind),
                filing.unit_name,
                form_of(c, filing).title,
                filing.project,
                tuple(name or "（没有姓名）" for name, _ in told),
                tuple(name or "（没有姓名）" for name, blocked in told if blocked),
            )
        )
    return rows


def named(kind: str) -> str:
    """提前 7 天."""
    if kind == DAY0:
        return "截止当天"
    if kind == HEAD:
        return "告诉审核人"
    if kind == BUREAU:
        return "告诉财政局"
    number = overdue_number(kind)
    return f"逾期第 {number} 次" if number else f"提前 {kind.removeprefix('before')} 天"
