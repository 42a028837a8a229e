"""Periods and deadlines as goals name them: 2020年全年, 2024年12月底前, 每月15日前.

Not here: dates of items (reading/dates.py).
"""

import re
from dataclasses import dataclass

YEAR = r"(?:20\d\d年度?|当年|本年度?|今年|次年|每年)"
DATE = r"20\d\d[-./](?:1[0-2]|0?[1-9])[-./](?:3[01]|[12]\d|0?[1-9])"
MONTH = r"(?:1[0-2]|0?[1-9])月份?"
MONTHS = r"(?:1[0-2]|0?[1-9])(?:月份?)?[-~至到](?:1[0-2]|0?[1-9])月份?"
QUARTER = r"第?[一二三四1-4](?:[-~至到、][一二三四1-4])?季度"
PART = rf"(?:{MONTHS}|(?:每)?{MONTH}|{QUARTER}|每月|每季度?|全年|上半年|下半年|年(?=[底末初内]))"
DAY = r"(?:(?:3[01]|[12]\d|0?[1-9])[日号]|[底末初内]|[上中下]旬)"
PERIOD = re.compile(
    rf"(?:于|在|截止到?|截至到?|至|到)?(?:(?P<date>{DATE})|(?:{YEAR})?(?P<part>{PART})?(?P<day>{DAY})?)(?:(?:之|以)?[前内]|为?止)?(?:全部|按时)?(?:完成|办结)?"
)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time, or its end. `year` is 0 when none is named; `words` is the rest."""

    year: int
    words: str


def period(text: str) -> Period | None:
    """The period that a text (full-width figures folded, spaces out) names; None when it is anything else."""
    if not 2 <= len(text) <= 30:
        return None
    match = PERIOD.fullmatch(text)
    if not match or not ("年" in text or match["part"] or match["date"]) or text in ("每年", "每月"):
        return None
    year = re.search(r"20\d\d", text)
    if year is None:
        return Period(0, text)
    return Period(int(year[0]), re.sub(r"^年度?", "", text[: year.start()] + text[year.end() :]))
