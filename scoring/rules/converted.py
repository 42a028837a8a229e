"""converted: a score given elsewhere, taken as it is or scaled to the weight."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from scoring.answers import Figures
from scoring.items import External, Item
from scoring.numbers import plain
from scoring.rules.base import Rule, Verdict, outcome, scored, unspecified
from scoring.values import ExternalScore


class Converted(Rule):
    """`direct`: the external score itself, never above the weight. `scale`: score ÷ its maximum × weight."""

    kind: Literal["converted"]
    item: str
    mode: Literal["direct", "scale"] = "direct"

    def items(self) -> tuple[str, ...]:
        return (self.item,)

    def may_be_silent(self) -> bool:
        return True

    def verdict(self, weight: Fraction, figures: Figures) -> Verdict:
        score = figures.value(self.item)
        assert isinstance(score, ExternalScore)
        if self.mode == "direct" or score.maximum == weight:
            points = min(weight, Fraction(score.points))
            return scored(points, f"{score.source}得 {plain(score.points)} 分，直接计入 {outcome(points, weight)}")
        if score.maximum <= 0:
            return unspecified(f"{score.source}的满分写成了 {plain(score.maximum)}，没法折算")
        points = min(weight, Fraction(score.points) / Fraction(score.maximum) * weight)
        sums = f"{plain(score.points)}÷{plain(score.maximum)}×{plain(weight)}"
        full = f"{score.source}得满分 {plain(score.maximum)} 分时为满分 {plain(weight)} 分" if points < weight else ""
        loss = f"{score.source}评 {plain(score.points)} 分，满分 {plain(score.maximum)} 分"
        return scored(points, f"{score.source}：{sums}＝{plain(points, 2)} {outcome(points, weight)}", full, loss)

    def lint(self, weight: Fraction, items: dict[str, Item]) -> Iterator[tuple[str, str]]:
        if not isinstance(items.get(self.item), External):
            yield "RULE_ITEM", f"{self.item} 应是 type: external_score 的数据项"
