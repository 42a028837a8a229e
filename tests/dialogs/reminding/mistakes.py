"""Mistakes that somebody could make with reminders, to be planted: the year must notice each of them."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from dialogs.reminding import dispatching
from dialogs.store import digests, outbox, reminders, sending
from dialogs.store.tables import reminders as reminder_rows


def _claims_without_condition(c, now, most):  # read now, marked later by whoever comes: no claim at all
    found = c.execute(select(*reminders._COLUMNS).where(reminder_rows.c.due_at <= now).limit(most)).all()
    return tuple(reminders.Reminder(*row) for row in found)


def mistakes(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], None]]:
    """Each, by name, and how it is planted."""
    late = {"leaves_at": lambda now, *_, **__: now}
    return {
        "no claim": lambda: monkeypatch.setattr(reminders, "claim", _claims_without_condition),
        "sends at night": lambda: [monkeypatch.setattr(dispatching, k, v) for k, v in late.items()],
        "does not look again": lambda: monkeypatch.setattr(dispatching, "still_apt", lambda lines, *_: list(lines)),
        "not merged": lambda: monkeypatch.setattr(digests, "absorb", lambda *_: None),
        "marked before it is sent": lambda: monkeypatch.setattr(sending, "queue", _queued_and_done(sending.queue)),
        "never said to have arrived": lambda: monkeypatch.setattr(sending, "arrived", lambda *_: None),
        "leases of a moment": lambda: monkeypatch.setattr(outbox, "claim", _hasty(outbox.claim)),
    }


def _queued_and_done(original):
    def queue(c, notice, now):
        done = original(c, notice, now)
        sending.arrived(c, notice.id, now)
        return done

    return queue


def _hasty(original):
    return lambda c, now, channel, lease=0, **more: original(c, now, channel, -outbox.LONGER, **more)


BUGS = ("no claim", "sends at night", "does not look again", "not merged", "marked before it is sent")
BUGS += ("never said to have arrived", "leases of a moment")
