"""proportional: points in proportion to a figure, in the three readings of it, because printed forms differ."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import Field

from scoring.answers import Figures
from scoring.formula import Undefined, parse
from scoring.items import Item
from scoring.numbers import clamp, plain
from scoring.rules.base import Verdict, names_in, outcome, scored
from scoring.rules.metric import MetricRule

Reading = Literal["direct", "inverse", "mirrored"]


class Proportional(MetricRule):
    """`direct`: weight × figure ÷ base. For figures of which less is better: `inverse` is weight × base ÷ figure,
    `mirrored` is weight × (2 − figure ÷ base). Never below 0, never above the weight.

    `target`: a formula that stands for the base where it is itself an answer. A target of 0 is met by nothing (≤ 0).
    """

    kind: Literal["proportional"]
    base: Decimal = Field(default=Decimal(100), gt=0)
    target: str = ""
    reading: Reading = "direct"

    def formulas(self) -> tuple[str, ...]:
        return (self.metric, self.target) if self.target else (self.metric,)

    def aimed(self, figures: Figures) -> Fraction:
        """The figure for full points, in the unit of the metric. Raises Undefined for a negative target."""
        if not self.target:
            return Fraction(self.base)
        target = parse(self.target).number(figures) * (100 if self.unit == "ratio" else 1)
        if target < 0:
            raise Undefined(f"目标 {self.told(target)} 是负数，没有办法按比例计分")
        return target

    def share(self, value: Fraction, base: Fraction) -> Fraction:
        """The part of the weight that the figure earns. Raises Undefined when it has none."""
        if base == 0:
            return Fraction(value <= 0)
        match self.reading:
            case "direct":
                return clamp(value / base, 0, 1)
            case "mirrored":
                return clamp(2 - value / base, 0, 1)
        if value < 0:
            raise Undefined("负数没有办法按反比计分")
        return Fraction(1) if value <= base else base / value

    def verdict(self, weight: Fraction, figures: Figures) -> Verdict:
        value = self.measured(figures)
        base = self.aimed(figures)
        points = weight * self.share(value, base)
        x, at, full = self.told(value), self.told(base), plain(weight)
        sums = {"direct": f"{x}÷{at}×{full}", "inverse": f"{at}÷{x}×{full}", "mirrored": f"（2－{x}÷{at}）×{full}"}[self.reading]
        better = "达到" if self.reading == "direct" and base else "不高于"
        equation = self.equation(figures, value)
        if points == weight:
            return scored(points, f"{equation}，{better} {at} {outcome(points, weight)}")
        if not base:
            sums = "目标是 0，没有做到"
        elif self.reading == "direct" and value < 0:
            sums = "是负数，按 0 计"
        goal = f"{better} {at} 时为满分 {full} 分"
        return scored(points, f"{equation}，{sums} {outcome(points, weight)}", goal, f"{x}，没有{better} {at}")

    def lint(self, weight: Fraction, items: dict[str, Item]) -> Iterator[tuple[str, str]]:
        yield from super().lint(weight, items)
        if self.target and "base" in self.model_fields_set:
            yield "RULE_ITEM", "base（固定数）和 target（数据项）只能写一样"
        elif self.target and not names_in(self.target):
            yield "FORMULA", "target 里没有数据项；固定的数写在 base"
