"""count_ratio: how many of the lines (or figures) lie within a window, out of all, times the weight."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pydantic import Field

from scoring.answers import Figures
from scoring.formula import Missing, parse
from scoring.items import Item
from scoring.numbers import percent, plain
from scoring.rules.base import Rule, Verdict, names_in, outcome, scored, unspecified
from scoring.rules.rowfigures import lines_of, lint_columns


class CountRatio(Rule):
    """Either `item` (a table) and `value` (a formula over its columns), or `figures` (formulas over items).

    `from` and `to` belong to the window; either may be left open. `unit` as for other figures. `goal`: the window in words.
    """

    kind: Literal["count_ratio"]
    item: str = ""
    value: str = ""
    figures: tuple[str, ...] = ()
    unit: Literal["ratio", "percent", "number"] = "ratio"
    low: Decimal | None = Field(default=None, alias="from")
    high: Decimal | None = Field(default=None, alias="to")
    goal: str = ""

    def formulas(self) -> tuple[str, ...]:
        return self.figures

    def items(self) -> tuple[str, ...]:
        return (self.item,) if self.item else ()

    def may_be_silent(self) -> bool:
        return True  # no line at all, or a line whose arithmetic has no result

    def all(self, figures: Figures) -> tuple[Fraction, ...]:
        """Every figure, in the unit of the window. Raises Missing (all that is missing), Inapplicable, Undefined."""
        factor = 100 if self.unit == "ratio" else 1
        if self.item:
            formula = parse(self.value)
            return tuple(formula.number(line) * factor for line in lines_of(self.item, figures, formula.names))
        found: list[Fraction] = []
        missing: list[str] = []
        for source in self.figures:
            try:
                found.append(parse(source).number(figures) * factor)
            except Missing as open_:
                missing += open_.names
        if missing:
            raise Missing(tuple(dict.fromkeys(missing)))
        return tuple(found)

    def holds(self, value: Fraction) -> bool:
        """Whether a figure lies within the window."""
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)

    def window(self) -> str:
        """80%–120%, 不低于 90%."""
        if self.goal:
            return self.goal
        told = plain if self.unit == "number" else percent
        if self.low is None:
            return f"不高于 {told(self.high or Decimal(0))}"
        return f"不低于 {told(self.low)}" if self.high is None else f"在 {told(self.low)}–{told(self.high)} 之间"

    def verdict(self, weight: Fraction, figures: Figures) -> Verdict:
        values = self.all(figures)
        if not values:
            return unspecified("一项也没有，算不出比例")
        met = sum(map(self.holds, values))
        points = weight * Fraction(met, len(values))
        why = f"共 {len(values)} 项，{self.window()}的 {met} 项"
        if met == len(values):
            return scored(points, f"{why} {outcome(points, weight)}")
        left = len(values) - met
        sums = f"{met}÷{len(values)}×{plain(weight)}"
        goal = f"另外 {left} 项也{self.window()}时为满分 {plain(weight)} 分"
        return scored(
            points, f"{why}，{sums} {outcome(points, weight)}", goal, f"{len(values)} 项中有 {left} 项没有做到{self.window()}"
        )

    def lint(self, weight: Fraction, items: dict[str, Item]) -> Iterator[tuple[str, str]]:
        yield from super().lint(weight, items)
        if bool(self.item) is bool(self.figures):
            yield "RULE_ITEM", "要么写 item（表）和 value（按列写的算式），要么写 figures（几个算式），写且只写一样"
        elif self.item:
            yield from lint_columns(items, self.item, self.value)
            if not names_in(self.value):
                yield "FORMULA", "value 应是用这张表的列写的算式"
        if self.low is None and self.high is None:
            yield "BAND", "from 和 to 至少写一个"
        elif self.low is not None and self.high is not None and self.low > self.high:
            yield "BAND", f"from {plain(self.low)} 不应大于 to {plain(self.high)}"
