"""Targets (年度指标值): typed, and kept as text.

A target is a comparison, a range, an exact number, a comparison with words, a period, words, or nothing. Any text comes
to one of these or to a sentence that says what to type. Not here: actual values (actuals.py), and what they are worth
(attainment.py).
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from scoring.goals.comparators import LONGEST, NOTHING, SIGNS, SUFFIXES, evened, short, split_comparator
from scoring.goals.periods import period
from scoring.goals.units import Quantity, base, converted, quantity
from scoring.numbers import plain
from scoring.textgate import clean

WORDS = 30  # characters of what a number may be compared with in words

RANGE = re.compile(r"(?P<low>-?[^-~至到]+)(?P<between>-{1,2}|~|至|到)(?P<high>[^~至到]+)")


class Shape(StrEnum):
    """What kind of thing a target is."""

    COMPARE = "compare"
    RANGE = "range"
    EXACT = "exact"
    COMPARE_TEXT = "compare_text"
    PERIOD = "period"
    QUALITATIVE = "qualitative"
    NONE = "none"
    EMPTY = "empty"


NUMERIC = (Shape.COMPARE, Shape.RANGE, Shape.EXACT)


@dataclass(frozen=True, slots=True)
class Target:
    """A target. `low` and `high` are in `unit`: ≥17.5万人 has low 17.5; an exact number has both. `text` is canonical.

    `words`: what is compared with in words, or the period without its year; `year`: of a period, 0 when none is named.
    """

    shape: Shape
    text: str
    comparator: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str = ""
    words: str = ""
    year: int = 0

    @property
    def numeric(self) -> bool:
        """Whether it is a number, so that an actual number can be held against it."""
        return self.shape in NUMERIC

    @property
    def counts(self) -> bool:
        """Whether there is a target at all."""
        return self.shape not in (Shape.NONE, Shape.EMPTY)

    @property
    def example(self) -> str:
        """An actual value as one would type it."""
        number = self.low if self.low is not None else self.high
        return "98%" if number is None else plain(number) + self.unit


@dataclass(frozen=True, slots=True)
class NotATarget:
    """A kind sentence: what was seen, and how a target is written."""

    reason: str


@lru_cache(maxsize=8192)
def read_target(text: str) -> Target | NotATarget:
    """The target that a text stands for."""
    text = " ".join(clean(text).split())
    if not text:
        return Target(Shape.EMPTY, "")
    if text in NOTHING:
        return Target(Shape.NONE, "无")
    if len(text) > LONGEST:
        return NotATarget(f"指标值最多 {LONGEST} 个字，收到 {len(text)} 个字，请精简一下。")
    folded = evened(text)
    return _period(folded) or _compared(folded) or _range(folded) or _exact(folded) or _in_words(text)


def _period(text: str) -> Target | None:
    when = period(text)
    return Target(Shape.PERIOD, text, words=when.words, year=when.year) if when else None


def _compared(text: str) -> Target | NotATarget | None:
    comparator, rest = split_comparator(text)
    for sign, suffix in SUFFIXES.items():
        shorter = suffix.sub("", rest)
        if shorter != rest and (not comparator or comparator == sign) and quantity(shorter):
            comparator, rest = sign, shorter
    if not comparator:
        return None
    if not rest:
        return NotATarget(f"“{comparator}”后面还要有数，例如 {comparator}98%。")
    found = quantity(rest)
    if found is None:
        return _compared_with_words(text, comparator, rest)
    if found.about:
        return _roughly(text, found)
    low, high = comparator in "≥＞=", comparator in "≤＜="
    number = found.number
    return Target(
        Shape.COMPARE,
        comparator + found.text,
        comparator,
        number if low else None,
        number if high else None,
        found.unit,
    )


def _compared_with_words(text: str, comparator: str, rest: str) -> Target | NotATarget | None:
    if split_comparator(rest)[0] or any(c in SIGNS for c in rest):
        return NotATarget(f"“{short(text)}”里有两个比较；要写区间，请写成 95%--100% 这样。")
    if text.startswith("控制在") or len(rest) > WORDS:
        return None
    if not any(c.isalpha() for c in rest):
        return _unclear(text)
    return Target(Shape.COMPARE_TEXT, comparator + rest, comparator, words=rest)


def _range(text: str) -> Target | NotATarget | None:
    match = RANGE.fullmatch(text)
    if not match:
        return None
    first, last = quantity(match["low"]), quantity(match["high"])
    if first is None or last is None:
        return None
    scale, kind = base(first.unit)
    unit = first.unit if kind else (first.unit + base(last.unit)[1] if scale > 1 else last.unit)  # 1万至1.2万人, 1--1.2万人
    low = converted(first.number, unit, last.unit)
    if low is None:
        return NotATarget(f"“{short(text)}”前后两个数的单位不一样，请写成同一个单位。")
    if low >= last.number:
        return NotATarget(f"“{short(text)}”要从小到大写，例如 1--1.2万人。")
    canonical = f"{plain(low)}--{plain(last.number)}{last.unit}"
    return Target(Shape.RANGE, canonical, "", low, last.number, last.unit)


def _exact(text: str) -> Target | NotATarget | None:
    found = quantity(text, strict=True)
    if found is None:
        return None
    if found.about:
        return _roughly(text, found)
    if (when := _period(found.text)) is not None:  # 02020年
        return when
    return Target(Shape.EXACT, found.text, "=", found.number, found.number, found.unit)


def _in_words(text: str) -> Target | NotATarget:
    if not any(c.isalpha() for c in text):
        return _unclear(text)
    return Target(Shape.QUALITATIVE, text, words=text)


def _roughly(text: str, found: Quantity) -> NotATarget:
    return NotATarget(f"“{short(text)}”说不清是不少于还是不超过，请写成 ≥{found.text}、≤{found.text} 或一个准数。")


def _unclear(text: str) -> NotATarget:
    return NotATarget(f"没看懂“{short(text)}”。指标值可以是 ≥98%、≤50万元、1--1.2万人、2024年12月底前，也可以是一句话。")
