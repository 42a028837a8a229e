"""Dates as people type them; a date without a year is asked back when two years are likely."""

import re
import unicodedata
from datetime import date, timedelta

from scoring.reading.result import Ambiguous, NotUnderstood, Reading, Understood
from scoring.typednumbers import dated_in_figures

FULL = re.compile(r"(\d{4})\s*[年\-./／]\s*(\d{1,2})\s*[月\-./／]\s*(\d{1,2})\s*[日号]?")
SHORT_YEAR = re.compile(r"(\d{2})\s*[年\-./]\s*(\d{1,2})\s*[月\-./]\s*(\d{1,2})\s*[日号]?")
COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
SHORT = re.compile(r"(\d{1,2})\s*[月\-./]\s*(\d{1,2})\s*[日号]?")
LONGEST = 40  # characters that may be one date


def shown_date(day: date) -> str:
    """2023年2月20日, no leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def read_date(text: str, today: date) -> Reading:
    """A calendar date."""
    if len(text) > LONGEST:
        return NotUnderstood(f"没看懂这个日期。请写年月日，例如：{shown_date(today)}")
    folded = unicodedata.normalize("NFKC", text).strip().rstrip("。.")
    if folded in ("今天", "今日", "昨天"):
        return Understood(today - timedelta(days=folded == "昨天"))
    folded = dated_in_figures(folded)
    match = FULL.fullmatch(folded) or COMPACT.fullmatch(folded)
    if match:
        return _date(int(match[1]), int(match[2]), int(match[3]), text)
    match = SHORT_YEAR.fullmatch(folded)
    if match:
        return _date(2000 + int(match[1]), int(match[2]), int(match[3]), text)
    match = SHORT.fullmatch(folded)
    if not match:
        return NotUnderstood(f"没看懂这个日期。请写年月日，例如：{shown_date(today)}")
    this, last = (_date(y, int(match[1]), int(match[2]), text) for y in (today.year, today.year - 1))
    if isinstance(this, Understood) and isinstance(this.value, date) and isinstance(last, Understood):
        if this.value <= today:
            return this
        choices = tuple((shown_date(r.value), r.value) for r in (last, this) if isinstance(r.value, date))
        return Ambiguous("是哪一年的？", choices)
    return this


def _date(year: int, month: int, day: int, text: str) -> Reading:
    try:
        found = date(year, month, day)
    except ValueError:
        return NotUnderstood(f"“{text.strip()[:20]}”这一天不存在，请核对年月日。")
    if not 1990 <= year <= 2100:
        return NotUnderstood(f"{year}年不像填报的年份，请核对。")
    return Understood(found)
