"""Collecting: reminders that are due are claimed, a batch in one short transaction, and put into their people's digests.

A filing that is finished by now, or whose deadline has moved, is reminded of no more. Not here: sending (dispatching.py).
"""

import gc
import json
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection

from dialogs.calendar.deadlines import dates_of
from dialogs.localtime import day_of
from dialogs.office import Office
from dialogs.reminding.addressing import Surroundings, surroundings
from dialogs.reminding.habits import USUAL as ORDINARY
from dialogs.reminding.habits import Habits, habits_of
from dialogs.reminding.leaving import leaves_at, next_day
from dialogs.reminding.planning import MOVED, rules_by_county
from dialogs.reminding.rules import USUAL, Rules
from dialogs.reminding.schedule import DAY0, group, overdue, overdue_number
from dialogs.store import concerned, digests, office_settings, reminders
from dialogs.store.engine import writing
from dialogs.store.reminders import Reminder

BATCH = 1000  # reminders in one transaction: the writer of SQLite is free again after some hundredths of a second
FINISHED = "finished"
DAYS_AHEAD = 400  # a digest finds its day within so many tries, or is not made


def collect(office: Office, most: int = BATCH) -> int:
    """Claim reminders that are due and put them into digests. How many were claimed: `most` when there may be more."""
    now = office.clock()
    with _no_search_for_cycles(), writing(office.engine) as c:
        if office_settings.get(c, office_settings.PAUSED):
            return 0
        digests.in_turn(c)
        claimed = reminders.claim(c, now, most)
        if claimed:
            _put_into_digests(c, office, claimed, now)
        return len(claimed)


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """A batch makes ten thousand small things that all go at its end by themselves. Meanwhile Python would look through
    everything the program holds for cycles, again and again: a third of the time, while others wait for the writer."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


def _put_into_digests(c: Connection, office: Office, claimed: Sequence[Reminder], now: int) -> None:
    around, rules = surroundings(c, claimed), rules_by_county(c)
    useful = [r for r in claimed if around.useful(r)]
    if len(useful) < len(claimed):
        reminders.void_collected(c, sorted({r.id for r in claimed} - {r.id for r in useful}), FINISHED)
    moved = _go_on(c, office, [r for r in useful if overdue_number(r.kind)], around, rules, now)
    told = [(r, around.addressees(r)) for r in useful if r.id not in moved]
    habits = habits_by_person(c, {p for _, people in told for p in people})
    wanted: dict[str, list[Reminder]] = {}
    for reminder, people in told:
        for person in people:
            if person not in habits or habits[person].wants(group(reminder.kind)):
                wanted.setdefault(person, []).append(reminder)
    starts = {r.id: _rules(around, rules, r).start for r, _ in told}
    into_digests(c, office, wanted, habits, starts, now)


def _rules(around: Surroundings, rules: Mapping[str, Rules], reminder: Reminder) -> Rules:
    return rules.get(around.filings[reminder.filing_id].county_id or "", USUAL)


def _go_on(
    c: Connection,
    office: Office,
    claimed: Sequence[Reminder],
    around: Surroundings,
    rules: Mapping[str, Rules],
    now: int,
) -> set[int]:
    """Plan the next reminder after the deadline behind each of these; the ids of those whose deadline has moved."""
    if not claimed:
        return set()
    today, dates = day_of(now, office.zone), dates_of(c, {r.filing_id for r in claimed})
    rows, moved = [], set()
    for r in claimed:
        date = dates.get(r.filing_id)
        if date is None or date.due is None or date.version != r.deadline:
            moved.add(r.id)
            continue
        after = max(today, day_of(r.due_at, office.zone))
        planned = overdue(_rules(around, rules, r), date.due, overdue_number(r.kind) + 1, after, office.zone)
        if planned is not None:
            rows.append({"filing_id": r.filing_id, "kind": planned.kind, "deadline": r.deadline, "due_at": planned.due_at})
    reminders.void_collected(c, sorted(moved), MOVED)
    reminders.plan(c, rows)
    return moved


def into_digests(
    c: Connection,
    office: Office,
    wanted: Mapping[str, Sequence[Reminder]],
    habits: Mapping[str, Habits],
    starts: Mapping[int, int],
    now: int,
) -> None:
    """Put each person's reminders into the digest of the first day on which one may still leave."""
    digests.in_turn(c)
    left = dict.fromkeys(wanted, now)
    lines: list[tuple[str, int]] = []
    known: dict[Hashable, tuple[str, int]] = {}  # most people have the same habits and are told at the same moment
    for _ in range(DAYS_AHEAD):
        if not left:
            break
        by_day: dict[str, dict[str, int]] = {}
        for person, moment in left.items():
            own = wanted[person]
            start = starts[own[0].id] if len(own) == 1 else min([starts[r.id] for r in own])
            wish = (moment, habits.get(person), start, DAY0 in [r.kind for r in own])
            found = known.get(wish)
            if found is None:
                found = known[wish] = _moment(*wish, office.zone)
            by_day.setdefault(found[0], {})[person] = found[1]
        left = {}
        for day, due in sorted(by_day.items()):
            open_now = digests.open_on(c, day, due, now, lambda: notice_id(office))
            for person, at in due.items():
                if person in open_now:
                    lines += [(open_now[person], r.id) for r in wanted[person]]
                else:  # that day's digest has left: the next day's, then
                    left[person] = next_day(at, office.zone)
    digests.add(c, lines)


def _moment(now: int, habits: Habits | None, start: int, day0: bool, zone: str) -> tuple[str, int]:
    """The day, and the moment of it, on which a digest may leave."""
    at = leaves_at(now, zone, habits or ORDINARY, digest=True, start=start, day0=day0)
    return day_of(at, zone).isoformat(), at


def habits_by_person(c: Connection, people: Iterable[str]) -> dict[str, Habits]:
    """The habits of those who have any."""
    return {id: habits_of(json.loads(text)) for id, text in concerned.settings_of(c, people).items()}


def notice_id(office: Office) -> str:
    """Twelve characters, as every notice has."""
    return (office.new_id() + office.new_id())[:12]
