"""Lines of goals that multiply: so many people at so much each must be the money that stands beside them.

Targets are compared with targets and actual values with actual values; a line without a number is passed over.
"""

from collections.abc import Iterator, Sequence

from scoring.checks.finding import EXPLAIN, Finding
from scoring.checks.goalrows import GoalRow
from scoring.columns import Product
from scoring.goals.targets import Target, read_target
from scoring.goals.units import product
from scoring.numbers import plain
from scoring.wording import quoted


def products(item: str, declared: Sequence[Product], rows: Sequence[GoalRow]) -> Iterator[Finding]:
    """A finding for every product that is not what its third line says."""
    named = {row.name: row for row in rows}
    for lines in declared:
        three = [named.get(name) for name in (lines.amount, lines.price, lines.money)]
        if any(row is None for row in three):
            continue
        for what, texts in (
            ("年度指标值", [_number(row.target) for row in three if row]),
            ("实际完成值", [_number(row.actual) for row in three if row]),
        ):
            more = product(texts[0], texts[1], texts[2])
            if more:
                side = "多" if more > 0 else "少"
                sums = f"{quoted(lines.amount)}{texts[0]}×{quoted(lines.price)}{texts[1]}"
                text = f"{what}：{sums}，和{quoted(lines.money)}{texts[2]}对不上，{side} {plain(abs(more))} 元，请核对"
                yield Finding("SUM", EXPLAIN, (item,), text, texts[2], "")


def _number(text: str | None) -> str:
    """The number of a target or an actual value with its unit, without its comparator; empty when there is none."""
    target = read_target(text or "")
    if not isinstance(target, Target) or not target.numeric or (target.low is not None and target.high not in (None, target.low)):
        return ""
    number = target.low if target.low is not None else target.high
    return "" if number is None else plain(number) + target.unit
