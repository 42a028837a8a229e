"""amplified: every point of shortfall counts several times, and beyond a cut-off nothing is left."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import Field

from scoring.answers import Figures
from scoring.items import Item
from scoring.numbers import plain
from scoring.rules.base import Verdict, outcome, scored
from scoring.rules.metric import MetricRule


class Amplified(MetricRule):
    """weight × (1 − `k` × r). r is the distance from `target` on the losing side: 5 percentage points are 0.05; for
    `unit: number` it is the distance itself. Farther away than `cutoff` (in the unit of the target) gives nothing."""

    kind: Literal["amplified"]
    target: Decimal
    direction: Literal["above", "below", "both"] = "below"
    k: Decimal = Field(gt=0)
    cutoff: Decimal | None = Field(default=None, gt=0)

    def gap(self, value: Fraction) -> Fraction:
        """The distance on the losing side, in the unit of the target."""
        away = value - Fraction(self.target)
        return abs(away) if self.direction == "both" else max(Fraction(0), away if self.direction == "above" else -away)

    def away(self, gap: Fraction) -> str:
        """A distance as people write it: 8 个百分点."""
        return plain(gap, 2) if self.unit == "number" else f"{plain(gap, 2)} 个百分点"

    def verdict(self, weight: Fraction, figures: Figures) -> Verdict:
        value = self.measured(figures)
        gap, target = self.gap(value), self.told(Fraction(self.target))
        equation = self.equation(figures, value)
        if not gap:
            held = {"below": f"不低于 {target}", "above": f"不高于 {target}", "both": f"正是 {target}"}[self.direction]
            return scored(weight, f"{equation}，{held} {outcome(weight, weight)}")
        side = "低于" if value < self.target else "高于"
        goal = {"below": "不低于", "above": "不高于", "both": "为"}[self.direction]
        goal = f"{goal} {target} 时为满分 {plain(weight)} 分"
        why, loss = f"{equation}，{side} {target} 共 {self.away(gap)}", f"{self.told(value)}，{side} {target}"
        if self.cutoff is not None and gap > self.cutoff:
            return scored(Fraction(0), f"{why}，超过 {self.away(Fraction(self.cutoff))}不得分 → 0 分", goal, loss)
        share = 1 - Fraction(self.k) * (gap if self.unit == "number" else gap / 100)
        points = weight * max(Fraction(0), share)
        sums = f"{plain(weight)}×（1－{plain(self.k)}×{self.told(gap)}）" if share > 0 else "扣完为止"
        return scored(points, f"{why}，按 {plain(self.k)} 倍扣分，{sums} {outcome(points, weight)}", goal, loss)

    def lint(self, weight: Fraction, items: dict[str, Item]) -> Iterator[tuple[str, str]]:
        yield from super().lint(weight, items)
        reach = Fraction(1) / Fraction(self.k) * (1 if self.unit == "number" else 100)
        if self.cutoff is not None and self.cutoff > reach:
            yield "RULE_MAX", f"按 {plain(self.k)} 倍扣，差 {self.told(reach)} 就扣完了，cutoff {plain(self.cutoff)} 用不到"
