"""interval_linear: full points at one figure, none at another, in proportion between the two."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from scoring.answers import Figures
from scoring.items import Item
from scoring.numbers import clamp, plain
from scoring.rules.base import Verdict, outcome, scored
from scoring.rules.metric import MetricRule


class IntervalLinear(MetricRule):
    """`full_at` and `zero_at`, in the unit of the metric; which is the larger says which side is the good one."""

    kind: Literal["interval_linear"]
    full_at: Decimal
    zero_at: Decimal

    def verdict(self, weight: Fraction, figures: Figures) -> Verdict:
        value = self.measured(figures)
        full, zero = Fraction(self.full_at), Fraction(self.zero_at)
        points = weight * clamp((value - zero) / (full - zero), 0, 1)
        good = "不低于" if full > zero else "不高于"
        goal = f"{good} {self.told(full)} 时为满分 {plain(weight)} 分"
        equation = self.equation(figures, value)
        if points == weight:
            return scored(points, f"{equation}，{good} {self.told(full)} {outcome(points, weight)}")
        if points == 0:
            why = f"{equation}，{'不高于' if full > zero else '不低于'} {self.told(zero)} {outcome(points, weight)}"
        else:
            why = f"{equation}，在 {self.told(zero)}（0 分）和 {self.told(full)}（满分）之间按比例 {outcome(points, weight)}"
        return scored(points, why, goal, f"{self.told(value)}，没有达到 {self.told(full)}")

    def lint(self, weight: Fraction, items: dict[str, Item]) -> Iterator[tuple[str, str]]:
        yield from super().lint(weight, items)
        if self.full_at == self.zero_at:
            yield "RULE_MAX", "full_at 和 zero_at 不能一样"
