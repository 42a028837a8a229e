"""pool: several rules share one weight; the share of one that does not apply goes to the others."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from functools import reduce
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from scoring.answers import Figures
from scoring.data import Data
from scoring.formula import Inapplicable, Missing
from scoring.items import Item
from scoring.numbers import plain
from scoring.rules.base import Rule, Verdict, outcome, scored, unspecified
from scoring.rules.nesting import Nesting, judged, spans
from scoring.rules.span import Span

if TYPE_CHECKING:
    from scoring.rules import AnyRule

MOST_SUMS = 2000  # more different totals than this are not worth listing


class Part(Data):
    """A rule with its name and its share of the weight, in 分; all parts without a share share equally."""

    name: str
    share: Decimal | None = Field(default=None, gt=0)
    rule: "AnyRule"


class Pool(Nesting):
    """The points of `rules` added up; each is judged by its own share and counts in proportion to it."""

    kind: Literal["pool"]
    rules: tuple[Part, ...] = Field(min_length=2)

    def inner(self) -> tuple[Rule, ...]:
        return tuple(p.rule for p in self.rules)

    def own(self, part: Part, weight: Fraction) -> Fraction:
        """What a part is worth by itself, in 分."""
        return weight / len(self.rules) if part.share is None else Fraction(part.share)

    def verdict(self, weight: Fraction, figures: Figures) -> Verdict:
        found: list[tuple[Part, Fraction, Verdict]] = []
        missing: list[str] = []
        out: list[tuple[Part, Inapplicable]] = []
        for part in self.rules:
            own = self.own(part, weight)
            try:
                found.append((part, own, judged(part.rule, own, figures)))
            except Inapplicable as absent:
                out.append((part, absent))
            except Missing as open_:
                missing += open_.names
        if not found and not missing:
            raise out[0][1]
        if missing:
            raise Missing(tuple(dict.fromkeys(missing)))
        factor = weight / sum((own for _, own, _ in found), Fraction(0))
        told = [f"{part.name}：{v.why}" for part, _, v in found] + [f"{part.name}不适用，分值并入其他各项" for part, _ in out]
        if any(v.points is None for _, _, v in found):
            allowed = _sums([spans(v, own) for _, own, v in found])
            return unspecified("；".join(told), tuple(s.scaled(factor).within(Fraction(0), weight) for s in allowed))
        points = min(weight, factor * sum((v.points for _, _, v in found if v.points is not None), Fraction(0)))
        sums = "＋".join(plain(v.points, 2) for _, _, v in found if v.points is not None)
        scale = f"，按分值 {plain(weight)} 分折算" if factor != 1 else ""
        why = f"{'；'.join(told)}；合计 {sums}{scale} {outcome(points, weight)}"
        if points == weight:
            return scored(points, why)
        full = "；".join(f"{part.name}：{v.full}" for part, _, v in found if v.full)
        loss = "；".join(f"{part.name}{v.loss}" for part, _, v in found if v.loss)
        return scored(points, why, full or f"各项都得满分时为 {plain(weight)} 分", loss or "有的项没有得满分")

    def reachable(self, weight: Fraction, items: dict[str, Item]) -> frozenset[Fraction] | None:
        each: list[tuple[Fraction, frozenset[Fraction]]] = []
        for part in self.rules:
            own = self.own(part, weight)
            points = part.rule.reachable(own, items)
            if points is None:
                return None
            each.append((own, points))
        found: set[Fraction] = set()
        for many in range(1, len(each) + 1):
            for some in combinations(each, many):
                factor = weight / sum((own for own, _ in some), Fraction(0))
                sums = {Fraction(0)}
                for _, points in some:
                    sums = {s + p for s in sums for p in points}
                    if len(sums) + len(found) > MOST_SUMS:
                        return None
                found |= {min(weight, s * factor) for s in sums}
        return frozenset(found)

    def lint(self, weight: Fraction, items: dict[str, Item]) -> Iterator[tuple[str, str]]:
        for part in self.rules:
            for code, text in part.rule.lint(self.own(part, weight), items):
                yield code, f"（{part.name}）{text}"
        shares = [p.share for p in self.rules if p.share is not None]
        if shares and len(shares) != len(self.rules):
            yield "WEIGHT_SUM", "share 要么每一项都写，要么都不写（平分）"
        elif shares and sum(shares) != weight:
            yield "WEIGHT_SUM", f"各项 share 合计 {plain(sum(shares, Decimal(0)))}，分值是 {plain(weight)}"


def _sums(each: list[tuple[Span, ...]]) -> tuple[Span, ...]:
    """Every sum of one range of each."""
    return reduce(lambda sums, more: tuple(dict.fromkeys(a.plus(b) for a in sums for b in more)), each)
