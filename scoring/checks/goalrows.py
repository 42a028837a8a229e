"""The lines of a table of goals as checks look at them: one GoalRow each, whatever table they come from.

Not here: what is checked (goals.py for what was reached, declarations.py for what is promised).
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scoring.answersfiles.printed import Printed, number_in
from scoring.columns import ColumnType, Rows
from scoring.goals.attainment import Assessment
from scoring.goals.lines import assessed, block_points, cell_of, name_of, shares
from scoring.goals.targets import Target, read_target
from scoring.numbers import Rounding, plain
from scoring.values import Row
from scoring.wording import quoted


@dataclass(frozen=True, slots=True)
class GoalRow:
    """One line: texts as they are kept, None where a cell is open or the table has no such column, "" where it is empty.

    `block` is the 分值 that stands on the line, for it and those that share it; None while it is open and on those that
    share the one above (`shared`). `earned`: the points of that block, exact. `stated`: those a finished filing prints.
    `earlier`: values of the years before, oldest first, with the label of their column. `assessment`: what the line is
    worth, where it was reached. `kind`: what is chosen in the line, which names it while it has no name.
    """

    number: int
    name: str
    target: str | None
    actual: str | None = None
    block: Decimal | None = None
    shared: bool = False
    earned: Fraction | None = None
    stated: Decimal | None = None
    note: str | None = None
    earlier: tuple[tuple[str, str], ...] = ()
    assessment: Assessment | None = None
    kind: str = ""
    rounding: Rounding = "half_up"

    @property
    def title(self) -> str:
        """How a finding names it."""
        if self.name:
            return quoted(self.name)
        return f"第 {self.number} 行（{self.kind}）" if self.kind else f"第 {self.number} 行"

    @property
    def wanted(self) -> Target | None:
        """The target, where there is one that can be read."""
        found = read_target(self.target or "")
        return found if isinstance(found, Target) and found.counts else None


def goal_rows(item: Rows, rows: tuple[Row, ...], printed: Printed | None = None) -> tuple[GoalRow, ...]:
    """The lines of a table of the form; where a finished filing prints a cell otherwise, as it prints it."""
    made = []
    for n, (row, worth, whole) in enumerate(zip(rows, assessed(item, rows), block_points(item, rows), strict=True), 1):

        def said(kind: ColumnType, row: Row = row, n: int = n) -> str | None:
            place = item.place_of(kind)
            names = [kind] if place is None else [item.columns[place].id, kind]
            stated = next((s for name in names if printed and (s := printed.stated(f"{item.id}.{n}.{name}")) is not None), None)
            cell = cell_of(item, row, kind)
            return stated if stated is not None else None if cell is None else plain(cell) if isinstance(cell, Decimal) else cell

        weight = said("weight")
        points = said("points") if printed else None
        made.append(
            GoalRow(
                n,
                name_of(item, row),
                said("target"),
                said("actual"),
                number_in(weight) if weight else None,
                n > 1 and shares(item, row),
                whole if isinstance(whole, Fraction) else None,
                number_in(points) if points else None,
                said("note"),
                tuple((item.columns[k].label, c) for k in item.earlier if isinstance(c := row.cells[k], str) and c),
                worth,
                _kind(item, row),
                item.attainment.rounding if item.attainment else "half_up",
            )
        )
    return tuple(made)


def _kind(item: Rows, row: Row) -> str:
    """What is chosen in the line, where something is: 生态效益指标."""
    chosen = (cell for column, cell in zip(item.columns, row.cells, strict=True) if column.type == "choice" and cell)
    return next((c for c in chosen if isinstance(c, str)), "")


_FIGURE = re.compile(r"\s*[=＝≥≤＞＜<>]?\s*[\d.,]+\s*[%％]?\s*")


def is_figure(name: str) -> bool:
    """Whether what stands in place of a name is a number: 三级指标 100%."""
    return _FIGURE.fullmatch(name) is not None


def same_words(one: str, other: str) -> bool:
    """Whether two texts say the same but for punctuation and spaces."""
    return _words(one) == _words(other)


def _words(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text))


def listed(names: Iterable[str], most: int = 5) -> str:
    """Names in a sentence, the first few of many: 甲、乙等 7 项."""
    names = list(names)
    return "、".join(names) if len(names) <= most else f"{'、'.join(names[:most])}等 {len(names)} 项"
