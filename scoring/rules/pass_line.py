"""pass_line: points below a part of the weight count nothing."""

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from scoring.answers import Figures
from scoring.items import Item
from scoring.numbers import plain
from scoring.rules.base import Rule, Verdict, scored, unspecified
from scoring.rules.nesting import Nesting, spans
from scoring.rules.share import Share, told_share
from scoring.rules.span import Span

if TYPE_CHECKING:
    from scoring.rules import AnyRule


class PassLine(Nesting):
    """`share`: the part of the weight (60%) that the points of `rule` must reach; the line itself passes."""

    kind: Literal["pass_line"]
    share: Share
    rule: "AnyRule"

    def inner(self) -> tuple[Rule, ...]:
        return (self.rule,)

    def verdict(self, weight: Fraction, figures: Figures) -> Verdict:
        verdict = self.rule.verdict(weight, figures)
        line = weight * self.share
        told = f"分值的 {told_share(self.share)}（{plain(line, 2)} 分）"
        if verdict.points is None:
            zero = Span(Fraction(0), Fraction(0))
            each = spans(verdict, weight)
            passing = tuple(Span(max(s.low, line), s.high, s.below) for s in each if s.holds(max(s.low, line)))
            failing = (zero,) if any(s.low < line for s in each) and not any(s.low == 0 == line for s in each) else ()
            if not passing:
                return scored(Fraction(0), f"{verdict.why}，不到{told}不计分 → 0 分", f"达到{told}才计分", f"得分不到{told}")
            return unspecified(f"{verdict.why}；不到{told}不计分", (*failing, *passing))
        if verdict.points >= line:
            return verdict
        why = f"{verdict.why}，不到{told}不计分 → 0 分"
        return scored(Fraction(0), why, verdict.full or f"达到{told}才计分", verdict.loss or f"得分不到{told}")

    def reachable(self, weight: Fraction, items: dict[str, Item]) -> frozenset[Fraction] | None:
        points = self.rule.reachable(weight, items)
        return None if points is None else frozenset(p if p >= weight * self.share else Fraction(0) for p in points)

    def lint(self, weight: Fraction, items: dict[str, Item]) -> Iterator[tuple[str, str]]:
        yield from self.rule.lint(weight, items)
        if not 0 < self.share <= 1:
            yield "RULE_MAX", f"share 是 {told_share(self.share)}，应在 0 和 100% 之间"
