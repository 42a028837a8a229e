"""One line of a table as formulas read it: a name is a column of the table.

Not here: formulas over whole tables, which read sum(item.column).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scoring.answers import Figures
from scoring.columns import Rows, Table
from scoring.formula import FormulaError, Missing, Scalar, Undefined, parse
from scoring.items import Item
from scoring.values import Row


@dataclass(frozen=True, slots=True)
class RowFigures:
    """The cells of one line. Implements formula.Facts."""

    table: Table
    row: Row

    def scalar(self, name: str) -> Scalar:
        cell = self.row.cells[self.table.position(name)]
        if cell is None:
            raise Missing((f"{self.table.id}.{name}",))
        return Fraction(cell) if isinstance(cell, Decimal) else cell

    def column(self, name: str) -> tuple[Fraction, ...]:
        raise Undefined(f"一行里没有 {name} 这张表")

    def count(self, name: str) -> int:
        raise Undefined(f"一行里没有 {name} 这张表")

    def empty(self, names: tuple[str, ...]) -> bool:
        """Whether one of these columns has nothing to say in this line: an optional cell left empty."""
        cells = ((self.row.cells[self.table.position(n)], self.table.columns[self.table.position(n)]) for n in names)
        return any(cell == "" or (cell is None and column.optional) for cell, column in cells)


def lines_of(item: str, figures: Figures, names: tuple[str, ...]) -> tuple[RowFigures, ...]:
    """The lines of a table that have all of these columns to show. Raises Missing, Inapplicable."""
    table = figures.items[item]
    assert isinstance(table, Table)
    lines = tuple(RowFigures(table, row) for row in figures.rows(item))
    return tuple(line for line in lines if not line.empty(names))


def lint_columns(items: dict[str, Item], item: str, formula: str = "") -> Iterator[tuple[str, str]]:
    """What is wrong with a formula over the lines of a table."""
    table = items.get(item)
    if not isinstance(table, Rows):
        yield "RULE_ITEM", f"{item} 应是 type: rows 的数据项"
        return
    try:
        parsed = parse(formula) if formula else None
    except FormulaError as e:
        yield "FORMULA", str(e)
        return
    columns = [c.id for c in table.columns]
    for name in parsed.names if parsed else ():
        if name not in columns or name in (parsed.tables if parsed else ()):
            yield "RULE_ITEM", f"{item} 没有 {name} 这一列，有：{'、'.join(columns)}"
