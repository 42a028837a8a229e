"""Declared checks over the lines of a table: the same relation for every line, or for all of them together.

    - id: core_money
      code: SAME_FACT
      each: annual_duty                       # a repeating table of the form
      where: row.unit == "万元"                # only these lines
      match: {table: projects, column: name, within: level2}   # the project whose name stands in the line's level2
      that: row.target == match.budget
      say: "{row.name}的指标值是 {left} 万元，项目{match.name}的本年预算是 {right} 万元。"

`row.target` is the number of a target, `row.last` that of an actual or earlier value in the same unit, `row.unit`
the unit of the line's target; other columns are what they hold. `sum(row.target)` takes all lines together.
A line for which a figure is no number is passed over. Not here: how a broken relation is told (checks).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from scoring.answers import Figures
from scoring.columns import Table
from scoring.form import Form
from scoring.formdata import Check
from scoring.formula import Facts, Inapplicable, Missing, Scalar, Undefined, parse
from scoring.goals.targets import Target, read_target
from scoring.goals.units import converted, quantity
from scoring.values import Cell, Row

ROW, MATCH, UNIT = "row", "match", "unit"


@dataclass(frozen=True)
class Line:
    """One line of a table, its cells by column."""

    table: Table
    row: Row

    def cell(self, column: str) -> Cell:
        return self.row.cells[self.table.position(column)]

    @cached_property
    def target(self) -> Target | None:
        """The line's target, when its table has one and it can be read."""
        place = self.table.place_of("target")
        found = read_target(str(self.row.cells[place] or "")) if place is not None else None
        return found if isinstance(found, Target) else None

    def value(self, column: str) -> Scalar:
        """What a formula reads. Raises Missing for an empty cell, Undefined where a number is wanted and is none."""
        if column == UNIT and column not in (c.id for c in self.table.columns):
            return self.target.unit if self.target else ""
        cell = self.cell(column)
        if cell is None or cell == "":
            raise Missing((f"{ROW}.{column}",))
        if isinstance(cell, Decimal):
            return Fraction(cell)
        spec = self.table.columns[self.table.position(column)]
        if spec.type == "target":
            return _number(self.target)
        return self._in_unit(cell) if spec.type in ("actual", "earlier") else cell

    def _in_unit(self, text: str) -> Fraction:
        """A value beside the target, in the target's unit."""
        found = quantity(text)
        unit = self.target.unit if self.target else ""
        number = None if found is None else converted(found.number, found.unit or unit, unit or found.unit)
        if number is None:
            raise Undefined(f"{text} 不是数")
        return Fraction(number)

    def text(self, column: str) -> str:
        cell = self.cell(column)
        return "" if cell is None else str(cell)


def _number(target: Target | None) -> Fraction:
    """The number a target names; a range names two, and words none."""
    found = {n for n in (target.low, target.high) if n is not None} if target else set()
    if len(found) != 1:
        raise Undefined("指标值不是一个数")
    return Fraction(found.pop())


@dataclass(frozen=True)
class RowFacts:
    """The figures of a filing with one line of a table called `row`, its match, and all lines that count."""

    figures: Facts
    lines: tuple["RowFacts", ...] = ()
    row: Line | None = None
    match: Line | None = None

    def scalar(self, name: str) -> Scalar:
        table, _, column = name.partition(".")
        if table not in (ROW, MATCH):
            return self.figures.scalar(name)
        line = self.row if table == ROW else self.match
        if line is None:
            raise Undefined("没有对应的一行")
        return line.value(column)

    def column(self, name: str) -> tuple[Fraction, ...]:
        if name.partition(".")[0] != ROW:
            return self.figures.column(name)
        return tuple(v for line in self.lines if (v := line.figure(name)) is not None)

    def count(self, name: str) -> int:
        return len(self.lines) if name == ROW else self.figures.count(name)

    def figure(self, name: str) -> Fraction | None:
        """A number of this line; None where there is none."""
        try:
            value = self.scalar(name)
        except (Missing, Undefined):
            return None
        return value if isinstance(value, Fraction) else None


@dataclass(frozen=True)
class World:
    """One case of a declared check: the facts it is decided by, and the names that its sentence may use."""

    facts: Facts
    names: Mapping[str, str] = field(default_factory=dict)

    def said(self, sentence: str) -> str:
        """The sentence with {row.name} and the like filled in."""
        for name, text in self.names.items():
            sentence = sentence.replace(f"{{{name}}}", text)
        return sentence


def worlds(form: Form, check: Check, figures: Figures) -> Iterator[World]:
    """The cases of a check: one, or for a check over a table one for every line (or one for all lines together)."""
    if not check.each:
        yield World(figures)
        return
    try:
        lines = [RowFacts(figures, row=Line(_table(form, check.each), r)) for r in figures.rows(check.each)]
        matches = _matches(form, check, figures)
    except (Missing, Inapplicable):
        return
    counted = []
    for one in lines:
        assert one.row is not None
        matched = RowFacts(figures, row=one.row, match=_match(check, one.row, matches))
        if not check.where or _holds(check.where, matched):
            counted.append(matched)
    if any(name.partition(".")[0] == ROW for name in parse(check.that).tables):
        yield World(RowFacts(figures, tuple(counted)))
        return
    for matched in counted:
        yield World(matched, _names(ROW, matched.row) | _names(MATCH, matched.match))


def _table(form: Form, item: str) -> Table:
    table = form.items[item]
    assert isinstance(table, Table)
    return table


def _matches(form: Form, check: Check, figures: Figures) -> list[Line]:
    if check.match is None:
        return []
    return [Line(_table(form, check.match.table), row) for row in figures.rows(check.match.table)]


def _match(check: Check, row: Line, candidates: list[Line]) -> Line | None:
    """The line whose words stand in this one; the longest, where several do."""
    if check.match is None:
        return None
    place, column = row.text(check.match.within), check.match.column
    found = [c for c in candidates if c.text(column) and c.text(column) in place]
    return max(found, key=lambda c: len(c.text(column)), default=None)


def _holds(condition: str, facts: RowFacts) -> bool:
    try:
        return parse(condition).holds(facts)
    except (Missing, Inapplicable, Undefined):
        return False


def _names(kind: str, line: Line | None) -> dict[str, str]:
    return {f"{kind}.{c.id}": line.text(c.id) for c in line.table.columns} if line else {}
