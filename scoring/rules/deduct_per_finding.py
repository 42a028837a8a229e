"""deduct_per_finding: points off for every line of a table of findings (审计问题, 违规事项 …)."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Literal

from scoring.answers import Figures
from scoring.columns import Rows
from scoring.items import Item
from scoring.numbers import plain
from scoring.rules.base import Verdict
from scoring.rules.deduct_per_item import Deducting


class DeductPerFinding(Deducting):
    """`item`: the table; each line of it counts 1."""

    kind: Literal["deduct_per_finding"]
    item: str

    def items(self) -> tuple[str, ...]:
        return (self.item,)

    def may_be_silent(self) -> bool:
        return False

    def verdict(self, weight: Fraction, figures: Figures) -> Verdict:
        lines = len(figures.rows(self.item))
        label = figures.items[self.item].label
        goal = f"{label}一条也没有时为满分 {plain(weight)} 分"
        return self.judge(weight, Fraction(lines), f"{label} {lines} 条", goal, f"{label}有 {lines} 条", "条")

    def reachable(self, weight: Fraction, items: dict[str, Item]) -> frozenset[Fraction] | None:
        return self.counted(weight)

    def lint(self, weight: Fraction, items: dict[str, Item]) -> Iterator[tuple[str, str]]:
        yield from super().lint(weight, items)
        if not isinstance(items.get(self.item), Rows):
            yield "RULE_ITEM", f"{self.item} 应是 type: rows 的数据项"
