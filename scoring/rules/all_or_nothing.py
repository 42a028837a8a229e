"""all_or_nothing: the points when a condition holds; when it does not, none, or points by hand."""

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from scoring.answers import Figures
from scoring.formula import parse
from scoring.items import Item
from scoring.numbers import plain
from scoring.rules.base import Rule, Verdict, outcome, scored, unspecified


class AllOrNothing(Rule):
    """`condition`: a formula. `points`: what it earns, by default the weight. `otherwise`: `zero`, or `by_hand` where
    the print leaves open what a miss is worth. `goal`: the condition in plain words."""

    kind: Literal["all_or_nothing"]
    condition: str
    goal: str
    points: Decimal | None = None
    otherwise: Literal["zero", "by_hand"] = "zero"

    def formulas(self) -> tuple[str, ...]:
        return (self.condition,)

    def verdict(self, weight: Fraction, figures: Figures) -> Verdict:
        formula = parse(self.condition)
        holds = formula.holds(figures)
        shown = formula.with_numbers(figures) if formula.sides(figures) else self.goal
        if holds:
            points = weight if self.points is None else min(weight, Fraction(self.points))
            why = (
                f"{shown}，{self.goal} {outcome(points, weight)}" if shown != self.goal else f"{shown} {outcome(points, weight)}"
            )
            if points == weight:
                return scored(points, why)
            return scored(
                points, why, f"已经是最多的 {plain(points)} 分（评分标准没有写满分）", f"评分标准只写了得{plain(points)}分"
            )
        if self.otherwise == "by_hand":
            told = f"（{shown} 不成立）" if shown != self.goal else ""
            return unspecified(f"没有做到“{self.goal}”{told}，表上没有写这时得几分")
        return scored(
            Fraction(0), f"没有做到“{self.goal}” → 0 分", f"{self.goal}时为满分 {plain(weight)} 分", f"没有做到“{self.goal}”"
        )

    def reachable(self, weight: Fraction, items: dict[str, Item]) -> frozenset[Fraction] | None:
        if self.otherwise == "by_hand":
            return None
        return frozenset({Fraction(0), weight if self.points is None else min(weight, Fraction(self.points))})
