"""points_per_reason: a table of reasons, each with the points it costs; what is left of the weight counts."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from scoring.answers import Figures
from scoring.columns import Rows
from scoring.formula import Undefined
from scoring.items import Item
from scoring.numbers import clamp, plain
from scoring.rules.base import Rule, Verdict, outcome, scored
from scoring.rules.rowfigures import RowFigures, lines_of, lint_columns


class PointsPerReason(Rule):
    """`item`: the table; `points`: its column with the points of a line; `reason`: its column that says why."""

    kind: Literal["points_per_reason"]
    item: str
    points: str
    reason: str = ""

    def items(self) -> tuple[str, ...]:
        return (self.item,)

    def may_be_silent(self) -> bool:
        return False

    def verdict(self, weight: Fraction, figures: Figures) -> Verdict:
        lines = lines_of(self.item, figures, (self.points,))
        each = [max(Fraction(0), _number(line, self.points)) for line in lines]
        points = clamp(weight - sum(each, Fraction(0)), 0, weight)
        if not any(each):
            return scored(weight, f"没有扣分的情况 {outcome(weight, weight)}")
        why = f"扣分 {len(lines)} 条，{plain(weight)}－{'－'.join(plain(p) for p in each)}"
        why += f"＝{plain(points)}" if sum(each) <= weight else "，扣完为止"
        reasons = [str(line.scalar(self.reason)) for line in lines if not line.empty((self.reason,))] if self.reason else []
        told = f"（{'；'.join(reasons)}）" if reasons else ""
        loss = "；".join(reasons) or f"有 {len(lines)} 条扣分情况"
        return scored(points, f"{why} {outcome(points, weight)}{told}", f"没有扣分情况时为满分 {plain(weight)} 分", loss)

    def lint(self, weight: Fraction, items: dict[str, Item]) -> Iterator[tuple[str, str]]:
        for column in (self.points, self.reason):
            yield from lint_columns(items, self.item, column)
        table = items.get(self.item)
        words = [c.id for c in table.columns if not c.figure] if isinstance(table, Rows) else []
        if self.points in words:
            yield "RULE_ITEM", f"{self.item} 的 {self.points} 应是数，不是文字"


def _number(line: RowFigures, column: str) -> Fraction:
    cell = line.scalar(column)
    if isinstance(cell, str):
        raise Undefined(f"扣分写的是“{cell}”，不是数字")
    return Fraction(cell)
