"""proportional: points in proportion to a figure; three readings of it, because printed forms differ."""

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import Field

from scoring.answers import Figures
from scoring.formula import Undefined
from scoring.numbers import clamp, plain
from scoring.rules.base import Verdict, outcome, scored
from scoring.rules.metric import MetricRule


class Proportional(MetricRule):
    """`direct`: weight × figure ÷ base. For figures of which less is better: `inverse` is weight × base ÷ figure,
    `mirrored` is weight × (2 − figure ÷ base). Never below 0, never above the weight."""

    kind: Literal["proportional"]
    base: Decimal = Field(default=Decimal(100), gt=0)
    reading: Literal["direct", "inverse", "mirrored"] = "direct"

    def share(self, value: Fraction) -> Fraction:
        """The part of the weight that the figure earns. Raises Undefined when it has none."""
        base = Fraction(self.base)
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
        points = weight * self.share(value)
        sums = {
            "direct": f"{self.told(value)}÷{self.told(Fraction(self.base))}×{plain(weight)}",
            "inverse": f"{self.told(Fraction(self.base))}÷{self.told(value)}×{plain(weight)}",
            "mirrored": f"（2－{self.told(value)}÷{self.told(Fraction(self.base))}）×{plain(weight)}",
        }[self.reading]
        better = "达到" if self.reading == "direct" else "不高于"
        goal = f"{better} {self.told(Fraction(self.base))} 时为满分 {plain(weight)} 分"
        why = f"{self.equation(figures, value)}，{sums} {outcome(points, weight)}"
        if points == weight:
            return scored(
                points, f"{self.equation(figures, value)}，{better} {self.told(Fraction(self.base))} {outcome(points, weight)}"
            )
        return scored(points, why, goal, f"{self.told(value)}，没有{better} {self.told(Fraction(self.base))}")
