"""ratio_step: full points at a target rate, and a fixed deduction for every step away from it."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Literal

from scoring.answers import Figures
from scoring.formula import FormulaError, Undefined, parse
from scoring.items import Item, figure_label
from scoring.numbers import percent, plain, round_half_up
from scoring.rules.base import Verdict, outcome, scored
from scoring.rules.metric import MetricRule
from scoring.rules.share import Share, told_share

Direction = Literal["above", "below", "both"]
ROUNDED: Mapping[str, Callable[[Fraction], int]] = {"不低于": ceil, "不高于": floor, "为": round}  # never to a limit's wrong side
LIMIT_UNITS = 10**4  # a limit is told to four decimal places


class RatioStep(MetricRule):
    """`target` and `step` are in percentage points. `direction` says which side loses points: `above`
    the target, `below` it, or `both`. `rounding`: a started step counts not (floor), fully (ceil),
    or in proportion (exact). Most printed forms do not say; floor is the reading that 000-B-17 fits.
    `deduct` points, or `deduct_share` (5%) of the weight, go with every step.
    `strict`: the target itself does not count as reached (＞50%); it loses nothing, except where a started step
    counts fully, which it then does (000-A1-05).
    """

    kind: Literal["ratio_step"]
    unit: Literal["ratio", "percent"] = "ratio"
    target: Decimal
    direction: Direction
    step: Decimal
    deduct: Decimal | None = None
    deduct_share: Share | None = None
    rounding: Literal["floor", "ceil", "exact"] = "floor"
    strict: bool = False

    def each(self, weight: Fraction) -> Fraction:
        """Points off for one step."""
        return Fraction(self.deduct or 0) if self.deduct_share is None else weight * self.deduct_share

    def told_each(self, weight: Fraction) -> str:
        """0.05 分, or 分值的 5%（0.05 分）."""
        points = f"{plain(self.each(weight))} 分"
        return f" {points}" if self.deduct_share is None else f"分值的 {told_share(self.deduct_share)}（{points}）"

    def steps(self, gap: Fraction) -> Fraction:
        """How many steps a gap (percentage points) counts."""
        exact = gap / Fraction(self.step)
        return {"floor": Fraction(floor(exact)), "ceil": Fraction(ceil(exact)), "exact": exact}[self.rounding]

    def gap(self, rate: Fraction) -> Fraction:
        """Percentage points on the losing side of the target; 0 on the good side."""
        target = Fraction(self.target)
        if self.direction == "both":
            return abs(rate - target)
        return max(Fraction(0), rate - target if self.direction == "above" else target - rate)

    def verdict(self, weight: Fraction, figures: Figures) -> Verdict:
        rate = self.measured(figures)
        gap = self.gap(rate)
        at_edge = self.strict and self.direction != "both" and rate == self.target
        steps = Fraction(1) if at_edge and self.rounding == "ceil" else self.steps(gap)
        points = max(Fraction(0), weight - steps * self.each(weight))
        equation = self.equation(figures, rate)
        if at_edge:
            return self._at_edge(weight, points, equation)
        if gap == 0:
            sign = "≤" if self.direction == "above" else "≥"
            sign = {"≤": "＜", "≥": "＞"}[sign] if self.strict and self.direction != "both" else sign
            met = "" if rate == self.target else f" {sign} {plain(self.target)}%"
            return scored(points, f"{equation}{met} {outcome(points, weight)}")
        verb = "低于" if rate < self.target else "高于"
        why = f"{equation}，{verb} {plain(self.target)}% 共 {_small(gap)} 个百分点，每 {plain(self.step)} 个扣{self.told_each(weight)}"
        if steps == 0:
            why += "，不足一档不扣"
        elif steps * self.each(weight) > weight:
            why += "，扣完为止"
        else:
            why += f"，扣 {plain(steps * self.each(weight), 2)} 分"
        full = self.full_points_at(weight, figures) if points < weight else ""
        loss = f"实际为{self.told(rate)}，{verb}{plain(self.target)}%" if points < weight else ""
        return scored(points, f"{why} {outcome(points, weight)}", full, loss)

    def _at_edge(self, weight: Fraction, points: Fraction, equation: str) -> Verdict:
        """The figure is the target itself, which is not reached but not missed by a step either."""
        side = "低于" if self.direction == "above" else "高于"
        why = f"{equation}，没有{side} {plain(self.target)}%"
        if points == weight:
            return scored(points, f"{why}，但也不差一档，不扣 {outcome(points, weight)}")
        goal = f"比率{side} {plain(self.target)}% 时为满分 {plain(weight)} 分"
        why += f"，不足一档按一档扣 {plain(weight - points, 2)} 分"
        return scored(points, f"{why} {outcome(points, weight)}", goal, f"{equation}，没有{side}{plain(self.target)}%")

    def told(self, value: Fraction) -> str:
        """The rate to two places, or to as many as it takes not to look like a step that it does not reach."""
        for places in (2, 4, 6):
            printed = Fraction(round_half_up(value, places))
            same_steps = self.steps(self.gap(printed)) == self.steps(self.gap(value))
            if same_steps and (printed == self.target) is (value == self.target):
                return percent(value, places)
        return percent(value, 8)

    def full_points_at(self, weight: Fraction, figures: Figures) -> str:
        """What the first figure of the metric would be at the target: the metric is linear in it, so solve."""
        first = parse(self.metric).names[0]
        line = self._line_in(first, figures)
        if line is None:
            return f"比率达到 {plain(self.target)}% 时为满分 {plain(weight)} 分"
        start, slope = line
        figure = (Fraction(self.target) - start) / slope
        sign = "为" if self.direction == "both" else "不高于" if (self.direction == "above") == (slope > 0) else "不低于"
        item, _, column = first.partition(".")
        label, unit = figure_label(figures.items[item], column)
        limit = Fraction(ROUNDED[sign](figure * LIMIT_UNITS), LIMIT_UNITS)
        return f"{label}{sign} {plain(limit)} {unit}时为满分 {plain(weight)} 分"

    def _line_in(self, name: str, figures: Figures) -> tuple[Fraction, Fraction] | None:
        """The metric at 0 and its slope in a figure; None when it is not linear in it, or nobody types the figure."""
        if name in parse(self.metric).tables or name in figures.computed:
            return None
        try:
            at = [self.measured(figures.with_figure(name, Fraction(x))) for x in (0, 1, 2)]
        except Undefined:
            return None
        slope = at[1] - at[0]
        return (at[0], slope) if slope and at[2] - at[1] == slope else None

    def lint(self, weight: Fraction, items: dict[str, Item]) -> Iterator[tuple[str, str]]:
        yield from super().lint(weight, items)
        if (self.deduct is None) is (self.deduct_share is None):
            yield "RULE_ITEM", "deduct（几分）和 deduct_share（分值的几分之几）写且只写一样"
        elif self.step <= 0 or self.each(weight) <= 0:
            yield "RULE_MAX", "step 和 deduct（或 deduct_share）都应大于 0"
        try:
            names = parse(self.metric).names
        except FormulaError:
            return
        if not names:
            yield "FORMULA", f"metric {self.metric!r} 里没有数据项"


def _small(gap: Fraction) -> str:
    """A gap to two places, or to as many as it takes not to look like none."""
    return next((text for places in (2, 4, 6) if (text := plain(gap, places)) != "0"), plain(gap, 8))
