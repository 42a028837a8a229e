"""tiers: a tier in words decides the range of points; within it the filler gives them, with a reason."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from pydantic import Field

from scoring.answers import Figures
from scoring.data import Data
from scoring.items import Choice, Item
from scoring.numbers import plain
from scoring.rules.base import Rule, Verdict, outcome, scored, unspecified
from scoring.rules.span import Span
from scoring.wording import quoted


class Tier(Data):
    """An option of the choice, and its points in percent of the weight. One number for both ends gives these points at once."""

    option: str
    low: Decimal = Field(alias="from", ge=0, le=100)
    high: Decimal = Field(alias="to", ge=0, le=100)


class Tiers(Rule):
    """`item`: the choice that picks the tier. Where two tiers meet, the edge belongs to the better one."""

    kind: Literal["tiers"]
    item: str
    tiers: tuple[Tier, ...] = Field(min_length=2)

    def items(self) -> tuple[str, ...]:
        return (self.item,)

    def may_be_silent(self) -> bool:
        return any(t.low != t.high for t in self.tiers)

    def span(self, tier: Tier, weight: Fraction) -> Span:
        """The points of a tier; its upper end is left to the better tier that begins there."""
        low, high = (Fraction(end) / 100 * weight for end in (tier.low, tier.high))
        return Span(low, high, tier.low < tier.high and any(t is not tier and t.low == tier.high for t in self.tiers))

    def verdict(self, weight: Fraction, figures: Figures) -> Verdict:
        chosen = figures.value(self.item)
        choice = figures.items[self.item]
        assert isinstance(choice, Choice)
        names = {o.id: o.text for o in choice.options}
        tier = next((t for t in self.tiers if t.option == chosen), None)
        name = quoted(names.get(str(chosen), str(chosen)))
        if tier is None:
            return unspecified(f"表上没有写{name}得几分")
        span = self.span(tier, weight)
        if span.low < span.high:
            print_ = f"{plain(tier.low)}%–{plain(tier.high)}%{'（不含上限）' if span.below else ''}"
            return unspecified(f"选的是{name}，这一档得分值的 {print_}", (span,))
        why = f"选的是{name}，得分值的 {plain(tier.low)}% {outcome(span.low, weight)}"
        if span.low == weight:
            return scored(span.low, why)
        best = max(self.tiers, key=lambda t: (t.high, t.low))
        goal = f"达到{quoted(names.get(best.option, best.option))}这一档最多得 {plain(Fraction(best.high) / 100 * weight, 2)} 分"
        return scored(span.low, why, goal, f"只到{name}这一档")

    def reachable(self, weight: Fraction, items: dict[str, Item]) -> frozenset[Fraction] | None:
        return None if self.may_be_silent() else frozenset(Fraction(t.low) / 100 * weight for t in self.tiers)

    def lint(self, weight: Fraction, items: dict[str, Item]) -> Iterator[tuple[str, str]]:
        choice = items.get(self.item)
        if not isinstance(choice, Choice):
            yield "RULE_ITEM", f"{self.item} 应是 type: choice 的数据项"
            return
        options, named = [o.id for o in choice.options], [t.option for t in self.tiers]
        if sorted(options) != sorted(named):
            yield "RULE_ITEM", f"tiers 写了 {'、'.join(named)}，{self.item} 的选项是 {'、'.join(options)}，应一一对应"
        if max(t.high for t in self.tiers) != 100:
            yield "RULE_MAX", f"最好的一档最多 {plain(max(t.high for t in self.tiers))}%，应是 100%"
        for tier in self.tiers:
            if tier.low > tier.high:
                yield "BAND", f"{tier.option} 的 from {plain(tier.low)} 不应大于 to {plain(tier.high)}"
        for worse, better in pairwise(sorted(self.tiers, key=lambda t: (t.low, t.high))):
            if worse.high > better.low or (worse.low, worse.high) == (better.low, better.high):
                yield "BAND", f"{worse.option} 和 {better.option} 的分数范围重叠"
