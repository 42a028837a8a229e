"""A pack's calendar: when a form opens, is due, is reviewed by and published by, as a county clerk writes dates.

    3月31日, 次年3月31日        in the year after the evaluated one
    上年11月20日, 当年12月底    in the year before it, in the year itself
    2021-03-31, 2021年3月31日  moves along when the pack is used for another year
    {next_year}-03-31          as elsewhere in a pack

Not here: working days (workdays.py), a county's own dates and extensions, which are no part of a pack.
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from pydantic import Field, field_validator

from scoring.data import Data
from scoring.typednumbers import dated_in_figures

EARLIEST, LATEST = 1992, 2100  # before 1992 China had summer time, and no such form is due again
LEAP = 2000  # a year that has every day
STAGES: Mapping[str, str] = {"opens": "开始填", "due": "截止", "reviewed": "审核完", "published": "公开"}

_OFFSETS = {
    **dict.fromkeys(("上年", "上一年", "前一年", "头一年", "last_year", "year-1"), -1),
    **dict.fromkeys(("当年", "本年", "同年", "year"), 0),
    **dict.fromkeys(("次年", "翌年", "下年", "下一年", "第二年", "后一年", "next_year", "year+1"), 1),
    "year-2": -2,
    "year+2": 2,
}
_YEAR = "|".join(sorted((re.escape(w) for w in _OFFSETS if "year" not in w), key=len, reverse=True))
_PREFIX = re.compile(
    rf"(?:(?P<word>{_YEAR})度?的?|\{{(?P<name>[a-z_]+(?:[+-]\d)?)\}}[年\-./]|(?P<year>\d{{4}})[年\-./])?(?P<rest>.*)"
)
_DAY = re.compile(r"(\d{1,2})[月\-./](?:(\d{1,2})[日号]?|份?(?:底|末|最后一天)前?)")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A day as it is written: of a year that is named (`year`), or so many years from the evaluated one; day 0 is the
    last of its month."""

    month: int
    day: int
    year: int | None = None
    offset: int = 1

    def in_year(self, evaluated: int, written_for: int) -> date:
        """The day itself, for the year that is evaluated, in a pack that was written for `written_for`."""
        year = evaluated + (self.offset if self.year is None else self.year - written_for)
        last = monthrange(year, self.month)[1]
        return date(year, self.month, min(self.day or last, last))  # 29 February is the last of February elsewhere


def written_date(text: str) -> WrittenDate:
    """A date of a pack's calendar. Raises ValueError with what to write instead."""
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).rstrip("。.前")
    prefix = _PREFIX.fullmatch(folded)
    found = _DAY.fullmatch(dated_in_figures(prefix["rest"])) if prefix else None
    named = (prefix["word"] or prefix["name"]) if prefix else None
    if prefix is None or found is None or (named and named not in _OFFSETS):
        raise ValueError(f"日期“{text[:20]}”看不懂；可以写 次年3月31日、上年11月20日、当年12月底，或 2021-03-31")
    month, day = int(found[1]), int(found[2] or 0)
    year = int(prefix["year"]) if prefix["year"] else None
    if not 1 <= month <= 12 or (found[2] is not None and not 1 <= day <= monthrange(year or LEAP, month)[1]):
        raise ValueError(f"没有“{text[:20]}”这一天；月底可以写“{month if 1 <= month <= 12 else 3}月底”")
    if year is not None and not EARLIEST <= year <= LATEST:
        raise ValueError(f"{year}年不在 {EARLIEST}–{LATEST} 年之间，请核对")
    return WrittenDate(month, day, year, _OFFSETS[named] if named else 1)


class Days(NamedTuple):
    """When a form opens, is due, is to be reviewed and published by; None where nothing is fixed."""

    opens: date | None = None
    due: date | None = None
    reviewed: date | None = None
    published: date | None = None


class WrittenDays(Data):
    """One form's dates in `calendar` of pack.yaml."""

    opens: str = Field(default="", description="the first day on which it is filled, e.g. 次年1月10日")
    due: str = Field(default="", description="the last day on which units hand it in, e.g. 次年3月31日")
    reviewed: str = Field(default="", description="reviewed by, e.g. 次年4月30日")
    published: str = Field(default="", description="published by, e.g. 次年9月30日")

    @field_validator("opens", "due", "reviewed", "published")
    @classmethod
    def _is_a_day(cls, text: str) -> str:
        if text.strip():
            written_date(text)
        return text.strip()

    def in_year(self, evaluated: int, written_for: int) -> Days:
        """The days for the year that is evaluated."""
        texts = (getattr(self, stage) for stage in STAGES)
        return Days(*(written_date(t).in_year(evaluated, written_for) if t else None for t in texts))
