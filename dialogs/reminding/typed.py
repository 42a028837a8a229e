"""Days and times of day as people type them for their reminders: 明天, 下周一, 3月20日, 12点到14点; and as they are said. Pure.

Not here: dates that are answers (scoring/reading/dates.py), which lie in the past.
"""

import re
import unicodedata
from datetime import date, timedelta

from scoring.reading.dates import read_date
from scoring.reading.result import Ambiguous, Understood
from scoring.typednumbers import typed_number
from scoring.workdays import WEEKDAYS

NEAR = {
    "明天": 1,
    "明日": 1,
    "后天": 2,
    "大后天": 3,
    "一周": 7,
    "一星期": 7,
    "一个星期": 7,
    "两周": 14,
    "两个星期": 14,
    "半个月": 15,
}
NEAR |= {f"{k}后": v for k, v in NEAR.items() if v >= 7} | {"下周": 7, "一个月": 30, "一个月后": 30}
WEEK = re.compile(r"(这|本|下|下个)?(?:周|星期|礼拜)([一二三四五六日天])")
COUNTED = re.compile(r"(.{1,4})天(?:后|以后|之后)?")
IN_MONTH = re.compile(r"(\d{1,2})[号日]")
CLOCK = r"(凌晨|早上|上午|中午|下午|晚上)?(\d{1,2})(?:[:：点时](\d{1,2}|半)?分?)?"
SPAN = re.compile(rf"{CLOCK}\s*(?:到|至|-|—|~|～|－)\s*{CLOCK}")
TIME = re.compile(CLOCK)
LATER = ("下午", "晚上", "中午")


def read_day(text: str, today: date) -> date | None:
    """The day meant, always in the future where it can be; None when it is no day."""
    said = unicodedata.normalize("NFKC", text).strip().rstrip("。.！!吧").removeprefix("到").removeprefix("安静到").strip()
    if said in NEAR:
        return today + timedelta(days=NEAR[said])
    if counted := COUNTED.fullmatch(said):
        number = typed_number(counted[1])
        return today + timedelta(days=int(number.number)) if number and 0 < number.number <= 400 else None
    if week := WEEK.fullmatch(said):
        return _weekday(today, "一二三四五六日".index(week[2].replace("天", "日")), week[1] or "")
    if in_month := IN_MONTH.fullmatch(said):
        return _in_month(today, int(in_month[1]))
    match read_date(said, today):
        case Understood(date() as day):
            coming = _next_year(day)
            named = re.match(r"\d{4}|\d{2}\s*年", said)
            return coming if day <= today and not named and coming else day
        case Ambiguous(choices=choices):
            days = [value for _, value in choices if isinstance(value, date)]
            return max(days) if days else None
    return None


def read_span(text: str) -> tuple[int, int] | None:
    """From and to, in minutes of the day; None when it is no such span."""
    found = SPAN.fullmatch(unicodedata.normalize("NFKC", text).strip().rstrip("。.").replace(" ", ""))
    if not found:
        return None
    low, high = _minutes(*found.group(1, 2, 3)), _minutes(*found.group(4, 5, 6))
    if low is None or high is None:
        return None
    if high <= low and high + 12 * 60 <= 24 * 60 and found[4] is None and found[1] in (None, "中午", "下午"):
        high += 12 * 60  # 中午12点到2点
    return (low, high) if low < high else None


def read_time(text: str) -> int | None:
    """A time of day, in minutes; None when it is none."""
    found = TIME.fullmatch(unicodedata.normalize("NFKC", text).strip().rstrip("。.").replace(" ", ""))
    return _minutes(*found.group(1, 2, 3)) if found else None


def said(day: date) -> str:
    """3月31日（星期二）."""
    return f"{day.month}月{day.day}日（星期{WEEKDAYS[day.weekday()]}）"


def said_time(minutes: int) -> str:
    """9:00."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def _minutes(part: str | None, hour: str, minute: str | None) -> int | None:
    hours, minutes = int(hour), 30 if minute == "半" else int(minute or 0)
    if part in LATER and hours < 12 and not (part == "中午" and hours >= 10):
        hours += 12
    found = hours * 60 + minutes
    return found if minutes < 60 and found <= 24 * 60 else None


def _weekday(today: date, weekday: int, which: str) -> date:
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(days=weekday + (7 if which.startswith("下") else 0))
    return day if day > today or which else day + timedelta(days=7)


def _in_month(today: date, number: int) -> date | None:
    for months in range(3):
        month = today.month - 1 + months
        try:
            day = date(today.year + month // 12, month % 12 + 1, number)
        except ValueError:
            continue
        if day > today:
            return day
    return None


def _next_year(day: date) -> date | None:
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return None
