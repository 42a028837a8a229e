"""Moments as the clock on the wall shows them where the units are, and back to epoch seconds. Pure.

Not here: days as people say them (days.py), working days (scoring/workdays.py).
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo


def local(at: int, zone: str) -> datetime:
    """The moment where the units are."""
    return datetime.fromtimestamp(at, ZoneInfo(zone))


def day_of(at: int, zone: str) -> date:
    """The day of a moment where the units are."""
    return local(at, zone).date()


def moment(day: date, minutes: int, zone: str) -> int:
    """The epoch second of so many minutes after midnight where the units are."""
    return int(datetime.combine(day, time(minutes // 60, minutes % 60), ZoneInfo(zone)).timestamp())


def said_day(at: int, zone: str) -> str:
    """3月1日."""
    day = day_of(at, zone)
    return f"{day.month}月{day.day}日"


def stamp(at: int, zone: str) -> str:
    """2026-03-01 09:30, for lists and files."""
    return f"{local(at, zone):%Y-%m-%d %H:%M}"
