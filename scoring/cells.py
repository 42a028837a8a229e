"""Which cells of a partly filled table still want an answer, and which one is asked next.

The position in a table is computed from its cells, like the position in a form from its answers. Tier, points and
note of a line are asked only where the line needs them. Not here: how it is asked (dialogs).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from scoring.answers import Answer
from scoring.columns import OneRow, Rows, Survey, Table
from scoring.data import ItemBase
from scoring.goals.lines import assessed, wants_weight
from scoring.values import Row, Value

WHEN_NEEDED = ("tier", "points", "note")


@dataclass(frozen=True, slots=True)
class Place:
    """A cell: line and column, both from 0."""

    row: int
    column: int


def rows_in(value: Value | None) -> tuple[Row, ...]:
    """The lines of a table's value; none for any other value."""
    if isinstance(value, Row):
        return (value,)
    return tuple(v for v in value if isinstance(v, Row)) if isinstance(value, tuple) else ()


def lines_of(answer: Answer | None) -> tuple[Row, ...]:
    """The lines of an answer to a table; none while it is not given."""
    return rows_in(answer.value) if answer is not None and answer.given else ()


@lru_cache(maxsize=4096)
def open_places(item: Table, rows: tuple[Row, ...]) -> tuple[Place, ...]:
    """The cells that want an answer, line by line."""
    judged = assessed(item, rows) if isinstance(item, Rows) else (None,) * len(rows)
    unweighed = wants_weight(item, rows) if isinstance(item, Rows) and item.attainment else frozenset()
    return tuple(
        Place(n, k)
        for n, (row, assessment) in enumerate(zip(rows, judged, strict=True))
        for k, (column, cell) in enumerate(zip(item.columns, row.cells, strict=True))
        if (cell is None or (column.type == "weight" and n in unweighed))
        and not column.optional
        and (column.type not in WHEN_NEEDED or (assessment is not None and column.type in assessment.needs))
    )


def next_place(item: Rows, rows: tuple[Row, ...]) -> Place | None:
    """The cell that is asked next; None when every line is complete."""
    places = open_places(item, rows)
    return places[0] if places else None


def is_complete(item: ItemBase, value: Value | None) -> bool:
    """Whether a table that is asked piece by piece has all its pieces; anything else is complete once it is answered."""
    if isinstance(item, Rows) and item.asks == "cells":
        return not open_places(item, rows_in(value))
    if isinstance(item, Survey) and value is not None:
        return len(rows_in(value)) == 1 + len(item.questions)
    return True


def open_labels(item: ItemBase, value: Value | None) -> Iterator[str]:
    """What is still missing in a table that was begun, in words: 决算数, 第 2 行的实际完成值, 第 3 题."""
    rows = rows_in(value)
    if isinstance(item, Survey) and value is not None:
        yield from (f"第 {n} 题的份数" for n in range(max(1, len(rows)), len(item.questions) + 1))
    elif isinstance(item, Table):
        for place in open_places(item, rows):
            label = item.columns[place.column].label
            yield label if isinstance(item, OneRow) else f"第 {place.row + 1} 行的{label}"
