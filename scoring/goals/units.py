"""Units of goals: 万人 and 人, 万元 and 元 measure the same thing; 人 and % do not.

Not here: money of an item, which knows only 元 and 万元 (reading/figures.py).
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scoring.numbers import plain
from scoring.typednumbers import fold, typed_number

SCALES = {"千万": 10**7, "百万": 10**6, "亿": 10**8, "万": 10**4, "千": 10**3}
_WORD = {Decimal(number): word for word, number in SCALES.items()}
SAME = {"名": "人", "位": "人", "个人": "人", "圆": "元", "块": "元"}
COUNTED = ("人", "个", "项")  # 名, 位 and 个 are said for each of these
COUNTERS = ("%", "元", "人", "人次", "个", "项", "次", "份", "批", "批次", "户", "家", "件", "场", "期", "套", "台", "亩", "天")
NO_UNIT = re.compile(r"以[上下内]|之内|[^\w/%‰°·]")
LONG = ("平方米", "平方公里", "立方米", "个工作日", "工作日", "个自然日", "自然日", "千瓦时", "个百分点")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in the unit it was written in. `about`: 约, 左右."""

    number: Decimal
    unit: str
    about: bool = False

    @property
    def text(self) -> str:
        return plain(self.number) + self.unit


def base(unit: str) -> tuple[int, str]:
    """How many of which unit: 万元 is 10000 元, % is 1 %."""
    for word, scale in SCALES.items():
        if unit.startswith(word):
            return scale, SAME.get(unit.removeprefix(word), unit.removeprefix(word))
    return 1, SAME.get(unit, unit)


def quantity(text: str, *, strict: bool = False) -> Quantity | None:
    """The quantity in the text, when it is nothing else.

    `strict`: and when it can be nothing else, so that 3次培训, 一般 and 一致 stay words.
    """
    typed = typed_number(text)
    if typed is None or (typed.unit.startswith("%") and typed.unit != "%") or NO_UNIT.search(typed.unit):
        return None
    unit = typed.unit
    if strict and not (_surely(unit) if re.search(r"\d", fold(text)) else unit in COUNTERS):
        return None
    if typed.bare:
        word = _WORD.get(typed.number / typed.bare, "")
    else:
        found = re.search("(" + "|".join(SCALES) + ")" + re.escape(unit), fold(text))
        word = found[1] if found else ""
    return Quantity(typed.bare, word + unit, typed.about)


def _surely(unit: str) -> bool:
    return len(unit) <= 2 or "/" in unit or unit in LONG


def converted(number: Decimal, unit: str, into: str) -> Decimal | None:
    """The number in another unit; None when the two do not measure the same thing."""
    (scale, kind), (wanted, same) = base(unit), base(into)
    if kind != same and not (same in COUNTED and unit in ("名", "位", "个")):
        return None
    return Decimal(plain(number * scale / Decimal(wanted)))


def product(amount: str, price: str, money: str) -> Fraction | None:
    """What `money` is more (or, negative, less) than amount × price, in 元: 1.3万人 × 110元/人 against 144.06万元.

    None when one of the three is not a number, or not of its kind.
    """
    parts = [quantity(text) for text in (amount, price, money)]
    if any(p is None for p in parts):
        return None
    many, each, paid = (p for p in parts if p is not None)
    (scale_each, unit_each), (scale_paid, unit_paid) = base(each.unit), base(paid.unit)
    scale_many, unit_many = base(many.unit)
    if unit_each.partition("/")[0] not in ("元", "") or unit_paid not in ("元", "") or unit_many in ("元", "%"):
        return None
    return Fraction(paid.number) * scale_paid - Fraction(many.number) * scale_many * Fraction(each.number) * scale_each
