"""Pausing everything unasked, and going on: a restored backup begins paused, because what it still has to say was perhaps said
long ago by the store it is a copy of. Not here: one person's wish for quiet (snoozing.py).
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from dialogs.access.rights import Place
from dialogs.localtime import moment
from dialogs.office import Office
from dialogs.orders import Doing
from dialogs.store import digests, journal, office_settings, reminders, sending


@dataclass(frozen=True, slots=True)
class Stock:
    """What waits: reminders and messages due before a day."""

    reminders: int
    notices: int


def paused(c: Connection) -> str:
    """Why nothing unasked is sent; empty when it is."""
    return office_settings.get(c, office_settings.PAUSED)


def pause(doing: Doing, why: str) -> None:
    """Nothing unasked leaves from now on. Replies to what people say do."""
    office_settings.put(doing.c, office_settings.PAUSED, why or "管理员暂停")
    journal.note(doing.c, doing.person, "pause", Place(), {"why": why}, doing.at)


def stock(c: Connection, office: Office, day: date) -> Stock:
    """What was due before that day and has not been said."""
    until = moment(day, 0, office.zone)
    return Stock(reminders.count_due(c, until), sending.count_before(c, until))


def resume(doing: Doing, first: date | None) -> Stock:
    """Go on; with a day, what was due before it is not said any more. How much that was."""
    dropped = Stock(0, 0)
    if first is not None:
        digests.in_turn(doing.c)
        until = moment(first, 0, doing.office.zone)
        dropped = Stock(
            reminders.void_before(doing.c, until, doing.at, "before the pause ended"),
            sending.void_before(doing.c, until, doing.at, "before the pause ended"),
        )
    office_settings.put(doing.c, office_settings.PAUSED, "")
    detail = {"from": first.isoformat() if first else "", "reminders": dropped.reminders, "notices": dropped.notices}
    journal.note(doing.c, doing.person, "resume", Place(), detail, doing.at)
    return dropped
