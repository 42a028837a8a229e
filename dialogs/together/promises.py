"""A promised day as people type it: 周五前给, 3月5日填完. Not here: who promises what (assigning.py), or how days are said."""

import re
import unicodedata
from datetime import date, timedelta

from dialogs.days import FARTHEST, NotADay, day_meant, said_day

__all__ = ["NotADay", "read_day", "said_day", "said_iso"]

_FRAME = re.compile(
    r"^(?:我|大概|争取|最迟|最晚|预计|等到?|到|在)*|(?:之?前|以前|下班前?|上午|下午|给你?|给你|交|填完|填好|完成|可以|行|吧|左右|[，。！!\s])*$"
)


def read_day(text: str, today: date) -> date:
    """The day that is meant. Raises NotADay."""
    words = _FRAME.sub("", unicodedata.normalize("NFKC", text).strip())
    day = day_meant(words, today)
    if day is None:
        raise NotADay("没看懂是哪一天。像“周五前”“3月5日”“月底”这样写就行。")
    if day < today:
        raise NotADay(f"{said_day(day, today)}已经过去了，请写今天或者以后的一天。")
    if day > today + timedelta(days=FARTHEST):
        raise NotADay("这一天在一年以后，是不是写错了？")
    return day


def said_iso(day: str, today: date) -> str:
    """A stored day as it is said; empty for none."""
    return said_day(date.fromisoformat(day), today) if day else ""
