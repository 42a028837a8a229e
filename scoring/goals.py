"""The lines of a table of goals: what each one weighs, and what its target and actual value are worth.

A line with an empty 分值 shares that of the line above; the lines of such a block share it equally. Not here: what
a target is (targets.py), the policy (attainment.py), or the points of an indicator (rules/target_attainment.py).
"""

from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Literal

from scoring.attainment import Assessment, assess
from scoring.columns import ColumnType, Rows, Table
from scoring.values import Cell, Row


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


def tier_names(item: Table) -> tuple[str, ...]:
    """The degrees of attainment that a tier cell is chosen from."""
    return tuple(t.name for t in item.attainment.tiers) if isinstance(item, Rows) and item.attainment else ()


def shares(item: Rows, row: Row) -> bool:
    """Whether a line shares the 分值 of the one above: its own is empty, and it has a target (无 stands alone)."""
    target = cell_of(item, row, "target")
    return cell_of(item, row, "weight") == "" and target not in ("", NO_TARGET)


def weights(item: Rows, rows: tuple[Row, ...]) -> tuple[Fraction, ...]:
    """The 分值 of each line, in 分; 0 while it is open or where the table has no such column."""
    blocks: list[tuple[Fraction, int]] = []  # weight of a block, and how many lines share it
    members: list[int] = []
    for row in rows:
        cell = cell_of(item, row, "weight")
        if shares(item, row) and blocks:
            weight, count = blocks[-1]
            blocks[-1] = (weight, count + 1)
        else:
            blocks.append((Fraction(cell) if isinstance(cell, Decimal) else Fraction(0), 1))
        members.append(len(blocks) - 1)
    return tuple(blocks[n][0] / blocks[n][1] for n in members)


NO_TARGET = "无"


@lru_cache(maxsize=4096)
def assessed(item: Rows, rows: tuple[Row, ...]) -> tuple[Assessment | None, ...]:
    """What each line is worth; None while its target or its actual value is open, and where nothing is set against it."""
    if item.attainment is None:
        return (None,) * len(rows)
    found: list[Assessment | None] = []
    for row, weight in zip(rows, weights(item, rows), strict=True):
        target, actual = cell_of(item, row, "target"), cell_of(item, row, "actual")
        if not isinstance(target, str) or not isinstance(actual, str):
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
    for n, row in enumerate(rows):
        if cell_of(item, row, "weight") == "" and (printed or not shares(item, row)):
            printed.append(None)
            continue
        size = 1
        while n + size < len(rows) and shares(item, rows[n + size]):
            size += 1
        parts = [p for p in judged[n : n + size] if p is not None]
        printed.append(sum(parts, Fraction(0)) if len(parts) == size else "open")
    return tuple(printed)
