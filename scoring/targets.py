"""Targets (年度指标值) and actual values (实际完成值): typed, and kept as text.

A target is a comparison, a range, an exact number, a comparison with words, a period, words, or nothing; an actual
value is a value of its target's type, never a comparator. Any text comes to one of these or to a sentence that says
what to type. Not here: what an actual value is worth (attainment.py).
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from scoring.numbers import plain
from scoring.periods import period
from scoring.textgate import clean
from scoring.units import Quantity, base, converted, quantity
from scoring.wording import quoted

LONGEST = 200  # characters of a target or an actual value
WORDS = 30  # characters of what a number may be compared with in words

PREFIXES = {
    "≥": r">=|=>|≥|≧|⩾|大于或?等于|不(?:得|能)?(?:低于|少于|小于)|至少|最少",
    "≤": r"<=|=<|≤|≦|⩽|小于或?等于|不(?:得|能)?(?:超过|高于|大于|多于)|最多|至多|控制在",
    "＞": r">|大于|高于|超过|多于",
    "＜": r"<|小于|低于|少于",
    "=": r"=|等于",
}
PREFIX = re.compile("|".join(f"(?P<p{n}>{words})" for n, words in enumerate(PREFIXES.values())))
SUFFIXES = {"≥": re.compile(r"(?:及|或)?以上$"), "≤": re.compile(r"(?:(?:及|或)?以下|以内|之内)$")}
SIGNS = "≥≤<>=≧≦⩾⩽"
RANGE = re.compile(r"(?P<low>-?[^-~至到]+)(?P<between>-{1,2}|~|至|到)(?P<high>[^~至到]+)")
NOTHING = ("无", "没有", "-", "--", "/", "—", "——", "－", "无此项")
PHRASE = re.compile(
    r"(?:已经?|基本|全面|全部|均|都|按[时期]|如期|圆满)*(?:达成|完成|达到|达标|实现|合格|满足|符合)(?:了|率)?"
    r"(?:预期|既定|年度|全年|设定|规定)*(?:的|绩效)*(?:指标|目标|任务|要求|标准|计划|值)*"
)


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


@dataclass(frozen=True, slots=True)
class Actual:
    """An actual value; `number` is in the unit of its target, None where the target is no number."""

    text: str
    number: Decimal | None = None


@dataclass(frozen=True, slots=True)
class NotAnActual:
    """A kind sentence: why this is no value of the target's type, and what to type."""

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
    folded = _folded(text)
    when = period(folded)
    if when is not None:
        return Target(Shape.PERIOD, folded, words=when.words, year=when.year)
    return _compared(folded) or _range(folded) or _exact(folded) or _in_words(text)


def _folded(text: str) -> str:
    """Full-width signs and figures to plain ones, spaces out, dashes alike."""
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).rstrip("。.;")
    return re.sub("[–—―−─]", "-", folded)


def _compared(text: str) -> Target | NotATarget | None:
    comparator, rest = _comparator(text)
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


def _comparator(text: str) -> tuple[str, str]:
    """The comparator at the beginning, and what follows it."""
    match = PREFIX.match(text)
    if not match:
        return "", text
    place = next(n for n, words in enumerate(match.groups()) if words)
    return list(PREFIXES)[place], text[match.end() :]


def _compared_with_words(text: str, comparator: str, rest: str) -> Target | NotATarget | None:
    if _comparator(rest)[0] or any(c in SIGNS for c in rest):
        return NotATarget(f"“{_short(text)}”里有两个比较；要写区间，请写成 95%--100% 这样。")
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
        return NotATarget(f"“{_short(text)}”前后两个数的单位不一样，请写成同一个单位。")
    if low >= last.number:
        return NotATarget(f"“{_short(text)}”要从小到大写，例如 1--1.2万人。")
    canonical = f"{plain(low)}--{plain(last.number)}{last.unit}"
    return Target(Shape.RANGE, canonical, "", low, last.number, last.unit)


def _exact(text: str) -> Target | NotATarget | None:
    found = quantity(text, strict=True)
    if found is None:
        return None
    if found.about:
        return _roughly(text, found)
    return Target(Shape.EXACT, found.text, "=", found.number, found.number, found.unit)


def _in_words(text: str) -> Target | NotATarget:
    if not any(c.isalpha() for c in text):
        return _unclear(text)
    return Target(Shape.QUALITATIVE, text, words=text)


def _roughly(text: str, found: Quantity) -> NotATarget:
    return NotATarget(f"“{_short(text)}”说不清是不少于还是不超过，请写成 ≥{found.text}、≤{found.text} 或一个准数。")


def _unclear(text: str) -> NotATarget:
    return NotATarget(f"没看懂“{_short(text)}”。指标值可以是 ≥98%、≤50万元、1--1.2万人、2024年12月底前，也可以是一句话。")


def _short(text: str) -> str:
    return text if len(text) <= 20 else text[:20] + "…"


def read_actual(text: str, target: Target | str) -> Actual | NotAnActual:
    """The actual value that a text stands for, held against its target (a text that is no target is taken as words)."""
    if isinstance(target, str):
        wanted = read_target(target)
        target = wanted if isinstance(wanted, Target) else Target(Shape.QUALITATIVE, target, words=target)
    return _read_actual(text, target)


@lru_cache(maxsize=8192)
def _read_actual(text: str, target: Target) -> Actual | NotAnActual:
    text = " ".join(clean(text).split())
    if not target.counts:
        if text and text not in NOTHING:
            return NotAnActual("这一行没有指标值，实际完成值写“无”就可以了。")
        return Actual("无" if text or target.shape is Shape.NONE else "")
    if not text:
        return NotAnActual(f"请写实际完成值，指标值是 {target.text}。")
    if len(text) > LONGEST:
        return NotAnActual(f"实际完成值最多 {LONGEST} 个字，收到 {len(text)} 个字，请精简一下。")
    if target.shape is Shape.QUALITATIVE:
        return Actual(text)
    folded = _folded(text)
    comparator, rest = _comparator(folded)
    if comparator == "=":
        comparator, folded = "", rest
    if comparator:
        return NotAnActual(f"“{_short(text)}”是指标值的写法。实际完成值要写实际完成的数，例如 {target.example}。")
    return _number(text, folded, target) if target.numeric else _words(text, folded, target)


def _words(text: str, folded: str, target: Target) -> Actual | NotAnActual:
    if PHRASE.fullmatch(folded):
        example = "2020年全年、2020年12月20日" if target.shape is Shape.PERIOD else "32个"
        asked = "什么时候完成的" if target.shape is Shape.PERIOD else "实际是多少"
        return NotAnActual(f"{quoted(_short(text))}看不出{asked}。指标值是 {target.text}，请写实际的，例如 {example}。")
    return Actual(folded if target.shape is Shape.PERIOD else text)


def _number(text: str, folded: str, target: Target) -> Actual | NotAnActual:
    found = quantity(folded)
    if found is None:
        why = "是一个区间" if isinstance(_range(folded), Target) else "看不出完成了多少"
        return NotAnActual(f"{quoted(_short(text))}{why}。指标值是 {target.text}，请写实际完成的数，例如 {target.example}。")
    if found.about:
        return NotAnActual(f"{quoted(_short(text))}是估计数，请写实际完成的准数，例如 {target.example}。")
    if not found.unit:
        return _bare(found.number, target)
    if not target.unit and found.unit.startswith("%"):
        return NotAnActual(f"指标值 {target.text} 不是百分比，请照它的单位写实际完成的数，例如 {target.example}。")
    number = converted(found.number, found.unit, target.unit) if target.unit else _unscaled(found)
    if number is None:
        unit = f"单位是 {target.unit}" if target.unit else "没有单位"
        return NotAnActual(f"指标值 {target.text} 的{unit}，“{_short(text)}”的单位对不上，请写成 {target.example} 这样。")
    return Actual(plain(number) + target.unit, number)


def _unscaled(found: Quantity) -> Decimal | None:
    """A number for a target without a unit: with 万元 one could not tell what the target was meant in."""
    return converted(found.number, found.unit, found.unit.lstrip("千百万亿")) if found.unit in ("万", "亿", "元") else None


def _bare(number: Decimal, target: Target) -> Actual | NotAnActual:
    """A number without a unit is in the target's, unless it is likelier to have been meant otherwise."""
    edge = max(abs(n) for n in (target.low, target.high) if n is not None)
    if target.unit == "%" and 0 < number <= 1 < edge:
        as_percent, as_typed = plain(number * 100), plain(number)
        return NotAnActual(f"{as_typed} 是 {as_percent}% 还是 {as_typed}%？请带上 % 再写一次。")
    bare_unit = target.unit.lstrip("千百万亿")
    if bare_unit != target.unit and edge and number >= 100 * edge:
        smaller = converted(number, bare_unit, target.unit) or number
        shown = f"{plain(number)}{bare_unit}"
        return NotAnActual(f"{plain(number)} 是 {shown}（{plain(smaller)}{target.unit}）吗？请带上单位再写一次。")
    return Actual(plain(number) + target.unit, number)
