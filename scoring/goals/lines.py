"""The lines of a table of goals: what each one weighs, and what its target and actual value are worth.

A line with an empty 分值 shares that of the line above; the lines of such a block share it equally. Not here: what
a target is (targets.py), the policy (attainment.py), or the points of an indicator (rules/target_attainment.py).
"""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from scoring.columns import ColumnType, Rows, Table
from scoring.goals.actuals import Actual, read_actual
from scoring.goals.attainment import Assessment, assess
from scoring.goals.rates import impossible_actual, impossible_target
from scoring.goals.targets import Target, read_target
from scoring.values import Cell, Row

NO_TARGET = "无"


def cell_of(item: Rows, row: Row, kind: ColumnType) -> Cell:
    """The cell of the column of this type; None when the table has none."""
    place = item.place_of(kind)
    return None if place is None else row.cells[place]


def name_of(item: Rows, row: Row) -> str:
    """What a line is called: its column `name`, or the first one of words."""
    named = [n for n, c in enumerate(item.columns) if c.id == "name"]
    words = [n for n, c in enumerate(item.columns) if c.type == "text"]
    place = next(iter(named + words), None)
    cell = None if place is None else row.cells[place]
    return cell if isinstance(cell, str) else ""


def cannot_be(item: Rows, row: Row) -> tuple[Literal["target", "actual"], str] | None:
    """Which of target and actual value of a line cannot be, judged by its name, and why: ≥100% of a rate that ends at
    100%, 105% of it reached. None when both can."""
    text, actual = cell_of(item, row, "target"), cell_of(item, row, "actual")
    target = read_target(text) if isinstance(text, str) else None
    if not isinstance(target, Target):
        return None
    name = name_of(item, row)
    if why := impossible_target(name, target):
        return "target", f"{why}。"
    reached = read_actual(actual, target) if isinstance(actual, str) else None
    number = reached.number if isinstance(reached, Actual) else None
    why = "" if number is None else impossible_actual(name, target, number)
    return ("actual", f"{why}。") if why else None


def tier_names(item: Table) -> tuple[str, ...]:
    """The degrees of attainment that a tier cell is chosen from."""
    return tuple(t.name for t in item.attainment.tiers) if isinstance(item, Rows) and item.attainment else ()


def shares(item: Rows, row: Row) -> bool:
    """Whether a line shares the 分值 of the one above: its own is empty, and it has a target (无 stands alone)."""
    return cell_of(item, row, "weight") == "" and _has_target(item, row)


def _has_target(item: Rows, row: Row) -> bool:
    return cell_of(item, row, "target") not in ("", NO_TARGET)


def shares_above(item: Rows, rows: tuple[Row, ...], n: int) -> bool:
    """Whether the n-th line may share the 分值 of the one above."""
    return n > 0 and _has_target(item, rows[n - 1])


def blocks(item: Rows, rows: tuple[Row, ...]) -> tuple[range, ...]:
    """The lines, in blocks that share one 分值; a line with nothing above to share begins a block of its own."""
    starts = [n for n, row in enumerate(rows) if not (shares(item, row) and shares_above(item, rows, n))]
    return tuple(range(start, end) for start, end in pairwise((*starts, len(rows))))


def wants_weight(item: Rows, rows: tuple[Row, ...]) -> frozenset[int]:
    """The lines whose 分值 is still open: not said, or said to be that of a line above where there is none."""
    if item.place_of("weight") is None:
        return frozenset()
    first = ((block[0], rows[block[0]]) for block in blocks(item, rows))
    return frozenset(n for n, row in first if cell_of(item, row, "weight") is None or shares(item, row))


def weights(item: Rows, rows: tuple[Row, ...]) -> tuple[Fraction, ...]:
    """The 分值 of each line, in 分; 0 while it is open or where the table has no such column."""
    found: list[Fraction] = []
    for block in blocks(item, rows):
        cell = cell_of(item, rows[block[0]], "weight")
        found += [Fraction(cell if isinstance(cell, Decimal) else 0) / len(block)] * len(block)
    return tuple(found)


@lru_cache(maxsize=4096)
def assessed(item: Rows, rows: tuple[Row, ...]) -> tuple[Assessment | None, ...]:
    """What each line is worth; None while its target, its actual value or its 分值 is open."""
    if item.attainment is None:
        return (None,) * len(rows)
    found: list[Assessment | None] = []
    unweighed = wants_weight(item, rows)
    for n, (row, weight) in enumerate(zip(rows, weights(item, rows), strict=True)):
        target, actual = cell_of(item, row, "target"), cell_of(item, row, "actual")
        if not isinstance(target, str) or not isinstance(actual, str) or n in unweighed:
            found.append(None)
            continue
        tier, points, note = (cell_of(item, row, kind) for kind in ("tier", "points", "note"))
        found.append(
            assess(
                item.attainment,
                weight,
                target,
                actual,
                tier if isinstance(tier, str) and tier else None,
                points if isinstance(points, Decimal) else None,
                note if isinstance(note, str) and note else None,
            )
        )
    return tuple(found)


@lru_cache(maxsize=4096)
def block_points(item: Rows, rows: tuple[Row, ...]) -> tuple[Fraction | Literal["open"] | None, ...]:
    """The points each line prints: the first of a block those of the whole block, the others None.

    "open" while a line of the block is not judged; None, too, for a line without a 分值.
    """
    judged = [a.points if a else None for a in assessed(item, rows)]
    printed: list[Fraction | Literal["open"] | None] = []
    for block in blocks(item, rows):
        parts = [judged[n] for n in block if judged[n] is not None]
        whole: Fraction | Literal["open"] = "open"
        if len(parts) == len(block):
            whole = sum((p for p in parts if p is not None), Fraction(0))
        row = rows[block[0]]
        nothing = cell_of(item, row, "weight") == "" and not shares(item, row)
        printed += [None if nothing else whole, *[None] * (len(block) - 1)]
    return tuple(printed)
