"""Days as people say them in a message: 周五, 明天, 3月5日, 月底, 下周三, 三天后. Not here: what such a day is for."""

import re
from calendar import monthrange
from datetime import date, timedelta

from scoring.errors import ZipingError
from scoring.typednumbers import typed_number

FARTHEST = 366  # days ahead; what lies beyond is a slip of the pen
_DAYS = "一二三四五六日"
_NEAR = {"今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "大后天": 3}
_WEEKDAY = re.compile(r"(?P<next>下{0,2})(?:个|这个?|本)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天1-7])")
_IN = re.compile(r"(?P<count>\S{1,3}?)(?P<unit>天|日|周|星期|个?月)(?:之?内|以内|后)")
_FULL = re.compile(r"(20\d\d)\s*[年\-./]\s*(\d{1,2})\s*[月\-./]\s*(\d{1,2})\s*[日号]?")
_SHORT = re.compile(r"(\d{1,2})\s*[月\-./]\s*(\d{1,2})\s*[日号]?")
_DAY = re.compile(r"(\d{1,2})\s*[日号]")


class NotADay(ZipingError, ValueError):
    """The words name no day to come; the message says so kindly."""


def day_meant(words: str, today: date) -> date | None:
    """The day these words mean, seen from today, perhaps one gone by; None when they mean none. Raises NotADay."""
    if words in _NEAR:
        return today + timedelta(days=_NEAR[words])
    if match := _WEEKDAY.fullmatch(words):
        return _weekday(match["next"], match["day"], today)
    if words in ("月底", "这个月底", "本月底", "月末"):
        return last_day(today.year, today.month)
    if words in ("下个月底", "下月底"):
        return last_day(today.year + today.month // 12, today.month % 12 + 1)
    if words in ("本周", "这周", "周末", "这个星期", "本周内", "这周内"):
        return today + timedelta(days=max(0, 4 - today.weekday()) if "末" not in words else 6 - today.weekday())
    if match := _IN.fullmatch(words):
        return _later(match["count"], match["unit"], today)
    return _dated(words, today)


def _weekday(later: str, day: str, today: date) -> date:
    """周五 is the next Friday, today included; 下周五 the Friday of the week that begins on Monday."""
    wanted = int(day) - 1 if day.isdecimal() else _DAYS.index("日" if day == "天" else day)
    if later:
        return today + timedelta(days=wanted - today.weekday() + 7 * len(later))
    return today + timedelta(days=(wanted - today.weekday()) % 7)


def _later(count: str, unit: str, today: date) -> date | None:
    number = typed_number("2" if count == "两" else count)
    if number is None or number.number != int(number.number) or not 0 <= number.number <= FARTHEST:
        return None
    return today + timedelta(days=int(number.number) * (7 if unit in ("周", "星期") else 30 if "月" in unit else 1))


def _dated(words: str, today: date) -> date | None:
    try:
        if match := _FULL.fullmatch(words):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if match := _SHORT.fullmatch(words):
            day = date(today.year, int(match[1]), int(match[2]))
            return day if day >= today or (today - day).days < FARTHEST // 2 else day.replace(year=today.year + 1)
        if match := _DAY.fullmatch(words):
            day = date(today.year, today.month, int(match[1]))
            return day if day >= today else date(today.year + today.month // 12, today.month % 12 + 1, int(match[1]))
    except ValueError as e:
        raise NotADay("这一天不存在，请核对一下月和日。") from e
    return None


def last_day(year: int, month: int) -> date:
    """月底."""
    return date(year, month, monthrange(year, month)[1])


def said_day(day: date, today: date) -> str:
    """今天, 明天, 3月5日（周五）; the year where it is another one."""
    near = {0: "今天", 1: "明天"}.get((day - today).days)
    year = f"{day.year}年" if day.year != today.year else ""
    return near or f"{year}{day.month}月{day.day}日（周{_DAYS[day.weekday()]}）"
