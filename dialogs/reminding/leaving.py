"""When an unasked message may leave: never at night, never in a person's quiet hours, a digest on working days only. Pure.

The night begins and ends half an hour earlier and later than people would say (21:00 to 8:00), so that clocks that
disagree by some minutes still keep it.
"""

from datetime import timedelta

from dialogs.localtime import local, moment
from dialogs.reminding.habits import NIGHT_AFTER, NIGHT_BEFORE, Habits
from scoring.workdays import workday_from


def leaves_at(now: int, zone: str, habits: Habits, *, digest: bool = False, start: int = 9 * 60, day0: bool = False) -> int:
    """The earliest moment, now or later, at which a message to this person may leave.

    `digest`: it waits for a working day and for `start`, minutes after midnight. `day0`: a deadline is today, which a
    snooze does not hide.
    """
    here = local(now, zone)
    day, minutes = here.date(), here.hour * 60 + here.minute
    opens = max(habits.hour or start, NIGHT_BEFORE) if digest else NIGHT_BEFORE
    quiet_until = habits.quiet_until
    if digest and not day0 and habits.snoozed_until:
        quiet_until = max(habits.snoozed_until, quiet_until or habits.snoozed_until)
    if minutes >= NIGHT_AFTER or minutes >= _closes(opens, habits):
        day, minutes = day + timedelta(days=1), 0
    first = max(day, quiet_until) if quiet_until else day
    first = workday_from(first) if digest else first
    if first > day:
        minutes = 0
    day = first
    at = _after_quiet(max(minutes, opens), habits)
    return max(now, moment(day, at, zone))


def _closes(opens: int, habits: Habits) -> int:
    """The minute from which nothing more leaves on a day: the night, or a quiet span that reaches into it."""
    if habits.quiet and habits.quiet[1] >= NIGHT_AFTER and habits.quiet[0] > opens:
        return min(NIGHT_AFTER, habits.quiet[0])
    return NIGHT_AFTER


def _after_quiet(minutes: int, habits: Habits) -> int:
    if habits.quiet and habits.quiet[0] <= minutes < habits.quiet[1]:
        return habits.quiet[1]
    return minutes


def next_day(now: int, zone: str) -> int:
    """The first second of tomorrow where the units are."""
    return moment(local(now, zone).date() + timedelta(days=1), 0, zone)
