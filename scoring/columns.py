"""Tables: their columns, a fixed line, a repeating table, and the tallies of a questionnaire.

Not here: which cells still want an answer (cells.py), or how a line is typed (reading/tables.py).
"""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from scoring.data import Data, ItemBase, Name
from scoring.goals.policy import Attainment
from scoring.values import Cell, Row

FIGURES = ("money", "count", "percent", "number", "weight", "points")  # columns whose cells are numbers
ColumnType = Literal[
    "money", "count", "percent", "number", "text", "choice", "target", "earlier", "actual", "weight", "tier", "points", "note"
]


class Column(Data):
    """One cell of a row. `text`, `choice`, `target`, `earlier`, `actual`, `tier` and `note` hold words, the others figures.

    `earlier`: what a year gone by came to, held against the line's target; "" where there was nothing yet.
    A cell is None while it is open, and "" where there is nothing to say.
    """

    id: Name
    label: str
    type: ColumnType = "money"
    unit: str = ""
    optional: bool = False
    large: bool = Field(default=False, description="10000 万元 and more is usual here; not asked whether 元 was meant")
    last_year: str = Field(default="", description="column of the same item in last year's filing with the same fact")
    options: tuple[str, ...] = Field(default=(), description="the words a `choice` is between")
    max_length: int = Field(default=60, ge=1, le=1000, description="characters of a cell of words")
    help: str = ""
    good: str = Field(default="", description="a good answer, as example")

    @property
    def figure(self) -> bool:
        """Whether its cells are numbers."""
        return self.type in FIGURES


class Table(ItemBase):
    columns: tuple[Column, ...] = Field(min_length=1)

    def position(self, column: str) -> int:
        """The place of a column by id; ValueError when there is none."""
        return [c.id for c in self.columns].index(column)

    @property
    def naming(self) -> int | None:
        """The place of the words that tell a line from the others: the last text before the target, else the first."""
        texts = [n for n, c in enumerate(self.columns) if c.type == "text"]
        target = self.place_of("target")
        return next(iter([n for n in texts if target is not None and n < target][-1:] or texts), None)

    @property
    def earlier(self) -> tuple[int, ...]:
        """The places of the values of years gone by, the longest ago first."""
        return tuple(n for n, c in enumerate(self.columns) if c.type == "earlier")

    def place_of(self, kind: ColumnType) -> int | None:
        """The place of the one column of this type; None when there is none."""
        return next((n for n, c in enumerate(self.columns) if c.type == kind), None)


class OneRow(Table):
    """A fixed line of a table, answered in one message: `2.47 2 1.17`."""

    type: Literal["row"]

    @property
    def zeros(self) -> Row | None:
        """A row of nothing but 0; None when a cell is no figure."""
        if not all(c.figure for c in self.columns):
            return None
        return Row(tuple(Decimal(0) for _ in self.columns))


class Product(Data):
    """Three lines of a table of goals, by their names, of which the first two multiplied give the third: 人数×标准＝金额."""

    amount: str
    price: str
    money: str


class Rows(Table):
    """A table that the filler adds lines to: a line at once, or (`asks: cells`) cell by cell.

    `start`: lines that stand there from the beginning. `copies`: another table of the form whose lines can be
    taken over, by columns of the same id. `weight`: what the 分值 of the lines must add up to, in 分.
    `products`: lines whose targets, and whose actual values, must multiply.
    """

    type: Literal["rows"]
    min_rows: int = 0
    max_rows: int = 60
    asks: Literal["line", "cells"] = "line"
    start: tuple[tuple[str | None, ...], ...] = ()
    copies: str = ""
    weight: Decimal | None = None
    attainment: Attainment | None = None
    products: tuple[Product, ...] = ()

    @property
    def starting(self) -> tuple[Row, ...]:
        """The lines that stand there from the beginning, typed."""
        return tuple(Row(tuple(typed_cell(c, v) for c, v in zip(self.columns, line, strict=True))) for line in self.start)


def typed_cell(column: Column, raw: str | None) -> Cell:
    """A cell from its text in a pack or in the store: a number where the column holds numbers."""
    return raw if raw is None or raw == "" or not column.figure else Decimal(raw)


class Question(Data):
    """A question of a questionnaire with the words of its options."""

    id: Name
    text: str
    options: tuple[str, ...] = Field(min_length=2, max_length=8)


class Survey(ItemBase):
    """The tallies of a questionnaire: 发放, 收回 and 有效, then how often each option of each question was ticked.

    `points`: what each option counts, the same for all questions. Its value is a tuple of rows: the three counts
    first, then a row per question; shorter while questions are open.
    """

    type: Literal["survey"]
    points: tuple[Decimal, ...] = Field(min_length=2, max_length=8)
    minimum: int = Field(default=0, ge=0, description="valid questionnaires below which the sample is small")
    questions: tuple[Question, ...] = Field(min_length=1, max_length=60)
