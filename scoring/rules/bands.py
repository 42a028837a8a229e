"""bands: the range a figure falls into decides the points; one- or two-sided, a range may leave points to the hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import combinations
from typing import Literal

from pydantic import Field

from scoring.answers import Figures
from scoring.data import Data
from scoring.formula import Formula, FormulaError, Missing, Scalar, Undefined, parse
from scoring.items import Item
from scoring.numbers import clamp, plain
from scoring.rules.base import Verdict, outcome, scored, unspecified
from scoring.rules.metric import MetricRule

INFINITE = Fraction(10) ** 30  # no figure of a form is as large


class Range(Data):
    """From `from` to `to`; either may be left open. `edges` tells which of the two belong to it."""

    low: Decimal | None = Field(default=None, alias="from")
    high: Decimal | None = Field(default=None, alias="to")
    edges: Literal["from", "to", "both", "neither"] = "from"

    def holds(self, value: Fraction) -> bool:
        """Whether a figure lies in the range."""
        above = self.low is None or value > self.low or (value == self.low and self.edges in ("from", "both"))
        return above and (self.high is None or value < self.high or (value == self.high and self.edges in ("to", "both")))

    @property
    def ends(self) -> tuple[Fraction, Fraction]:
        """Both ends, an open one very far away."""
        low = -INFINITE if self.low is None else Fraction(self.low)
        return low, INFINITE if self.high is None else Fraction(self.high)


class Band(Range):
    """A range (or several `ranges`) and its points.

    `share`: the part of the weight instead of points, a number or a formula of the figure x (`x / 100`). With neither
    the print does not say what this range is worth, and the filler gives points with a reason.
    """

    ranges: tuple[Range, ...] = ()
    points: Decimal | None = None
    share: str = ""

    @property
    def parts(self) -> tuple[Range, ...]:
        return self.ranges or (self,)

    @property
    def decided(self) -> bool:
        """Whether the print says what this range is worth."""
        return self.points is not None or bool(self.share)

    def worth(self, weight: Fraction, value: Fraction) -> Fraction:
        """The points of a figure in this range, within 0 and the weight."""
        if self.share:
            return clamp(weight * parse(self.share).number(_Figure(value)), 0, weight)
        return clamp(Fraction(self.points or 0), 0, weight)


@dataclass(frozen=True, slots=True)
class _Figure:
    """What a band's formula may name: the figure, x. Implements formula.Facts."""

    value: Fraction

    def scalar(self, name: str) -> Scalar:
        if name != "x":
            raise Missing((name,))
        return self.value

    def column(self, name: str) -> tuple[Fraction, ...]:
        raise Missing((name,))

    def count(self, name: str) -> int:
        raise Missing((name,))


class Bands(MetricRule):
    """`bands` in the order of the paper form; the first that fits counts. A figure in none of them is unspecified.

    `target`: the ranges are about the distance from this figure, to either side.
    """

    kind: Literal["bands"]
    bands: tuple[Band, ...] = Field(min_length=1)
    target: Decimal | None = None

    def range_of(self, band: Band) -> str:
        """95%（含）以上, 90%（含）到 95%, 60% 以下."""
        return "，或 ".join(self._range(r) for r in band.parts)

    def _range(self, part: Range) -> str:
        at = [
            "" if end is None else self.told(Fraction(end)) + ("（含）" if part.edges in (name, "both") else "")
            for name, end in (("from", part.low), ("to", part.high))
        ]
        if not at[1]:
            return f"{at[0]}以上" if at[0].endswith("）") else f"{at[0]} 以上" if at[0] else "不限"
        below = f"{at[1]}以下" if at[1].endswith("）") else f"{at[1]} 以下"
        return f"{at[0]}到 {at[1]}" if at[0].endswith("）") else f"{at[0]} 到 {at[1]}" if at[0] else below

    def verdict(self, weight: Fraction, figures: Figures) -> Verdict:
        value = self.measured(figures)
        equation, told = self.equation(figures, value), self.told(value)
        place = value
        if self.target is not None:
            place = abs(value - Fraction(self.target))
            told = f"{told}，离 {self.told(Fraction(self.target))} 差 {self.told(place)}"
            equation = f"{equation}，离 {self.told(Fraction(self.target))} 差 {self.told(place)}"
        band = next((b for b in self.bands if any(r.holds(place) for r in b.parts)), None)
        if band is None or not band.decided:
            where = f"在“{self.range_of(band)}”这一档，" if band else "不在表上任何一档里，"
            return unspecified(f"{equation}，{where}表上没有写得几分")
        points = band.worth(weight, place)
        why = f"{equation}，在“{self.range_of(band)}”这一档 {outcome(points, weight)}"
        if points == weight:
            return scored(points, why)
        return scored(points, why, self._way(weight), f"{told}，在“{self.range_of(band)}”这一档")

    def _way(self, weight: Fraction) -> str:
        """Where the most points are to be had."""
        fixed = [(clamp(Fraction(b.points), 0, weight), b) for b in self.bands if b.points is not None and not b.share]
        if not fixed:
            return f"满分是 {plain(weight)} 分"
        most, best = max(fixed, key=lambda pair: pair[0])
        away = "" if self.target is None else f"离 {self.told(Fraction(self.target))} 的差距"
        return f"{away}在“{self.range_of(best)}”这一档时为 {plain(most)} 分"

    def reachable(self, weight: Fraction, items: dict[str, Item]) -> frozenset[Fraction] | None:
        try:
            formulas = [parse(b.share) for b in self.bands if b.share]
        except FormulaError:
            return None
        if any(not b.decided for b in self.bands) or any(f.names for f in formulas):
            return None
        return frozenset(b.worth(weight, Fraction(0)) for b in self.bands)

    def lint(self, weight: Fraction, items: dict[str, Item]) -> Iterator[tuple[str, str]]:
        yield from super().lint(weight, items)
        for band in self.bands:
            for part in band.parts:
                if part.low is not None and part.high is not None:
                    empty = part.low > part.high or (part.low == part.high and part.edges != "both")
                    if empty:
                        yield "BAND", f"from {plain(part.low)} 应小于 to {plain(part.high)}"
            if band.ranges and (band.low is not None or band.high is not None):
                yield "BAND", "写了 ranges，就不要再写 from 和 to"
            if band.points is not None and band.share:
                yield "RULE_ITEM", "一档的 points（几分）和 share（分值的几分之几）只能写一样"
            if band.points is not None and not 0 <= band.points <= weight:
                yield "RULE_MAX", f"一档 {plain(band.points)} 分，超过分值 {plain(weight)}"
            if band.share:
                yield from self._lint_share(band)
        for one, other in combinations(self.bands, 2):
            if any(_overlap(a, b) for a in one.parts for b in other.parts):
                yield "BAND", f"“{self.range_of(one)}”和“{self.range_of(other)}”重叠"

    def _lint_share(self, band: Band) -> Iterator[tuple[str, str]]:
        try:
            formula: Formula = parse(band.share)
        except FormulaError as e:
            yield "FORMULA", str(e)
            return
        if set(formula.names) - {"x"} or formula.tables:
            yield "FORMULA", f"share {band.share!r} 里只能用 x（这个指标的数）"
            return
        ends = [e for part in band.parts for e in part.ends if abs(e) < INFINITE] or [Fraction(0)]
        for end in ends:  # what a formula gives at the ends of its range tells whether it was meant as a part of 1
            try:
                share = formula.number(_Figure(end))
            except Undefined:
                continue
            if not 0 <= share <= 1:
                yield "RULE_MAX", f"share {band.share!r} 在 {self.told(end)} 处是 {plain(share)}，应在 0 和 1 之间"


def _overlap(one: Range, other: Range) -> bool:
    """Whether two ranges share more than an end, which goes to the one that is written first."""
    (a, b), (c, d) = one.ends, other.ends
    return max(a, c) < min(b, d)
