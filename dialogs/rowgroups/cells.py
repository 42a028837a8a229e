"""One cell of a table on its way into the answers, and what its change makes void.

Not here: what typed text means (hearing.py), or whole lines (lines.py).
"""

import re
from decimal import Decimal

from dialogs.asking import ask
from dialogs.changing import undoable
from dialogs.linewise import is_rough, rows_of
from dialogs.pieces import earlier_places, options_of
from dialogs.scene import Outcome, Scene
from scoring.answers import given
from scoring.cells import Place, open_places
from scoring.columns import Rows
from scoring.goals.actuals import NotAnActual, read_actual
from scoring.goals.lines import assessed, cannot_be, shares_above
from scoring.numbers import plain
from scoring.reading import Ambiguous, NotUnderstood, Understood
from scoring.reading.cells import read_any_cell
from scoring.reading.read import shown_cell
from scoring.values import Cell
from scoring.values import Row as TableRow
from scoring.wording import quoted
from templates import labels

YEARS = re.compile(r"\s*[、；;|｜]\s*|\s+(?=[-\d无])")  # between the values of several years
DECIDING = ("target", "actual", "weight")  # columns whose change makes tier and points by hand void


def begin_line(scene: Scene, item: Rows, text: str) -> Outcome:
    """The first cell of a new line."""
    reading = read_cell(item, (), Place(0, 0), text)
    why = nameless(item, 0, text) or ("" if isinstance(reading, Understood) else asked_back(reading))
    if why or not isinstance(reading, Understood):
        return ask(scene, item.id, why, brief=True)
    cells: tuple[Cell, ...] = (_cell(reading), *(None for _ in item.columns[1:]))
    return stored(scene, item, (*rows_of(scene, item), TableRow(cells)), rough=reading.provisional)


def put(scene: Scene, item: Rows, place: Place, text: str) -> Outcome:
    """Text into one cell."""
    rows, column = rows_of(scene, item), item.columns[place.column]
    if (filled := _years_at_once(item, rows, place, text)) is not None:
        said = "、".join(shown_cell(filled[place.row].cells[n] or labels.NOTHING) for n in item.earlier)
        return stored(scene, item, filled, f"已记：{quoted(line_name(item, filled[place.row]))}近年 {said}", at=place.row)
    reading = read_cell(item, rows, place, text)
    changing = scene.conversation.pending.get("cell")
    if not isinstance(reading, Understood):
        return ask(scene, item.id, asked_back(reading), brief=True, cell=changing)
    value = _cell(reading)
    why = (
        nameless(item, place.column, text)
        or _nothing_to_share(item, rows, place, value)
        or _out_of_range(item, rows, place, value)
    )
    changed = with_cell(item, rows, place, value)
    wrong = cannot_be(item, changed[place.row]) if column.type in ("target", "actual") else None
    why = why or (wrong[1] if wrong else "")
    if why:
        return ask(scene, item.id, why, brief=True, cell=changing)
    ack = f"已记：{column.label} {said_cell(item, place.column, value)}"
    dropped = [
        f"{quoted(c.label)}原来是 {shown_cell(before)}，和新的{column.label}对不上，请重新定。"
        for n, (c, before) in enumerate(zip(item.columns, rows[place.row].cells, strict=True))
        if n != place.column and before not in (None, "") and changed[place.row].cells[n] is None
    ]
    return stored(scene, item, changed, "\n".join([ack, *dropped]), at=place.row, rough=reading.provisional)


def said_cell(item: Rows, column: int, value: Cell) -> str:
    """A cell as it is read back."""
    if value != "":
        return shown_cell(value)
    return labels.SHARED if item.columns[column].type == "weight" else labels.NOTHING


def _years_at_once(item: Rows, rows: tuple[TableRow, ...], place: Place, text: str) -> tuple[TableRow, ...] | None:
    """`97% 99%`: the values of all the years gone by that are open in a line; None when the text is not so many values."""
    wanted = earlier_places(item, rows, place)
    parts = next((p for p in (YEARS.split(text.strip()), text.split()) if len(p) == len(wanted) > 1), [])
    if not parts:
        return None
    for each, part in zip(wanted, parts, strict=True):
        reading = read_cell(item, rows, each, part)
        if not isinstance(reading, Understood):
            return None
        rows = with_cell(item, rows, each, _cell(reading))
    return rows


def line_name(item: Rows, row: TableRow) -> str:
    """The words that tell a line from the others; empty while they are open."""
    return str(row.cells[item.naming] or "") if item.naming is not None else ""


def read_cell(item: Rows, rows: tuple[TableRow, ...], place: Place, text: str) -> Understood | NotUnderstood | Ambiguous:
    """The cell that this text gives, held against the target of its line."""
    at = item.place_of("target")
    target = rows[place.row].cells[at] if rows and at is not None else ""
    column = item.columns[place.column]
    if column.type == "weight" and text.strip() == labels.SHARED:
        text = labels.NOTHING
    return read_any_cell(column, text, target if isinstance(target, str) else "", options_of(item, column))


def _cell(reading: Understood) -> Cell:
    assert isinstance(reading.value, Decimal | str), "cells are figures or words"
    return reading.value


def asked_back(reading: NotUnderstood | Ambiguous) -> str:
    """What to say to a cell that was not understood."""
    return reading.text if isinstance(reading, NotUnderstood) else f"{reading.question}请把单位也写上再发一次。"


def nameless(item: Rows, column: int, text: str) -> str:
    """Why this is no name of a line: a bare number was meant for something else. Empty when it may be one."""
    if column != item.naming or not re.fullmatch(r"[\d０-９\s.．]+", text):
        return ""
    label = item.columns[column].label
    return f"“{text.strip()}”只是一个数。这里要写{quoted(label)}的名称；要去别的题，先点“目录”再发题号。"


def _nothing_to_share(item: Rows, rows: tuple[TableRow, ...], place: Place, value: Cell) -> str:
    """Why an empty 分值 cannot stand; empty when it can."""
    if item.columns[place.column].type != "weight" or value != "" or shares_above(item, rows, place.row):
        return ""
    return "这一行上面没有可以合用分值的行，请写分值，例如：10"


def _out_of_range(item: Rows, rows: tuple[TableRow, ...], place: Place, value: Cell) -> str:
    """Why points by hand cannot stand; empty when they can."""
    if item.columns[place.column].type != "points" or isinstance(value, str) or value is None:
        return ""
    judged = assessed(item, rows)[place.row]
    if judged is None or judged.allows(value):
        return ""
    return f"这一行的得分要在 {judged.inside}，收到的是 {plain(value)} 分。"


def with_cell(item: Rows, rows: tuple[TableRow, ...], place: Place, value: Cell) -> tuple[TableRow, ...]:
    """The lines with one cell changed, and without what that change makes void: an actual value of another kind than
    the new target, a tier or points given by hand for other figures."""
    cells = list(rows[place.row].cells)
    kind, before = item.columns[place.column].type, cells[place.column]
    cells[place.column] = value
    if kind in DECIDING and before is not None and before != value:
        for at in (item.place_of("tier"), item.place_of("points")):
            if at is not None:
                cells[at] = None
    at = item.place_of("actual")
    if kind == "target" and at is not None and isinstance(actual := cells[at], str):
        fits = not isinstance(read_actual(actual, str(value)), NotAnActual)
        cells[at] = actual if fits else None
    return (*rows[: place.row], TableRow(tuple(cells)), *rows[place.row + 1 :])


def stored(
    scene: Scene, item: Rows, rows: tuple[TableRow, ...], ack: str = "", *, at: int | None = None, rough: bool = False
) -> Outcome:
    """The table stored; a line that is now complete says what it earns. Between cells the table is not shown again."""
    if len(rows) > item.max_rows:
        return ask(scene, item.id, f"这张表最多 {item.max_rows} 行，已经有 {len(rows_of(scene, item))} 行了。")
    old = scene.answers.get(item.id)
    scene = scene.answered(item.id, given(rows, provisional=rough or is_rough(scene, item)) if rows else None)
    scene = undoable(scene, item, old)
    left = open_places(item, rows) if at is not None else ()
    if at is not None and not any(p.row == at for p in left):
        judged = assessed(item, rows)[at]
        if judged is not None:
            ack = "\n".join([ack, f"第 {at + 1} 行：{judged.why}", *judged.notices])
    return ask(scene, item.id, ack, brief=bool(left))
