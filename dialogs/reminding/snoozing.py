"""Snoozing: not today — tomorrow, in three days, or quiet until a day. Nothing is lost: it comes on that day, in one digest.

Carried out in the transaction of the press. A deadline that falls on a day in between is told on that day all the same, but
for somebody who has asked for quiet. Not here: reading the day as it was typed (typed.py).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from dialogs.calendar.deadlines import dates_of
from dialogs.calendar.typed_days import told_day
from dialogs.localtime import day_of
from dialogs.orders import Doing
from dialogs.reminding.collecting import into_digests
from dialogs.reminding.habits import Habits, habits_of, with_habits
from dialogs.reminding.rules import USUAL
from dialogs.replies import Message, Reply
from dialogs.store import digests, reminders, settings
from dialogs.store import notices as notice_rows
from dialogs.store.reminders import Reminder
from scoring.workdays import workday_from
from templates.messages import message

LONGEST = 120  # days of quiet


def snooze(doing: Doing, days: int, notice: str) -> Sequence[Reply]:
    """The reminders of this digest once more, so many days from now on a working day."""
    c, zone = doing.c, doing.office.zone
    if notice_rows.kind_of(c, notice, doing.person) != digests.DIGEST:
        return (Message("这条提醒已经不在了，新的提醒到时候还会来。"),)
    today = day_of(doing.at, zone)
    day = workday_from(today + timedelta(days=days))
    habits = keep(doing, lambda h: replace(h, snoozed_until=day))
    again = [r for r in reminders.lines(c, notice) if r.state == "collected"]
    if again:
        starts = {r.id: USUAL.start for r in again}
        into_digests(c, doing.office, {doing.person: again}, {doing.person: habits}, starts, doing.at)
    return (Message(message("reminding/snoozed", day=told_day(day), dues=_due_before(doing, again, today, day), strict=False)),)


def quiet(doing: Doing, day: str) -> Sequence[Reply]:
    """Nothing unasked until that day; empty: as before."""
    until = date.fromisoformat(day) if day else None
    keep(doing, lambda h: replace(h, quiet_until=until, snoozed_until=None if until is None else h.snoozed_until))
    if until is None:
        return (Message("好的，提醒照常。"),)
    today = day_of(doing.at, doing.office.zone)
    own = reminders.coming_of(doing.c, doing.person)
    return (Message(message("reminding/snoozed", day=told_day(until), dues=_due_before(doing, own, today, until), strict=True)),)


def keep(doing: Doing, change: Callable[[Habits], Habits]) -> Habits:
    """The person's habits changed and kept."""
    before = settings.of_person(doing.c, doing.person)
    habits = change(habits_of(before))
    settings.keep_for_person(doing.c, doing.person, with_habits(before, habits))
    return habits


def _due_before(doing: Doing, own: Sequence[Reminder], today: date, day: date) -> list[str]:
    """The deadlines that fall into the rest."""
    dates = dates_of(doing.c, {r.filing_id for r in own})
    return [told_day(due) for due in sorted({d.due for d in dates.values() if d.due and today <= d.due < day})]
