"""Actual values (实际完成值): a value of its target's type, never a comparator or a phrase; kept as text in the target's unit.

Any text comes to one or to a sentence that says what to type. Not here: targets (targets.py), what an actual value is
worth (attainment.py).
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from scoring.goals.comparators import LONGEST, NOTHING, evened, short, split_comparator
from scoring.goals.targets import Shape, Target, read_target
from scoring.goals.units import SCALES, Quantity, base, converted, quantity
from scoring.numbers import plain
from scoring.textgate import clean
from scoring.wording import quoted

PHRASE = re.compile(
    r"(?:已经?|基本|全面|全部|均|都|按[时期]|如期|圆满)*(?:达成|完成|达到|达标|实现|合格|满足|符合)(?:了|率)?"
    r"(?:预期|既定|年度|全年|设定|规定)*(?:的|绩效)*(?:指标|目标|任务|要求|标准|计划|值)*"
)


@dataclass(frozen=True, slots=True)
class Actual:
    """An actual value; `number` is in the unit of its target, None where the target is no number."""

    text: str
    number: Decimal | None = None


@dataclass(frozen=True, slots=True)
class NotAnActual:
    """A kind sentence: why this is no value of the target's type, and what to type."""

    reason: str


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
    folded = evened(text)
    comparator, rest = split_comparator(folded)
    if comparator == "=":
        comparator, folded = "", rest
    if comparator:
        return NotAnActual(f"“{short(text)}”是指标值的写法。实际完成值要写实际完成的数，例如 {target.example}。")
    return _number(text, folded, target) if target.numeric else _words(text, folded, target)


def _words(text: str, folded: str, target: Target) -> Actual | NotAnActual:
    if PHRASE.fullmatch(folded):
        example = "2020年全年、2020年12月20日" if target.shape is Shape.PERIOD else "32个"
        asked = "什么时候完成的" if target.shape is Shape.PERIOD else "实际是多少"
        return NotAnActual(f"{quoted(short(text))}看不出{asked}。指标值是 {target.text}，请写实际的，例如 {example}。")
    return Actual(folded if target.shape is Shape.PERIOD else text)


def _number(text: str, folded: str, target: Target) -> Actual | NotAnActual:
    found = quantity(folded)
    if found is None:
        seen = read_target(folded)
        why = "是一个区间" if isinstance(seen, Target) and seen.shape is Shape.RANGE else "看不出完成了多少"
        return NotAnActual(f"{quoted(short(text))}{why}。指标值是 {target.text}，请写实际完成的数，例如 {target.example}。")
    if found.about:
        return NotAnActual(f"{quoted(short(text))}是估计数，请写实际完成的准数，例如 {target.example}。")
    if not found.unit:
        return _bare(found.number, target)
    if not target.unit and found.unit.startswith("%"):
        return NotAnActual(f"指标值 {target.text} 不是百分比，请照它的单位写实际完成的数，例如 {target.example}。")
    unit = found.unit + base(target.unit)[1] if found.unit in SCALES and base(target.unit)[0] > 1 else found.unit  # 1.1万
    number = converted(found.number, unit, target.unit) if target.unit else _unscaled(found)
    if number is None:
        unit = f"单位是 {target.unit}" if target.unit else "没有单位"
        return NotAnActual(f"指标值 {target.text} 的{unit}，“{short(text)}”的单位对不上，请写成 {target.example} 这样。")
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
