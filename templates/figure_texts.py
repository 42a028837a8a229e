"""The figures, sentences and rows of a filing as text: a gap where an answer is missing, a mark where it is rough.

Text and tables print the same figure because both ask here. Not here: scores and the unit (facts.py).
"""

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from scoring.answers import Answer, Answers
from scoring.asked import is_asked
from scoring.cells import Place, open_places, rows_in
from scoring.columns import Column, Rows, Survey, Table
from scoring.errors import ZipingError
from scoring.form import Form
from scoring.formula import Inapplicable, Missing, Undefined
from scoring.goals.lines import assessed
from scoring.goals.printing import row_points
from scoring.numbers import percent, plain
from scoring.reading import shown
from scoring.survey import survey_figures
from scoring.values import Cell, ManualScore, Row, Value
from templates.wordxml import GAP_CLOSES, gap, one_line

NOTHING = "无"
DASH = "—"
CLOSED = ("！", "？", "!", "?", "…", GAP_CLOSES)
PROVISIONAL = "（暂估）"


class UnknownName(ZipingError):
    """A report names an item, column or figure that its form does not have."""


class FigureTexts:
    """The answers of a filing as text. `whose`: what its gaps are called in the document of another filing."""

    def __init__(self, form: Form, answers: Answers, whose: str = "") -> None:
        self.form = form
        self.whose = whose
        self.answers = answers
        self.figures = form.figures(answers)

    def text(self, name: str, nothing: str = NOTHING) -> str:
        """A figure or an answer as it stands in a sentence, without its unit (a percentage has its %)."""
        item_id, _, column = name.partition(".")
        if item_id in self.form.computed:
            return self._number(name, nothing)
        item = self.form.items.get(item_id)
        if item is None:
            raise UnknownName(f"报告用了 {name}，表里没有这个数据项")
        answer = self.answers.get(item_id)
        if not is_asked(self.form, item, self.answers) or (answer is not None and answer.state == "not_applicable"):
            return nothing
        if answer is None or answer.value is None:
            return nothing if item.optional else self.open(item_id)
        if answer.value == ():
            return nothing
        if isinstance(item, Survey) and column in survey_figures(item):
            found = self.fraction(name)
            return found if isinstance(found, str) else plain(found, 2) + self.mark(item_id)
        if column:
            return self._cell_of(item_id, column, answer, nothing)
        return self._shown(item_id, answer.value) + (PROVISIONAL if answer.provisional else "")

    def within(self, name: str, nothing: str = NOTHING) -> str:
        """As `text`, for the middle of a sentence: without the full stop that people like to put."""
        return re.sub(r"^\w{0,8}主要包括[：:]?", "", self.text(name, nothing)).rstrip("。；;，,.、 ")

    def sentence(self, name: str, nothing: str = "无。") -> str:
        """As `text`, closed with a full stop where it is not closed yet."""
        text = self.text(name, nothing).rstrip("。；;，,.、 ")
        return text if text.endswith(CLOSED) else f"{text}。"

    def reason(self, name: str) -> str:
        """Why the filler gave these points, for the middle of a sentence."""
        answer = self.answers.get(name)
        if answer is not None and isinstance(answer.value, ManualScore):
            return one_line(answer.value.reason).rstrip("。；;，,.、 ")
        return self.text(name)

    def cell(self, name: str) -> str:
        """As `text`, for a table: a dash where there is nothing."""
        return self.text(name, DASH)

    def _shown(self, item_id: str, value: Value) -> str:
        item = self.form.items[item_id]
        if isinstance(value, Decimal):
            return plain(value) + ("%" if item.type == "percent" else "")
        if isinstance(value, ManualScore):
            return one_line(f"{plain(value.points)} 分，{value.reason}")
        return one_line(shown(item, value))

    def _cell_of(self, item_id: str, column: str, answer: Answer, nothing: str) -> str:
        item = self.form.items[item_id]
        if not isinstance(item, Table) or not isinstance(answer.value, Row) or column not in (c.id for c in item.columns):
            raise UnknownName(f"报告用了 {item_id}.{column}，表里没有这一格")
        value = answer.value.cells[item.position(column)]
        if value is None:
            return nothing if item.columns[item.position(column)].optional else self.open(item_id)
        if value == "":
            return nothing
        return (value if isinstance(value, str) else plain(value)) + (PROVISIONAL if answer.provisional else "")

    def _number(self, computed: str, nothing: str) -> str:
        spec = self.form.computed[computed]
        value = self.fraction(computed)
        if isinstance(value, str):
            return value or nothing
        mark = PROVISIONAL if self.any_provisional(self.form.resolve(computed)) else ""
        return (f"{plain(value, spec.places)}%" if spec.unit == "%" else exact(value, spec.places)) + mark

    def fraction(self, name: str) -> Fraction | str:
        """The exact figure; else a gap, or an empty text where there is nothing to compute."""
        try:
            value = self.figures.scalar(name)
        except Missing as missing:
            return self.open(missing.names[0])
        except (Inapplicable, Undefined):
            return ""
        if not isinstance(value, Fraction):
            raise UnknownName(f"报告把 {name} 当数用，它不是数")
        return value

    def open(self, name: str) -> str:
        """The gap of a question."""
        return self.gap(self.number_of(name))

    def gap(self, number: int) -> str:
        """The gap with this number."""
        return gap(number, self.whose)

    def number_of(self, name: str) -> int:
        """The question behind an item, a column or a computed figure; 0 when there is none."""
        item = name.partition(".")[0]
        if item in self.form.computed:
            unanswered = [i for i in self.form.resolve(item) if i in self.form.numbers and i not in self.answers]
            item = unanswered[0] if unanswered else next((i for i in self.form.resolve(item) if i in self.form.numbers), "")
        return self.form.numbers.get(item, 0)

    def mark(self, *items: str) -> str:
        """（暂估） where one of these answers is provisional."""
        return PROVISIONAL if self.any_provisional(items) else ""

    def any_provisional(self, items: Sequence[str]) -> bool:
        return any(i in self.answers and self.answers[i].provisional for i in items)

    def holds(self, formula: str) -> bool:
        """Whether a condition over the figures holds; not while something it needs is missing."""
        return self.figures.holds(formula)

    def rows(self, item_id: str) -> list[dict[str, str]]:
        """The lines of a table, each a mapping from column to text; none when it does not apply."""
        item = self.form.items.get(item_id)
        if not isinstance(item, Table):
            raise UnknownName(f"报告用了 {item_id} 的明细，它不是一张表")
        answer = self.answers.get(item_id)
        if answer is None or not answer.given or not is_asked(self.form, item, self.answers):
            return []
        rows = rows_in(answer.value)
        open_cells = set(open_places(item, rows))
        judged = self._judged(item, rows) if isinstance(item, Rows) and item.attainment else [{}] * len(rows)
        made = []
        for n, (row, points) in enumerate(zip(rows, judged, strict=True)):
            cells: dict[str, str] = {}
            for k, (column, value) in enumerate(zip(item.columns, row.cells, strict=True)):
                mark = PROVISIONAL if answer.provisional and is_figure(column, value) else ""
                if value is None:
                    cells[column.id] = self.open(item_id) if Place(n, k) in open_cells else ""
                else:
                    cells[column.id] = (one_line(value) if isinstance(value, str) else plain(value)) + mark
            made.append(cells | points)
        return made

    def _judged(self, item: Rows, rows: tuple[Row, ...]) -> list[dict[str, str]]:
        """What each line of goals has earned: its points (the first line of a block that shares a 分值 tells them all),
        why, and how far the target was reached (完成率, empty for words); a gap while something is open."""
        mark = PROVISIONAL if self.any_provisional([item.id]) else ""
        made = []
        for judged, first in zip(assessed(item, rows), row_points(self.form, item, self.answers), strict=True):
            told = "" if first is None else self.open(item.id) if first == "open" else plain(first) + mark
            reached = judged.completion if judged else None
            made.append(
                {"得分": told, "理由": judged.why if judged else "", "完成率": "" if reached is None else percent(reached) + mark}
            )
        return made

    def row_sums(self, item_id: str, columns: Sequence[str]) -> list[str]:
        """For each line of a table the sum of these columns, exact; a gap where a cell of it is still open."""
        item = self.form.items.get(item_id)
        if not isinstance(item, Table) or not set(columns) <= {c.id for c in item.columns}:
            raise UnknownName(f"报告用了 {item_id} 的行合计，它不是一张表，或没有这几列")
        answer = self.answers.get(item_id)
        if not self.rows(item_id) or answer is None or not isinstance(answer.value, tuple):
            return []
        places = [item.position(c) for c in columns]
        mark = PROVISIONAL if answer.provisional else ""
        made = []
        for row in answer.value:
            assert isinstance(row, Row)
            cells = [row.cells[p] for p in places]
            missing = any(c is None and not item.columns[p].optional for c, p in zip(cells, places, strict=True))
            total = sum((Fraction(c) for c in cells if isinstance(c, Decimal)), Fraction(0))
            made.append(self.open(item_id) if missing else exact(total, 2) + mark)
        return made


def is_figure(column: Column, value: Cell) -> bool:
    """Whether a cell is a figure that can be provisional: one that was measured, not a target and not a weight."""
    if isinstance(value, str):
        return column.type == "actual" and any(c.isdecimal() for c in value)
    return isinstance(value, Decimal) and column.type != "weight"


def exact(value: Fraction, places: int) -> str:
    """The figure in full where it ends within six decimals, so that a total equals its printed parts; else rounded."""
    return plain(value, 6) if (value * 10**6).denominator == 1 else plain(value, places)
