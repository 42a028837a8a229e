"""An actual number held against its target: whether it is met, how far (in %, in the good direction), and by how much not.

Not here: what that is worth in points (attainment.py).
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from scoring.goals.actuals import Actual
from scoring.goals.targets import Shape, Target
from scoring.goals.units import base
from scoring.numbers import clamp, plain, round_half_up
from scoring.typednumbers import CHINESE_DIGITS, typed_number

NUMBERS = re.compile(rf"\d[\d,]*(?:\.\d+)?[千万亿]{{0,2}}|[{CHINESE_DIGITS}]+")


@dataclass(frozen=True, slots=True)
class Measured:
    """`completion` in %: at most 100 for what may not be exceeded, None where a percentage has no meaning.

    `ratio`: actual ÷ target in % where more is better, for over-fulfilment; else None. `compared`: 17万人 ＜ 17.5万人.
    `sum`: the quotient as it is written down, empty where it is simply 0. `gap`: what is missing, or too much; `gaps`: the numbers that say so.
    """

    met: bool
    completion: Fraction | None
    compared: str
    ratio: Fraction | None = None
    sum: str = ""
    gap: str = ""
    gaps: tuple[Fraction, ...] = ()
    notices: tuple[str, ...] = ()


def completion(target: Target, actual: Actual, *, mirrored: bool = False) -> Fraction | None:
    """How far a number target was reached, in %, in the good direction; None for words and where it has no meaning.

    ≤ targets are 100 when met; else target ÷ actual, or with `mirrored` 2 − actual ÷ target.
    """
    if not target.numeric or actual.number is None:
        return None
    return measured(target, actual.number, mirrored=mirrored).completion


def measured(target: Target, actual: Decimal, *, mirrored: bool = False) -> Measured:
    """An actual number, in the target's unit, held against a number target."""
    if target.shape is Shape.RANGE:
        return _range(target, actual, mirrored)
    if target.comparator in ("≤", "＜"):
        assert target.high is not None
        return _at_most(target, target.high, actual, mirrored)
    assert target.low is not None
    return _at_least(target, target.low, actual)


def _range(target: Target, actual: Decimal, mirrored: bool) -> Measured:
    assert target.low is not None
    assert target.high is not None
    if actual < target.low:
        return _at_least(target, target.low, actual)
    if actual > target.high:
        return _at_most(target, target.high, actual, mirrored)
    return Measured(True, Fraction(100), f"{_shown(actual, target)} 在 {target.text} 之内")


def _at_least(target: Target, low: Decimal, actual: Decimal) -> Measured:
    sign = "＞" if actual > low else "＝" if actual == low else "＜"
    compared = f"{_shown(actual, target)} {sign} {_shown(low, target)}"
    met = actual > low if target.comparator == "＞" else actual >= low
    if target.comparator == "=" and low == 0:  # such as 0 complaints: less is better
        met = actual <= 0
        wanted = "≤" if met else "＞"
        found = Measured(met, Fraction(100 if met else 0), f"{_shown(actual, target)} {wanted} {_shown(low, target)}")
        return found if met else _with_gap(found, target, actual - low, "超")
    ratio = Fraction(actual) * 100 / Fraction(low) if low > 0 else None
    if met:
        if target.comparator in ("≥", "＞"):
            compared = f"{_shown(actual, target)} {target.comparator} {_shown(low, target)}"
        notices = (_overshot(target),) if target.comparator == "=" and actual > low else ()
        return Measured(True, max(Fraction(100), ratio or Fraction(100)), compared, ratio, notices=notices)
    if actual == low:
        notice = f"指标值是 {target.text}，实际刚好等于 {_shown(low, target)}，没有超过"
        return Measured(
            False, Fraction(100) if low > 0 else None, compared, sum=f"{plain(actual)}÷{plain(low)}", notices=(notice,)
        )
    part = None if low < 0 else clamp(ratio or Fraction(0), 0, 100)
    written = f"{plain(actual)}÷{plain(low)}" if low > 0 and actual > 0 else ""
    return _with_gap(Measured(False, part, compared, sum=written), target, low - actual, "差")


def _overshot(target: Target) -> str:
    return f"指标值 {target.text} 没有写 ≥ 还是 ≤，实际超过了，按达到计；如果越少越好，指标值应写成 ≤{target.text.lstrip('=')}"


def _at_most(target: Target, high: Decimal, actual: Decimal, mirrored: bool) -> Measured:
    met = actual < high if target.comparator == "＜" else actual <= high
    if met:
        return Measured(True, Fraction(100), f"{_shown(actual, target)} {target.comparator or '≤'} {_shown(high, target)}")
    compared = f"{_shown(actual, target)} {'＝' if actual == high else '＞'} {_shown(high, target)}"
    if actual == high:
        notice = f"指标值是 {target.text}，实际刚好等于 {_shown(high, target)}"
        part = Fraction(100) if high > 0 else None
        return Measured(False, part, compared, sum=f"{plain(high)}÷{plain(actual)}", notices=(notice,))
    if high < 0:
        part, written = None, ""
    elif high == 0:
        part, written = Fraction(0), ""
    elif mirrored:
        part = clamp(200 - Fraction(actual) * 100 / Fraction(high), 0, 100)
        written = f"（2－{plain(actual)}÷{plain(high)}）"
    else:
        part, written = Fraction(high) * 100 / Fraction(actual), f"{plain(high)}÷{plain(actual)}"
    return _with_gap(Measured(False, part, compared, sum=written), target, actual - high, "超")


def _shown(number: Decimal, target: Target) -> str:
    return plain(number) + target.unit


def _with_gap(found: Measured, target: Target, size: Decimal, word: str) -> Measured:
    unit = "个百分点" if target.unit == "%" else target.unit
    bound = target.low if word == "差" else target.high
    relative = Fraction(size) * 100 / abs(Fraction(bound)) if bound else None
    named = (Fraction(size), Fraction(size) * base(target.unit)[0], relative, found.completion)
    gaps = tuple(dict.fromkeys(n for n in named if n))
    return Measured(
        found.met, found.completion, found.compared, found.ratio, found.sum, f"{word} {plain(size)} {unit}".rstrip(), gaps
    )


class HasGap(Protocol):
    """What has a gap with a size."""

    @property
    def gap(self) -> str: ...

    @property
    def gaps(self) -> tuple[Fraction, ...]: ...


def names_the_gap(note: str, assessment: HasGap) -> bool:
    """Whether a deviation note says how large the gap is: in the target's unit, in %, or as the completion.

    True where there is no gap to be named. A number in the note agrees when it is the gap at its own digits.
    """
    if not assessment.gap:
        return True
    numbers = [n for n in (_written(t) for t in NUMBERS.findall(note)) if n is not None]
    return any(round_half_up(gap, digits) == number for number, digits in numbers for gap in assessment.gaps)


def _written(text: str) -> tuple[Decimal, int] | None:
    typed = typed_number(text)
    if typed is None:
        return None
    return typed.number, max(0, -int(typed.number.as_tuple().exponent))
