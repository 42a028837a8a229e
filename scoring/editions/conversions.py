"""How an answer to an earlier edition of a form becomes an answer to this one: small pure functions, written as data.

conversions.yaml of the new form:

    conversions:
      - {item: total_budget, from: budget}                        # another name
      - {item: executed, from: spent, scale: 0.0001}              # 元 become 万元
      - {item: nature, from: kind, options: {a: full, b: part}}   # other words
      - {item: staff, formula: civil + other}                     # out of several figures
      - {item: goals, from: indicators, columns: {name: title}}   # another table: column here → column there

Not here: which answers need one (upgrading.py).
"""

from decimal import Decimal
from fractions import Fraction

from pydantic import Field, model_validator

from scoring.answers import Figures
from scoring.cells import rows_in
from scoring.columns import OneRow, Rows, Table
from scoring.data import Data, Name
from scoring.formula import FormulaError, Inapplicable, Missing, Undefined, parse
from scoring.items import Choice, Item, Number
from scoring.numbers import plain
from scoring.values import Cell, Row, Value


class Conversion(Data):
    """One answer of this edition out of the edition before; either `origin` or `formula`."""

    item: Name
    origin: str = Field(default="", alias="from", description="item or item.column of the edition before")
    scale: Decimal = Field(default=Decimal(1), gt=0)
    options: dict[str, str] = Field(default_factory=dict, description="option there → option here")
    columns: dict[str, str] = Field(default_factory=dict, description="column here → column there")
    formula: str = ""

    @model_validator(mode="after")
    def _one_source(self) -> "Conversion":
        if bool(self.origin) is bool(self.formula):
            raise ValueError("from 和 formula 写且只写一样")
        if self.formula:
            try:
                parse(self.formula)
            except FormulaError as e:
                raise ValueError(str(e)) from e
        return self


def converted(conversion: Conversion, item: Item, before: Figures) -> Value | None:
    """The answer to `item` that the conversion makes of the earlier answers; None when there is nothing to make it of."""
    try:
        if conversion.formula:
            return _figure(item, parse(conversion.formula).number(before))
        name, _, column = conversion.origin.partition(".")
        old, value = before.items[name], before.value(name)
        if column:
            scalar = before.scalar(conversion.origin)
            return _figure(item, scalar * Fraction(conversion.scale)) if isinstance(scalar, Fraction) else None
    except (Missing, Inapplicable, Undefined, KeyError, ValueError):
        return None
    if isinstance(value, Decimal) and not isinstance(value, bool):
        return _figure(item, Fraction(value) * Fraction(conversion.scale))
    if isinstance(item, Choice) and isinstance(value, str):
        chosen = conversion.options.get(value, value)
        return chosen if chosen in {o.id for o in item.options} else None
    if isinstance(item, Table) and isinstance(old, Table):
        rows = tuple(_line(conversion, old, item, row) for row in rows_in(value))
        return rows[0] if isinstance(item, OneRow) and rows else rows if isinstance(item, Rows) else None
    return value if item.type == old.type else None


def _figure(item: Item, number: Fraction) -> Decimal | None:
    return Decimal(plain(number, 6)) if isinstance(item, Number) else None


def _line(conversion: Conversion, old: Table, new: Table, row: Row) -> Row:
    """A line of the new table: each cell from the column named, or the one of the same id and kind."""
    places = {c.id: (n, c.figure) for n, c in enumerate(old.columns)}
    cells: list[Cell] = []
    for column in new.columns:
        place, figure = places.get(conversion.columns.get(column.id, column.id), (None, False))
        cell = None if place is None or figure is not column.figure else row.cells[place]
        cells.append(Decimal(plain(cell * conversion.scale)) if isinstance(cell, Decimal) else cell)
    return Row(tuple(cells))
