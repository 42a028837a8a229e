"""over_fulfilment: too much of a good thing is remarked, must be given a reason, or costs points."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from scoring.answers import Figures
from scoring.items import Item
from scoring.numbers import plain
from scoring.rules.base import Verdict, outcome, scored, unspecified
from scoring.rules.metric import MetricRule
from scoring.rules.nesting import spans

if TYPE_CHECKING:
    from scoring.rules import AnyRule


class OverFulfilment(MetricRule):
    """`rule` judges; `metric` is the fulfilment in percent. From `flag` on the explanation remarks it.

    From `reason` on: `deduct` points off; or with `unmet: true` nothing at all; or, with neither, the points are given by
    hand with a reason, at most what the rule gives.
    """

    kind: Literal["over_fulfilment"]
    flag: Decimal | None = None
    reason: Decimal | None = None
    deduct: Decimal | None = Field(default=None, gt=0)
    unmet: bool = False
    rule: "AnyRule"

    def formulas(self) -> tuple[str, ...]:
        return (self.metric, *self.rule.formulas())

    def items(self) -> tuple[str, ...]:
        return self.rule.items()

    def verdict(self, weight: Fraction, figures: Figures) -> Verdict:
        value = self.measured(figures)
        verdict = self.rule.verdict(weight, figures)
        if self.reason is not None and value >= self.reason:
            return self._beyond(weight, value, verdict)
        if self.flag is not None and value >= self.flag:
            return replace(
                verdict, why=f"{verdict.why}；完成 {self.told(value)}，到了 {plain(self.flag)}% 的提醒线，请核对目标是否定低了"
            )
        return verdict

    def _beyond(self, weight: Fraction, value: Fraction, verdict: Verdict) -> Verdict:
        assert self.reason is not None
        over = f"完成 {self.told(value)}，达到或超过 {plain(self.reason)}%"
        goal, loss = f"完成不到 {plain(self.reason)}% 时不扣这几分", f"完成 {self.told(value)}，目标明显偏低"
        if self.unmet:
            return scored(Fraction(0), f"{verdict.why}；{over}，视为没有完成 → 0 分", goal, loss)
        if self.deduct is None:
            top = max(s.high for s in spans(verdict, weight))
            if top == 0:
                return replace(verdict, why=f"{verdict.why}；{over}")
            within = tuple(replace(s, low=Fraction(0)) for s in spans(verdict, weight) if s.high == top)
            return unspecified(f"{verdict.why}；{over}，要说明原因", within)
        off = Fraction(self.deduct)
        if verdict.points is None:
            allowed = tuple(
                replace(s, low=s.low - off, high=s.high - off).within(Fraction(0), weight) for s in spans(verdict, weight)
            )
            return unspecified(f"{verdict.why}；{over}，另扣 {plain(off)} 分，请给扣过以后的得分", allowed)
        points = max(Fraction(0), verdict.points - off)
        why = f"{verdict.why}；{over}，扣 {plain(off)} 分 {outcome(points, weight)}"
        return scored(points, why, goal, "；".join(t for t in (verdict.loss, loss) if t))

    def reachable(self, weight: Fraction, items: dict[str, Item]) -> frozenset[Fraction] | None:
        points = self.rule.reachable(weight, items)
        if points is None or self.reason is None:
            return points
        if self.unmet:
            return points | {Fraction(0)}
        return None if self.deduct is None else points | {max(Fraction(0), p - Fraction(self.deduct)) for p in points}

    def lint(self, weight: Fraction, items: dict[str, Item]) -> Iterator[tuple[str, str]]:
        yield from super().lint(weight, items)
        yield from self.rule.lint(weight, items)
        if self.flag is None and self.reason is None:
            yield "RULE_ITEM", "flag 和 reason 至少写一个"
        if self.flag is not None and self.reason is not None and self.flag > self.reason:
            yield "BAND", f"flag {plain(self.flag)} 不应大于 reason {plain(self.reason)}"
        if (self.deduct is not None or self.unmet) and self.reason is None:
            yield "RULE_ITEM", "deduct 和 unmet 要有 reason（从百分之几起）才用得上"
        if self.deduct is not None and self.unmet:
            yield "RULE_ITEM", "deduct 和 unmet 只能写一样"
        if self.deduct is not None and self.deduct > weight:
            yield "RULE_MAX", f"deduct {plain(self.deduct)} 超过分值 {plain(weight)}"
