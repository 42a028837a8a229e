"""The figures a printed number is computed from, laid flat: one name and one value per cell, and their neighbours.

The search for a likely cause (causes.py) exchanges and replaces these cells; nothing here knows what was printed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from scoring.answers import Answers
from scoring.columns import Table
from scoring.form import Form
from scoring.formula import Facts, FormulaError, Inapplicable, Missing, Scalar, Undefined, parse
from scoring.items import Number, figure_label
from scoring.values import Row

DEEPEST = 9


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure with its name for people and its place: `row` and `column` are the same for cells in line."""

    value: Fraction
    label: str
    row: str = ""
    column: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Arithmetic:
    """A formula over flat names (`reception__final`, `projects__2__budget`), and all cells of the filing."""

    source: str
    cells: Mapping[str, Cell]
    neighbours: Mapping[str, Cell] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The names the formula reads."""
        return parse(self.source).names

    def value(self, **replaced: Fraction) -> Fraction | None:
        """The result, with some cells replaced; None when it has none."""
        return evaluate(self.source, {n: self.cells[n].value for n in self.names} | replaced)


class _Flat(Facts):
    """Plain values by flat name."""

    def __init__(self, values: Mapping[str, Fraction]) -> None:
        self.values = values

    def scalar(self, name: str) -> Scalar:
        if name not in self.values:
            raise Missing((name,))
        return self.values[name]

    def column(self, name: str) -> tuple[Fraction, ...]:
        raise Missing((name,))

    def count(self, name: str) -> int:
        raise Missing((name,))


def evaluate(source: str, values: Mapping[str, Fraction]) -> Fraction | None:
    """The number a formula over flat names gives; None when it gives none."""
    try:
        return parse(source).number(_Flat(values))
    except (Missing, Inapplicable, Undefined, FormulaError):
        return None


def arithmetic(form: Form, formula: str, answers: Answers) -> Arithmetic | None:
    """The formula of a figure laid flat; None when it is too long, or reads what is no number."""
    cells = cells_of(form, answers)
    try:
        source = _flat(form, formula, answers, 0)
        names = parse(source).names
    except FormulaError:
        return None
    for name in names:
        if name not in cells and re.fullmatch(r"\w+", name):
            return None
    return Arithmetic(source, {n: cells[n] for n in names}, cells)


def _flat(form: Form, formula: str, answers: Answers, depth: int) -> str:
    if depth > DEEPEST:
        raise FormulaError(formula)

    def summed(match: re.Match[str]) -> str:
        item, column = match[1], match[2]
        rows = [n for n in cells_of(form, answers) if re.fullmatch(rf"{item}__\d+__{column}", n)]
        return f"({'+'.join(rows) or '0'})"

    def one(match: re.Match[str]) -> str:
        name = match[0]
        if name in form.computed:
            return f"({_flat(form, form.computed[name].formula, answers, depth + 1)})"
        return name.replace(".", "__")

    return re.sub(r"\b[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?\b(?!\s*\()", one, re.sub(r"\bsum\((\w+)\.(\w+)\)", summed, formula))


def cells_of(form: Form, answers: Answers) -> dict[str, Cell]:
    """Every number that was answered, by flat name. Open cells count 0: an empty cell is one that may have been swapped."""
    return dict(_cells(form, answers))


def _cells(form: Form, answers: Answers) -> Iterator[tuple[str, Cell]]:
    for item in form.items.values():
        answer = answers.get(item.id)
        if answer is None or not answer.given:
            continue
        section = form.section_of[item.id].id
        match answer.value:
            case Decimal() as value:
                unit = item.unit if isinstance(item, Number) else ""
                yield item.id, Cell(Fraction(value), item.label, f"{section}/{item.id}", "", unit)
            case Row() as row if isinstance(item, Table):
                for column, cell in zip(item.columns, row.cells, strict=True):
                    if not isinstance(cell, str):
                        label, unit = figure_label(item, column.id)
                        place = (f"{section}/{item.id}", f"{section}/{column.id}")
                        yield f"{item.id}__{column.id}", Cell(Fraction(cell or 0), label, *place, unit)
            case tuple() as rows if isinstance(item, Table):
                for n, row in enumerate((r for r in rows if isinstance(r, Row)), 1):
                    name = next((c for c in row.cells if isinstance(c, str) and c), f"第 {n} 行")
                    for column, cell in zip(item.columns, row.cells, strict=True):
                        if isinstance(cell, Decimal):
                            label, place = f"{name}（{column.label}）", (f"{item.id}/{n}", f"{item.id}/{column.id}")
                            yield (
                                f"{item.id}__{n}__{column.id}",
                                Cell(Fraction(cell), label, *place, figure_label(item, column.id)[1]),
                            )
