"""The last day of a survey: typed as people write days, kept as the moment after it, said as a day."""

import re
from datetime import date, timedelta

from dialogs.localtime import day_of, moment
from scoring.items import Date
from scoring.reading import Ambiguous, Understood, read

FULL_YEAR = re.compile(r"\d{4}|今|昨|\d{2}\s*年")
LONGEST = 180  # days a survey may run
_DAY = Date(id="last_day", type="date", label="截止日期")


def moment_after(day: date, zone: str) -> int:
    """The end of a day where the units are."""
    return moment(day + timedelta(days=1), 0, zone)


def said_day(closes_at: int | None, zone: str) -> str:
    """The day whose end this is: 2021年3月15日; empty for a survey without an end."""
    if closes_at is None:
        return ""
    day = day_of(closes_at - 1, zone)
    return f"{day.year}年{day.month}月{day.day}日"


def typed_day(text: str, today: date) -> tuple[date | None, str]:
    """(the day, what is wrong with it) as typed; a day without a year is the next one to come."""
    reading = read(_DAY, text, today=today)
    found = [value for _, value in reading.choices] if isinstance(reading, Ambiguous) else []
    found += [reading.value] if isinstance(reading, Understood) else []
    days = sorted(value for value in found if isinstance(value, date))
    if not days:
        return None, "没看懂是哪一天，像这样发：3月15日。"
    day = next((d for d in days if d >= today), days[-1])
    if day < today and not FULL_YEAR.search(text) and (day.month, day.day) != (2, 29):
        day = day.replace(year=today.year + 1)
    if day < today:
        return None, f"{day.month}月{day.day}日已经过了，请发今天或以后的一天。"
    if (day - today).days > LONGEST:
        return None, f"太远了，最多 {LONGEST} 天，别人会忘了填。"
    return day, ""
