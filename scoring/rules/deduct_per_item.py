"""deduct_per_item: points off for every criterion not met, for every instance counted, or for every one a formula counts."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from scoring.answers import Figures
from scoring.formula import parse
from scoring.items import Checklist, Count, Instances, Item
from scoring.numbers import plain
from scoring.rules.base import Rule, Verdict, names_in, outcome, scored
from scoring.rules.share import Share, told_share
from scoring.wording import quoted


class Deducting(Rule):
    """What is taken off for each one counted: `deduct` points, or `deduct_share` (1/3, 20%) of the weight.

    `zero_at`: from this count on, nothing is left.
    """

    deduct: Decimal | None = None
    deduct_share: Share | None = None
    zero_at: int | None = None

    def each(self, weight: Fraction) -> Fraction:
        """Points off for one."""
        return Fraction(self.deduct or 0) if self.deduct_share is None else weight * self.deduct_share

    def left(self, weight: Fraction, count: Fraction | int) -> Fraction:
        """Points left after `count` deductions."""
        if self.zero_at is not None and count >= self.zero_at:
            return Fraction(0)
        return max(Fraction(0), weight - max(Fraction(0), Fraction(count)) * self.each(weight))

    def told_each(self, weight: Fraction) -> str:
        """2 分, or 分值的 1/3."""
        return f"{plain(self.each(weight))} 分" if self.deduct_share is None else f"分值的 {told_share(self.deduct_share)}"

    def judge(self, weight: Fraction, count: Fraction, what: str, goal: str, loss: str, one: str = "项") -> Verdict:
        """The verdict on a count; `what` tells it, `one` is its measure word."""
        points = self.left(weight, count)
        if count <= 0:
            return scored(points, f"没有需要扣分的情况 {outcome(points, weight)}")
        off = f"{what}，每{one}扣{' ' if self.deduct_share is None else ''}{self.told_each(weight)}"
        each = plain(self.each(weight)) if self.deduct_share is None else f"{plain(weight)}×{told_share(self.deduct_share)}"
        sums = f"{plain(weight)}－{plain(count)}×{each}"
        if self.zero_at is not None and count >= self.zero_at:
            shown = f"达到 {self.zero_at} {one}不得分"
        elif weight - count * self.each(weight) == points:
            shown = f"{sums}＝{plain(points)}"
        else:
            shown = f"{sums}，扣完为止"
        return scored(points, f"{off}，{shown} {outcome(points, weight)}", goal, loss)

    def counted(self, weight: Fraction) -> frozenset[Fraction]:
        """The points after 0, 1, 2 … until nothing is left."""
        found, n = {weight}, 1
        while (points := self.left(weight, n)) and self.each(weight) > 0:
            found.add(points)
            n += 1
        return frozenset(found | {self.left(weight, n)})

    def lint(self, weight: Fraction, items: dict[str, Item]) -> Iterator[tuple[str, str]]:
        yield from super().lint(weight, items)
        if (self.deduct is None) is (self.deduct_share is None):
            yield "RULE_ITEM", "deduct（几分）和 deduct_share（分值的几分之几）写且只写一样"
        elif not 0 < self.each(weight) <= weight:
            yield "RULE_MAX", "deduct 应大于 0" if self.each(weight) <= 0 else f"一次就扣 {plain(self.each(weight))} 分，超过分值"
        if self.zero_at is not None and self.zero_at < 1:
            yield "RULE_MAX", "zero_at 应从 1 起"


class DeductPerItem(Deducting):
    """`item`: a checklist (each unmet criterion counts 1) or a number of instances. Or `count`: a formula."""

    kind: Literal["deduct_per_item"]
    item: str = ""
    count: str = ""

    def formulas(self) -> tuple[str, ...]:
        return (self.count,) if self.count else ()

    def items(self) -> tuple[str, ...]:
        return (self.item,) if self.item else ()

    def verdict(self, weight: Fraction, figures: Figures) -> Verdict:
        goal = f"一例也没有时为满分 {plain(weight)} 分"
        if self.count:
            formula = parse(self.count)
            count = formula.number(figures)
            numbers = formula.with_numbers(figures)
            shown = f"{numbers}＝{plain(count)}" if any(c in numbers for c in "÷×＋－") else plain(count)
            return self.judge(weight, count, f"共 {shown} 例", goal, f"有 {plain(count)} 例扣分情况", "例")
        if isinstance(figures.items[self.item], Checklist):
            unmet = [quoted(c.text) for c, met in figures.criteria(self.item) if not met]
            names = "、".join(unmet)
            goal = f"{names}达到后为满分 {plain(weight)} 分"
            return self.judge(weight, Fraction(len(unmet)), f"{len(unmet)} 项未达到（{names}）", goal, f"未做到{names}")
        count = Fraction(figures.scalar(self.item))
        what = f"出现 {plain(count)} 例"
        return self.judge(weight, count, what, goal, what, "例")

    def reachable(self, weight: Fraction, items: dict[str, Item]) -> frozenset[Fraction] | None:
        if self.count:
            return None  # a formula may count by halves
        item = items[self.item]
        if isinstance(item, Checklist):
            return frozenset(self.left(weight, n) for n in range(len(item.criteria) + 1))
        return self.counted(weight)

    def lint(self, weight: Fraction, items: dict[str, Item]) -> Iterator[tuple[str, str]]:
        yield from super().lint(weight, items)
        if bool(self.item) is bool(self.count):
            yield "RULE_ITEM", "item（数据项）和 count（算式）写且只写一样"
            return
        if self.count:
            if not names_in(self.count):
                yield "FORMULA", "count 里没有数据项"
            return
        item = items.get(self.item)
        if not isinstance(item, Checklist | Instances | Count):
            yield "RULE_ITEM", f"{self.item} 应是 type: checklist、instances 或 count 的数据项"
        elif isinstance(item, Checklist) and (most := len(item.criteria) * self.each(weight)) != weight and self.zero_at is None:
            told = f"每项扣 {plain(self.each(weight))} 分，共 {plain(most)}"
            yield "RULE_MAX", f"{len(item.criteria)} 项{told}，分值是 {plain(weight)}"
