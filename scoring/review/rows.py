"""Two states of a table compared: lines that came, went, or say something else, told apart by the words that name them.

Not here: how a difference is put into words (dialogs/review/differences.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from scoring.columns import Table
from scoring.values import Cell, Row


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell before and after, by the label of its column."""

    label: str
    old: Cell
    new: Cell


@dataclass(frozen=True, slots=True)
class RowChange:
    """A line: added (`old` None), removed (`new` None), or with other cells. `number` counts from 1 in the state it is of."""

    number: int
    name: str
    old: Row | None
    new: Row | None
    cells: tuple[CellChange, ...] = ()


def compared_rows(item: Table, old: Sequence[Row], new: Sequence[Row]) -> tuple[RowChange, ...]:
    """What differs, in the order of the new state; nothing when both are equal."""
    before, after = [_name(item, r) for r in old], [_name(item, r) for r in new]
    found: list[RowChange] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag in ("equal", "replace"):  # equal names, or one line rewritten where another stood
            together = min(b - a, d - c)
            for n in range(together):
                found += _changed(item, c + n + 1, old[a + n], new[c + n])
            a, c = a + together, c + together
        found += [RowChange(n + 1, before[n], old[n], None) for n in range(a, b)]
        found += [RowChange(n + 1, after[n], None, new[n]) for n in range(c, d)]
    return tuple(found)


def _name(item: Table, row: Row) -> str:
    words = row.cells[item.naming] if item.naming is not None else None
    return words if isinstance(words, str) else ""


def _changed(item: Table, number: int, old: Row, new: Row) -> list[RowChange]:
    cells = tuple(
        CellChange(column.label, was, now)
        for column, was, now in zip(item.columns, old.cells, new.cells, strict=True)
        if was != now and (was, now) not in ((None, ""), ("", None))
    )
    return [RowChange(number, _name(item, new), old, new, cells)] if cells else []
