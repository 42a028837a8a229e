"""Days and times of day as people type them for their reminders: 下周一, 5天, 12点到14点; and how they are said back. Pure.

Not here: days as such (dialogs/days.py).
"""

import re
import unicodedata
from datetime import date

from dialogs.days import NotADay, day_meant
from scoring.typednumbers import typed_number

CLOCK = r"(凌晨|早上|上午|中午|下午|晚上)?(\d{1,2})(?:[:：点时](\d{1,2}|半)?分?)?"
SPAN = re.compile(rf"{CLOCK}\s*(?:到|至|-|—|~|～|－)\s*{CLOCK}")
TIME = re.compile(CLOCK)
LENGTH = re.compile(r"(\S{1,3}?)(个?(?:天|周|星期|月))")
IN_WORDS = re.compile(r"[零一二两三四五六七八九十]+(?=[点时])|(?<=点)[零一二三四五六七八九十]+")
PAST = ("昨天", "前天")
LATER = ("下午", "晚上", "中午")


def read_day(text: str, today: date) -> date | None:
    """The day meant; None when it is no day. Raises NotADay for one that does not exist."""
    said = unicodedata.normalize("NFKC", text).strip().rstrip("。.！!吧").removeprefix("安静").removeprefix("到").strip()
    length = LENGTH.fullmatch(said)
    if length and typed_number("2" if length[1] == "两" else length[1]):
        said = f"{length[1]}{length[2].removeprefix('个') if '月' not in length[2] else '个月'}后"
    return today if said in PAST else day_meant(said, today)


def read_span(text: str) -> tuple[int, int] | None:
    """From and to, in minutes of the day; None when it is no such span."""
    found = SPAN.fullmatch(_folded(text))
    if not found:
        return None
    low, high = _minutes(*found.group(1, 2, 3)), _minutes(*found.group(4, 5, 6))
    if low is None or high is None:
        return None
    if high <= low and high < 12 * 60 and found[4] is None and found[1] in (None, "中午", "下午"):
        high += 12 * 60  # 中午12点到2点
    return (low, high) if low < high else None


def read_time(text: str) -> int | None:
    """A time of day, in minutes; None when it is none."""
    found = TIME.fullmatch(_folded(text))
    return _minutes(*found.group(1, 2, 3)) if found else None


def said_time(minutes: int) -> str:
    """9:00."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def _folded(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).strip().rstrip("。.").replace(" ", "")
    return IN_WORDS.sub(lambda m: _figure(m[0]), folded)


def _figure(words: str) -> str:
    number = typed_number("2" if words == "两" else words)
    return str(number.number) if number else words


def _minutes(part: str | None, hour: str, minute: str | None) -> int | None:
    hours, minutes = int(hour), 30 if minute == "半" else int(minute or 0)
    if part in LATER and hours < 12 and not (part == "中午" and hours >= 10):
        hours += 12
    found = hours * 60 + minutes
    return found if minutes < 60 and found <= 24 * 60 else None


__all__ = ["NotADay", "read_day", "read_span", "read_time", "said_time"]
