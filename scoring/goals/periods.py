"""Periods and deadlines as goals name them: 2020年全年, 2024年12月底前, 每月15日前.

Not here: dates of items (reading/dates.py).
"""

import re
from calendar import monthrange
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


POINT = re.compile(
    r"(?:于|在|截止到?|截至到?|至|到)?(?:(?P<year>20\d\d)年)?(?:(?P<month>1[0-2]|0?[1-9])月份?(?:(?P<day>3[01]|[12]\d|0?[1-9])[日号]|[底末])?|年?[底末])"
    r"(?P<before>(?:之|以)?前)?(?:全部|按时)?(?:完成|办结)?"
)


@dataclass(frozen=True, slots=True)
class Point:
    """The last day that a period names. `year` is 0 when none is named; `before`: it is a deadline, 10月底前.

    `to_the_day`: a day is named, so that with `before` the day itself may or may not belong.
    """

    year: int
    month: int
    day: int
    before: bool
    to_the_day: bool


def point(text: str) -> Point | None:
    """12月15日, 2025年10月底前, 年底前; None for anything else, and for a day that no calendar has."""
    match = POINT.fullmatch(text)
    if not match or period(text) is None:
        return None
    year, month = int(match["year"] or 0), int(match["month"] or 12)
    last = monthrange(year or 2024, month)[1]
    day = int(match["day"] or last)
    return None if day > last else Point(year, month, day, bool(match["before"]), bool(match["day"]))


def in_time(actual: str, target: str) -> bool:
    """Whether a day, or all of a month, lies before a deadline. Not when one names its year and the other does not."""
    done, due = point(actual), point(target)
    if done is None or due is None or done.before or not due.before or bool(done.year) is not bool(due.year):
        return False
    when, limit = (done.year, done.month, done.day), (due.year, due.month, due.day)
    return when < limit or (when == limit and not due.to_the_day)
