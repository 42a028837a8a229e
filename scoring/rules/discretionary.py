"""discretionary (酌情): the form prints no rule; the filler gives points within a range, with a reason."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from scoring.answers import Figures
from scoring.items import Item, Manual
from scoring.numbers import plain
from scoring.rules.base import Rule, Verdict, outcome, scored
from scoring.values import ManualScore


class Discretionary(Rule):
    """`item`: the manual_score item whose points count."""

    kind: Literal["discretionary"]
    item: str

    def items(self) -> tuple[str, ...]:
        return (self.item,)

    def may_be_silent(self) -> bool:
        return False

    def verdict(self, weight: Fraction, figures: Figures) -> Verdict:
        score = figures.value(self.item)
        assert isinstance(score, ManualScore)
        points = min(weight, Fraction(score.points))
        return scored(
            points, f"自评 {plain(score.points)} 分（0–{plain(weight)} 分）{outcome(points, weight)}；理由：{score.reason}"
        )

    def lint(self, weight: Fraction, items: dict[str, Item]) -> Iterator[tuple[str, str]]:
        item = items.get(self.item)
        if not isinstance(item, Manual):
            yield "RULE_ITEM", f"{self.item} 应是 type: manual_score 的数据项"
        elif item.max != weight:
            yield "RULE_MAX", f"{self.item} 的 max 是 {plain(item.max)}，分值是 {plain(weight)}"
