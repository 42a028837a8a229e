"""A table that is asked piece by piece: which piece is asked now, in which words, with which buttons.

The piece follows from the cells there are; only a cell that the person wants to change is kept in the conversation.
Not here: what an answer does to the table (rowgroups), or the question around it (asking.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from dialogs.showing import Row, wrapped
from scoring.answers import Answers
from scoring.cells import WHEN_NEEDED, Place, lines_of, next_place, open_places
from scoring.columns import Column, Rows, Survey
from scoring.form import Form
from scoring.goals.attainment import Assessment
from scoring.goals.lines import assessed, cell_of, shares_above, tier_names
from scoring.goals.printing import row_points
from scoring.items import Item
from scoring.numbers import plain
from scoring.reading.read import shown_cell
from scoring.survey import COUNT_LABELS, shown_counts, shown_ticks
from scoring.values import Row as TableRow
from scoring.wording import quoted
from templates import labels

SHOWN = 8  # lines of a long table that stand in the question
MOST_BUTTONS = 12  # options that stand as buttons; more are listed, and typed
COLUMN_HINTS = {
    "target": "指标值可以写 ≥98%、2.4--2.5万人、100%、2024年12月底前，也可以写文字，例如：稳步提升",
    "earlier": "写当年实际达到的数或情况，不带“≥”；那年还没有的发“无”",
    "actual": "写实际达到的数，不带“≥”；指标值是文字的，就写实际情况",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """What is asked just now inside a table, and the buttons that answer it."""

    text: str
    buttons: tuple[Row, ...] = ()


def is_piecewise(item: Item) -> bool:
    """Whether the item is asked piece by piece."""
    return isinstance(item, Survey) or (isinstance(item, Rows) and item.asks == "cells")


def current_place(item: Rows, rows: tuple[TableRow, ...], wanted: Sequence[int] | None) -> Place | None:
    """The cell in question: the one to be changed, else the first open one."""
    if wanted and wanted[0] < len(rows) and wanted[1] < len(item.columns):
        return Place(wanted[0], wanted[1])
    return next_place(item, rows)


def piece(item: Item, rows: tuple[TableRow, ...], wanted: Sequence[int] | None) -> Piece:
    """What is asked just now. `wanted`: line and column of a cell that is to be changed."""
    if isinstance(item, Survey):
        return _of_survey(item, rows, wanted)
    assert isinstance(item, Rows)
    place = current_place(item, rows, wanted)
    if place is None:
        first = item.columns[0]
        if not rows:
            return Piece(f"先发第 1 行的{first.label}。{_hint(first)}", _options(item, first, rows, 0))
        more = f"还有的话，接着发第 {len(rows) + 1} 行的{first.label}；没有了点“完成”。"
        return Piece("\n".join([more, *_unshared(item, rows)]), _options(item, first, rows, len(rows)))
    column = item.columns[place.column]
    row = rows[place.row]
    now = f"（现在：{shown_cell(row.cells[place.column])}）" if wanted and row.cells[place.column] is not None else ""
    text = f"第 {place.row + 1} 行{_named(item, row)}：{column.label}？{now}"
    years = len(earlier_places(item, rows, place))
    together = "几年的可以一起发，例如：97% 99%" if years > 1 else ""
    details = [_reason(item, rows, place), _hint(column), together, _left(item, rows, column), column.help]
    return Piece("\n".join([text, *(d for d in details if d)]), _options(item, column, rows, place.row))


def cell_before(item: Rows, rows: tuple[TableRow, ...], place: Place | None) -> tuple[int, int] | None:
    """The cell answered before this one in its line, or at the end of the line before; None at the very beginning."""
    row, column = (place.row, place.column) if place else (len(rows), 0)
    before = [(row, n) for n in range(column)] + ([] if column else [(row - 1, n) for n in range(len(item.columns)) if row])
    judged = assessed(item, rows)
    meant = [p for p in before if is_meant(item, item.columns[p[1]], rows[p[0]].cells[p[1]], judged[p[0]])]
    return meant[-1] if meant else None


def is_meant(item: Rows, column: Column, cell: object, judged: Assessment | None) -> bool:
    """Whether a cell of a line says something: tier, points and note only where the line needs them or has them."""
    return cell not in (None, "") or column.type not in WHEN_NEEDED or (judged is not None and column.type in judged.asks)


def counted(item: Item, rows: tuple[TableRow, ...]) -> str:
    """How much of a table there is: 3 行; of a questionnaire: 2 / 10 题."""
    return f"{max(0, len(rows) - 1)} / {len(item.questions)} 题" if isinstance(item, Survey) else f"{len(rows)} 行"


def earlier_places(item: Rows, rows: tuple[TableRow, ...], place: Place) -> tuple[Place, ...]:
    """The values of years gone by that are open in the line of this cell; none when this cell is not one of them."""
    here = tuple(p for p in open_places(item, rows) if p.row == place.row and p.column in item.earlier)
    return here if place in here else ()


def _named(item: Rows, row: TableRow) -> str:
    """The words that tell a line from the others."""
    name = row.cells[item.naming] if item.naming is not None else None
    return quoted(str(name)) if name else ""


def _reason(item: Rows, rows: tuple[TableRow, ...], place: Place) -> str:
    """Why tier, points or a note are asked for."""
    judged = assessed(item, rows)[place.row]
    kind = item.columns[place.column].type
    if judged is None or kind not in ("tier", "points", "note"):
        return ""
    if kind == "points":
        return f"{judged.why}，请在 {judged.inside}自评。"
    return (
        f"{judged.note_for}，请写明偏差原因和改进措施{f'（差多少也写上：{judged.gap}）' if judged.gap else ''}。"
        if kind == "note"
        else ""
    )


def _hint(column: Column) -> str:
    if len(column.options) > MOST_BUTTONS:
        return f"请发其中一个：{'、'.join(column.options)}"
    if column.good:
        return f"例如：{column.good}"
    if column.type in COLUMN_HINTS:
        return COLUMN_HINTS[column.type]
    if column.type in ("weight", "points"):
        return ""  # 分, as the label says
    unit = column.unit or ("万元" if column.type == "money" else "")
    return f"（单位：{unit}）" if unit else ""


def _left(item: Rows, rows: tuple[TableRow, ...], column: Column) -> str:
    """How much of the 分值 is not given out yet."""
    if column.type != "weight" or item.weight is None:
        return ""
    return f"各行分值合计应是 {plain(item.weight)} 分，{_rest(Fraction(item.weight) - _given(item, rows))}。"


def _unshared(item: Rows, rows: tuple[TableRow, ...]) -> list[str]:
    """A word about the 分值 while the complete lines do not add up to what they should."""
    if item.weight is None or item.place_of("weight") is None or _given(item, rows) == item.weight:
        return []
    return [f"分值合计应是 {plain(item.weight)} 分，{_rest(Fraction(item.weight) - _given(item, rows))}。"]


def _given(item: Rows, rows: tuple[TableRow, ...]) -> Fraction:
    return sum((Fraction(c) for r in rows if isinstance(c := cell_of(item, r, "weight"), Decimal)), Fraction(0))


def _rest(left: Fraction) -> str:
    return f"还剩 {plain(left)} 分没有分" if left >= 0 else f"已经多了 {plain(-left)} 分"


def options_of(item: Rows, column: Column) -> tuple[str, ...]:
    """The words a cell is chosen from."""
    if column.type == "tier":
        return tier_names(item)
    return column.options


def _options(item: Rows, column: Column, rows: tuple[TableRow, ...], row: int) -> tuple[Row, ...]:
    options = [(text, f"word:{n}") for n, text in enumerate(options_of(item, column))]
    options = options if len(options) <= MOST_BUTTONS else []
    width = 2 if all(len(text) <= 8 for text, _ in options) else 1
    none = [[(labels.NOTHING, "word:none")]] if column.optional or column.type == "earlier" else []
    if column.type == "weight" and shares_above(item, rows, row):
        none = [[(labels.SHARED, "word:none")]]
    return (*wrapped(options, width), *none)


def _of_survey(item: Survey, rows: tuple[TableRow, ...], wanted: Sequence[int] | None) -> Piece:
    n = wanted[0] if wanted and wanted[0] <= len(item.questions) else len(rows)
    if n == 0:
        now = f"（现在：{shown_counts(rows[0])}）" if rows else ""
        return Piece("先发三个数：" + "、".join(COUNT_LABELS) + f"的份数，例如：50 50 48{now}")
    if n > len(item.questions):
        return Piece("问卷都填好了。要改哪一题，发“改 3”；没有要改的点“完成”。")
    question = item.questions[n - 1]
    now = f"\n现在：{shown_ticks(rows[n])}" if n < len(rows) else ""
    return Piece(
        f"问卷第 {n} / {len(item.questions)} 题　{question.text}\n依次发各选项的份数：{'、'.join(question.options)}{now}"
    )


def listed(form: Form, item: Item, answers: Answers, wanted: Sequence[int] | None = None) -> list[str]:
    """The lines there are, of a long table those around the line in question, else the last; with what they have earned."""
    answer = answers.get(item.id)
    rows = lines_of(answer)
    if isinstance(item, Survey):
        said = [shown_counts(r) if n == 0 else f"第 {n} 题 {shown_ticks(r)}" for n, r in enumerate(rows)]
        return said if len(said) <= SHOWN else [said[0], f"（前面 {len(said) - SHOWN} 题略）", *said[1 - SHOWN :]]
    assert isinstance(item, Rows)
    earned = row_points(form, item, answers)
    lines = [
        f"{n}. " + "　".join(shown_cell(c) for c in row.cells if c is not None and c != "") + _points(earned[n - 1])
        for n, row in enumerate(rows, 1)
    ]
    place = current_place(item, rows, wanted)
    first = max(0, min(len(lines), place.row + 1 + SHOWN // 2 if place else len(lines)) - SHOWN)
    behind = len(lines) - first - SHOWN
    before = [f"（前面 {first} 行略，全部的点“改某一行”看）"] if first else []
    return [*before, *lines[first : first + SHOWN], *([f"（后面还有 {behind} 行）"] if behind > 0 else [])]


def _points(points: object) -> str:
    return f"　→ {plain(points)} 分" if isinstance(points, Decimal) else ""
