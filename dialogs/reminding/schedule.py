"""The moments of a deadline: when to remind before it, on the day and after it. Pure.

A date that is no working day moves to the working day before it, never behind the deadline.
Not here: which filings have which deadline (planning.py), or who is told (collecting.py).
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dialogs.localtime import moment
from dialogs.reminding.rules import Rules
from scoring.workdays import workday_until, workdays_later

DAY0 = "day0"
HEAD = "escalation_head"
BUREAU = "escalation_bureau"
OVERDUE = re.compile(r"overdue([1-9]\d{0,3})")
EARLY = 14  # reminders so many days before or more are early ones, which a person may do without
FIRST_YEAR, LAST_YEAR = 2000, 2100


@dataclass(frozen=True, slots=True)
class Planned:
    """One reminder to be: its kind and its moment."""

    kind: str
    due_at: int


def schedule(rules: Rules, due: date, zone: str) -> tuple[Planned, ...]:
    """Every reminder of a deadline but the later ones after it, which are planned one by one."""
    if not FIRST_YEAR <= due.year <= LAST_YEAR:
        return ()  # nobody waits for it: a slip of the pen that the calendar refuses at its door
    days = [(f"before{n}", workday_until(due - timedelta(days=n))) for n in rules.before]
    if rules.on_the_day:
        days.append((DAY0, workday_until(due)))
    if rules.head:
        days.append((HEAD, _workdays_before(due, rules.head)))
    if rules.bureau:
        days.append((BUREAU, workday_until(due)))
    found = [Planned(kind, moment(day, rules.start, zone)) for kind, day in days]
    first = overdue(rules, due, 1, due, zone)
    return (*found, first) if first else tuple(found)


def overdue(rules: Rules, due: date, number: int, after: date, zone: str) -> Planned | None:
    """The reminder after the deadline with this number, `step` working days after that day; None when it is enough."""
    day = workdays_later(after, rules.step)
    if day > due + timedelta(days=rules.overdue_days):
        return None
    return Planned(f"overdue{number}", moment(day, rules.start, zone))


@lru_cache(maxsize=1024)
def overdue_number(kind: str) -> int:
    """1 for overdue1; 0 for a reminder that is not of that kind."""
    found = OVERDUE.fullmatch(kind)
    return int(found[1]) if found else 0


@lru_cache(maxsize=1024)
def group(kind: str) -> str:
    """What a person may switch off together: early, before, overdue or escalation."""
    if kind in (HEAD, BUREAU):
        return "escalation"
    if overdue_number(kind):
        return "overdue"
    return "early" if kind.startswith("before") and int(kind.removeprefix("before")) >= EARLY else "before"


def _workdays_before(due: date, count: int) -> date:
    day = due
    for _ in range(count):
        day = workday_until(day - timedelta(days=1))
    return day
