"""coefficient: the points of a rule times a factor that the filler states, never above the weight."""

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from scoring.answers import Figures
from scoring.formula import parse
from scoring.items import Item
from scoring.numbers import clamp, plain
from scoring.rules.base import Rule, Verdict, names_in, outcome, scored, unspecified
from scoring.rules.nesting import Nesting, spans

if TYPE_CHECKING:
    from scoring.rules import AnyRule


class Coefficient(Nesting):
    """`coefficient`: a formula, mostly one number item; a negative one counts as 0. `name`: what it is called on the form."""

    kind: Literal["coefficient"]
    coefficient: str
    name: str = "系数"
    rule: "AnyRule"

    def inner(self) -> tuple[Rule, ...]:
        return (self.rule,)

    def own_formulas(self) -> tuple[str, ...]:
        return (self.coefficient,)

    def verdict(self, weight: Fraction, figures: Figures) -> Verdict:
        factor = max(Fraction(0), parse(self.coefficient).number(figures))
        verdict = self.rule.verdict(weight, figures)
        if verdict.points is None:
            if not factor:
                return scored(Fraction(0), f"{self.name}为 0 → 0 分", f"{self.name}大于 0 时才有分", f"{self.name}为 0")
            allowed = tuple(s.scaled(factor).within(Fraction(0), weight) for s in spans(verdict, weight))
            return unspecified(f"{verdict.why}；再乘{self.name} {plain(factor)}，请给乘过以后的得分", allowed)
        points = clamp(verdict.points * factor, 0, weight)
        sums = f"再乘{self.name} {plain(factor)}：{plain(verdict.points, 2)}×{plain(factor)}"
        why = f"{verdict.why}，{sums} {outcome(points, weight)}"
        if points == weight:
            return scored(points, why)
        own = f"{self.name}为 {plain(factor)}"
        at = f"{self.name}不低于 {plain(weight / verdict.points)} 时为满分 {plain(weight)} 分" if verdict.points else ""
        return scored(
            points, why, verdict.full or at, "，".join(t for t in (verdict.loss, own if factor < 1 else "") if t) or own
        )

    def lint(self, weight: Fraction, items: dict[str, Item]) -> Iterator[tuple[str, str]]:
        yield from Rule.lint(self, weight, items)
        yield from self.rule.lint(weight, items)
        if not names_in(self.coefficient):
            yield "FORMULA", "coefficient 里没有数据项"
