"""bands: the range a figure falls into decides the points; one- or two-sided, a range may leave points to the hand."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from pydantic import Field

from scoring.answers import Figures
from scoring.data import Data
from scoring.items import Item
from scoring.numbers import plain
from scoring.rules.base import Verdict, outcome, scored, unspecified
from scoring.rules.metric import MetricRule


class Band(Data):
    """A range and its points. `from` belongs to the band, `to` to the next one; either may be left open.

    `points` None: the print does not say what this range is worth, and the filler gives points with a reason.
    """

    low: Decimal | None = Field(default=None, alias="from")
    high: Decimal | None = Field(default=None, alias="to")
    points: Decimal | None = None

    def holds(self, value: Fraction) -> bool:
        return (self.low is None or value >= self.low) and (self.high is None or value < self.high)


class Bands(MetricRule):
    """`bands` in the order of the paper form; the first that fits counts. A figure in none of them is unspecified."""

    kind: Literal["bands"]
    bands: tuple[Band, ...] = Field(min_length=1)

    def range_of(self, band: Band) -> str:
        """95%（含）以上, 90%（含）到 95%, 60% 以下."""
        low = f"{self.told(Fraction(band.low))}（含）" if band.low is not None else ""
        if band.high is None:
            return f"{low}以上" if low else "不限"
        return f"{low}到 {self.told(Fraction(band.high))}" if low else f"{self.told(Fraction(band.high))} 以下"

    def verdict(self, weight: Fraction, figures: Figures) -> Verdict:
        value = self.measured(figures)
        equation = self.equation(figures, value)
        band = next((b for b in self.bands if b.holds(value)), None)
        if band is None or band.points is None:
            where = f"在“{self.range_of(band)}”这一档，" if band else "不在表上任何一档里，"
            return unspecified(f"{equation}，{where}表上没有写得几分")
        points = min(weight, Fraction(band.points))
        best = max((b for b in self.bands if b.points is not None), key=lambda b: b.points or 0)
        why = f"{equation}，在“{self.range_of(band)}”这一档 {outcome(points, weight)}"
        if points == weight:
            return scored(points, why)
        return scored(
            points,
            why,
            f"在“{self.range_of(best)}”这一档时为 {plain(best.points or 0)} 分",
            f"{self.told(value)}，在“{self.range_of(band)}”这一档",
        )

    def reachable(self, weight: Fraction, items: dict[str, Item]) -> frozenset[Fraction] | None:
        if any(b.points is None for b in self.bands):
            return None
        return frozenset(min(weight, Fraction(b.points)) for b in self.bands if b.points is not None)

    def lint(self, weight: Fraction, items: dict[str, Item]) -> Iterator[tuple[str, str]]:
        yield from super().lint(weight, items)
        for band in self.bands:
            if band.low is not None and band.high is not None and band.low >= band.high:
                yield "BAND", f"from {plain(band.low)} 应小于 to {plain(band.high)}"
            if band.points is not None and band.points > weight:
                yield "RULE_MAX", f"一档 {plain(band.points)} 分，超过分值 {plain(weight)}"
        ordered = sorted(self.bands, key=lambda b: (b.low is not None, b.low or 0))
        for below, above in pairwise(ordered):
            if below.high is None or (above.low is not None and below.high > above.low):
                yield "BAND", f"“{self.range_of(below)}”和“{self.range_of(above)}”重叠"
