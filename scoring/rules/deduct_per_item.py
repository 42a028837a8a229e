"""deduct_per_item: points off for every criterion not met, or for every instance counted."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from scoring.answers import Figures
from scoring.items import Checklist, Instances, Item
from scoring.numbers import plain
from scoring.rules.base import Rule, Verdict, outcome, scored
from scoring.wording import quoted


class DeductPerItem(Rule):
    """`item`: a checklist (each unmet criterion counts 1) or an instances item (its number counts).

    `zero_at`: from this count on, nothing is left.
    """

    kind: Literal["deduct_per_item"]
    item: str
    deduct: Decimal
    zero_at: int | None = None

    def items(self) -> tuple[str, ...]:
        return (self.item,)

    def may_be_silent(self) -> bool:
        return False

    def left(self, weight: Fraction, count: int) -> Fraction:
        """Points left after `count` deductions."""
        if self.zero_at is not None and count >= self.zero_at:
            return Fraction(0)
        return max(Fraction(0), weight - count * Fraction(self.deduct))

    def verdict(self, weight: Fraction, figures: Figures) -> Verdict:
        unmet: list[str] = []
        if isinstance(figures.items[self.item], Checklist):
            unmet = [quoted(c.text) for c, met in figures.criteria(self.item) if not met]
            count, what = len(unmet), f"{len(unmet)} 项未达到（{'、'.join(unmet)}）"
            goal = f"{'、'.join(unmet)}达到后为满分 {plain(weight)} 分"
        else:
            count = int(figures.scalar(self.item))
            what, goal = f"出现 {count} 例", f"一例也没有时为满分 {plain(weight)} 分"
        points = self.left(weight, count)
        if not count:
            return scored(points, f"没有需要扣分的情况 {outcome(points, weight)}")
        off = f"{what}，每{'例' if '例' in what else '项'}扣 {plain(self.deduct)} 分"
        sum_ = f"{plain(weight)}－{count}×{plain(self.deduct)}"
        shown = f"{sum_}＝{plain(points)}" if weight - count * Fraction(self.deduct) == points else f"{sum_}，扣完为止"
        loss = f"未做到{'、'.join(unmet)}" if unmet else what
        return scored(points, f"{off}，{shown} {outcome(points, weight)}", goal, loss)

    def reachable(self, weight: Fraction, items: dict[str, Item]) -> frozenset[Fraction] | None:
        item = items[self.item]
        most = len(item.criteria) if isinstance(item, Checklist) else int(weight / Fraction(self.deduct)) + 1
        return frozenset(self.left(weight, n) for n in range(most + 1))

    def lint(self, weight: Fraction, items: dict[str, Item]) -> Iterator[tuple[str, str]]:
        item = items.get(self.item)
        if not isinstance(item, Checklist | Instances):
            yield "RULE_ITEM", f"{self.item} 应是 type: checklist 或 instances 的数据项"
            return
        if self.deduct <= 0:
            yield "RULE_MAX", "deduct 应大于 0"
        elif isinstance(item, Checklist) and (most := len(item.criteria) * Fraction(self.deduct)) != weight:
            yield "RULE_MAX", f"{len(item.criteria)} 项每项扣 {plain(self.deduct)} 分，共 {plain(most)}，分值是 {plain(weight)}"
