"""Dispatching: what may leave now goes to the outbox, a few at a time, and is looked at once more when it leaves.

A digest is written only then, from the world as it is: what is finished meanwhile drops out, and with nothing left
nothing is sent. Not here: what a digest says (digest.py), or who carries it (outgoing.py, bot/delivery.py).
"""

import json
from collections.abc import Sequence

from sqlalchemy import Connection

from dialogs.localtime import day_of, moment
from dialogs.office import Office
from dialogs.reminding.addressing import Surroundings, surroundings
from dialogs.reminding.digest import Digest, warm_up, write
from dialogs.reminding.entitled import is_still_theirs
from dialogs.reminding.habits import Habits, habits_of
from dialogs.reminding.leaving import leaves_at
from dialogs.reminding.planning import rules_by_county
from dialogs.reminding.rules import USUAL
from dialogs.reminding.schedule import DAY0, group
from dialogs.replies import Button, Message
from dialogs.store import digests, office_settings, outbox, reminders, sending
from dialogs.store.engine import reading, writing
from dialogs.store.outbox import Outgoing
from dialogs.store.reminders import Reminder
from dialogs.store.sending import Queued

MOST = 50  # notices in the outbox: two seconds' worth at the usual pace, for a tick comes every second; replies pass them
SLACK = 600  # seconds that the clocks of two processes may differ: what one has let go the other does not call back
AGAIN = 600  # seconds until somebody looks again at what stood still because everything was paused
NOTHING_LEFT, NOT_NOW, PAUSED, NOT_THEIRS = "nothing left", "not now", "paused", "not theirs any more"


def dispatch(office: Office) -> int:
    """Put notices that may leave into the outbox. How many."""
    now = office.clock()
    queued = 0
    with writing(office.engine) as c:
        if office_settings.get(c, office_settings.PAUSED):
            return 0
        digests.in_turn(c)
        room = MOST - sending.in_outbox(c)
        if room <= 0:
            return 0
        collected = not reminders.any_due(c, now)  # a digest leaves when everything for it has been collected
        start = first_hour(c)
        people: set[str] = set()
        for notice in sending.due(c, office.channel, now, 4 * MOST):
            is_digest = notice.kind == digests.DIGEST
            if is_digest and (not collected or notice.person_id in people):
                continue
            habits = habits_of(json.loads(notice.settings))
            at = leaves_at(now, office.zone, habits, digest=is_digest, start=start, day0=is_digest)
            if at > now:
                sending.postpone(c, notice.id, at)
                continue
            if queued < room and sending.queue(c, notice, now):
                queued += 1
                if is_digest:
                    people.add(notice.person_id)
    return queued


def first_hour(c: Connection) -> int:
    """The minute of the day at which digests begin: what was left over from yesterday waits for it and comes with today's."""
    return max((rules.start for rules in rules_by_county(c).values()), default=USUAL.start)


def leave(office: Office, row: Outgoing) -> Message | None:
    """The message of a notice that is about to be sent; None when it is not to be sent, now or ever.

    From here on a digest takes no more lines: what comes later is in the next one. One that may have arrived already and
    has to wait now is remembered as such.
    """
    notice_id, doubtful = str(row.body["notice"]), row.ambiguous
    with reading(office.engine) as c:
        warm_up(c, notice_id)  # compiling a form takes a while, in which nobody else should have to wait for the writer
    now = office.clock()
    with writing(office.engine) as c:
        digests.in_turn(c)
        notice = sending.load(c, notice_id)
        if notice is None or notice.state != "queued" or not outbox.is_mine(c, row.id, row.attempts):
            return None
        if office_settings.get(c, office_settings.PAUSED):
            sending.back(c, notice.id, now + AGAIN, sending.DOUBTFUL if doubtful else PAUSED)
            return None
        habits = habits_of(notice.settings)
        if notice.kind == digests.DIGEST:
            return _digest(c, office, notice, habits, now, sending.DOUBTFUL if doubtful else NOT_NOW)
        at = leaves_at(now, office.zone, habits)
        if at > now + SLACK:
            sending.back(c, notice.id, at, sending.DOUBTFUL if doubtful else NOT_NOW)
            return None
        if not habits.wants(notice.kind):
            sending.void(c, notice.id, now, "switched off")
            return None
        if not is_still_theirs(c, notice.person_id, notice.kind, notice.actions):
            sending.void(c, notice.id, now, NOT_THEIRS)
            return None
        return _message(notice.id, notice.body["text"], notice.body["labels"])


def _digest(c: Connection, office: Office, notice: Queued, habits: Habits, now: int, waits: str) -> Message | None:
    digests.absorb(c, notice.id, notice.person_id, now, now + SLACK)
    lines = reminders.lines(c, notice.id)
    around = surroundings(c, lines)
    own = still_apt(lines, around, notice.person_id, habits)
    day0 = any(r.kind == DAY0 for r in own)
    at = leaves_at(now, office.zone, habits, digest=True, start=first_hour(c), day0=day0)
    today = moment(day_of(now, office.zone), 0, office.zone)
    if at <= now + SLACK and digests.sent_since(c, notice.person_id, today):
        tomorrow = moment(day_of(now + 24 * 3600, office.zone), 0, office.zone)
        at = leaves_at(tomorrow, office.zone, habits, digest=True, start=first_hour(c), day0=day0)
    if own and at > now + SLACK:
        sending.back(c, notice.id, at, waits)
        return None
    digest: Digest | None = write(c, office, notice, own, around, now) if own else None
    if digest is None:
        sending.void(c, notice.id, now, NOTHING_LEFT)
        return None
    labels = [[label for label, _ in row] for row in digest.rows]
    sending.written(c, notice.id, digest.text, labels, [action for row in digest.rows for _, action in row])
    return _message(notice.id, digest.text, labels)


def still_apt(lines: Sequence[Reminder], around: Surroundings, person: str, habits: Habits) -> list[Reminder]:
    """Those reminders of a digest that still are for this person."""
    return [r for r in lines if habits.wants(group(r.kind)) and person in around.addressees(r)]


def _message(notice: str, text: str, labels: Sequence[Sequence[str]]) -> Message:
    rows: list[tuple[Button, ...]] = []
    n = 0
    for row in labels:
        rows.append(tuple(Button(label, f"{notice}.{n + k}") for k, label in enumerate(row)))
        n += len(row)
    return Message(text, tuple(r for r in rows if r))
