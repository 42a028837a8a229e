"""Working days and holidays, make-up days (调休) included, by the library `chinesecalendar`.

The State Council announces each year's holidays in the autumn before, and the library follows with a new release. In a
year it does not know yet, Saturdays, Sundays and the holidays that law fixes to a date (元旦, 五一, 国庆) are free; the
lunar ones and the make-up days are not known then (`is_known`). Not here: what is due when (calendar.py).
"""

from datetime import date, timedelta
from functools import lru_cache

from chinese_calendar.constants import Holiday, holidays, workdays

FIXED = {(1, 1): "元旦", (5, 1): "劳动节", (5, 2): "劳动节", (10, 1): "国庆节", (10, 2): "国庆节", (10, 3): "国庆节"}
WEEKDAYS = "一二三四五六日"
_KNOWN = frozenset(day.year for day in holidays)
_NAMES = {holiday.value: holiday.chinese for holiday in Holiday}


def is_known(year: int) -> bool:
    """Whether the holidays of a year have been announced, as far as the library knows."""
    return year in _KNOWN


@lru_cache(maxsize=4096)
def is_workday(day: date) -> bool:
    """Whether offices work on this day."""
    if is_known(day.year):
        return day in workdays or (day.weekday() < 5 and day not in holidays)
    return day.weekday() < 5 and (day.month, day.day) not in FIXED


def holiday_name(day: date) -> str:
    """What makes a day free: 清明节, or 星期六; for a working day its 星期, too."""
    name = _NAMES.get(holidays[day], "") if day in holidays else ""
    if not is_known(day.year):
        name = FIXED.get((day.month, day.day), "")
    return name if name and not is_workday(day) else f"星期{WEEKDAYS[day.weekday()]}"


def workday_from(day: date) -> date:
    """This day, or the next working day."""
    while not is_workday(day):
        day += timedelta(days=1)
    return day


def workday_until(day: date) -> date:
    """This day, or the last working day before it."""
    while not is_workday(day):
        day -= timedelta(days=1)
    return day


def workdays_later(day: date, count: int) -> date:
    """The count-th working day after this day; the day itself for 0."""
    for _ in range(count):
        day = workday_from(day + timedelta(days=1))
    return day


def workdays_between(first: date, last: date) -> int:
    """How many working days lie after `first` up to and with `last`."""
    return sum(is_workday(first + timedelta(days=n)) for n in range(1, (last - first).days + 1))
