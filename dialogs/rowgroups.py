"""Tables that are asked piece by piece: what is typed or tapped goes into the next open cell, or the chosen one.

Lines can be added, pasted, changed, moved, removed, taken from the form, from last year or from another table.
Every cell is stored at once. Not here: which piece is asked and how (pieces.py).
"""

import re
from decimal import Decimal

from dialogs.answering import is_rough, remove_rows, rows_of
from dialogs.asking import ask, ask_next
from dialogs.conversation import Screen
from dialogs.packing import packed
from dialogs.pieces import current_place, earlier_places, options_of
from dialogs.scene import Outcome, Scene
from dialogs.scores import remarks
from dialogs.showing import show, wrapped
from scoring.answers import given
from scoring.cells import Place, open_places, rows_in
from scoring.columns import Column, Rows, Survey
from scoring.goals.actuals import NotAnActual, read_actual
from scoring.goals.lines import assessed
from scoring.items import Item
from scoring.numbers import plain
from scoring.reading import Ambiguous, NotUnderstood, Understood
from scoring.reading.cells import read_any_cell
from scoring.reading.read import shown_cell
from scoring.reading.surveys import fitting, read_survey
from scoring.reading.tables import read_rows
from scoring.values import Cell
from scoring.values import Row as TableRow
from scoring.wording import quoted
from templates import labels

EDIT = re.compile(r"(?:改|修改|编辑)\s*第?\s*(?P<row>\d{1,2})\s*[行题]?\s*(?P<rest>.*)", re.DOTALL)
MOVE = re.compile(r"(?:把)?第?\s*(?P<row>\d{1,2})\s*行?\s*(?:移到|挪到|放到|排到)\s*第?\s*(?P<to>\d{1,2})\s*行?")
REMOVE = re.compile(r"(?:删|删除|删掉|去掉)\s*第?\s*(?P<row>\d{1,2})\s*行?|清空|重新填|重填|全删|全部删掉")
YEARS = re.compile(r"\s*[、；;|｜]\s*|\s+(?=[-\d无])")  # between the values of several years
DECIDING = ("target", "actual", "weight")  # columns whose change makes tier and points by hand void
THIS_YEAR = ("actual", "tier", "points", "note")  # what last year's line does not say about this year


def hear(scene: Scene, text: str) -> Outcome:
    """Typed text for the table on the screen."""
    item = scene.item
    if isinstance(item, Survey):
        return _hear_tallies(scene, item, text)
    assert isinstance(item, Rows)
    wanted = scene.conversation.pending.get("cell")
    if not wanted:
        if order := REMOVE.fullmatch(text.strip()):
            return remove_rows(scene, int(order["row"]) if order["row"] else None)
        if order := MOVE.fullmatch(text.strip()):
            return move(scene, int(order["row"]) - 1, int(order["to"]) - 1)
        if (order := EDIT.fullmatch(text.strip())) and int(order["row"]) <= len(rows_of(scene, item)):
            return _edit(scene, item, int(order["row"]) - 1, order["rest"].strip())
        if is_lines(text):
            return _add(scene, item, text)
    rows = rows_of(scene, item)
    place = current_place(item, rows, wanted)
    if place is None:
        return _begin_line(scene, item, text)
    return _put(scene, item, place, text)


def is_lines(text: str) -> bool:
    """Whether the text is lines of a table, its cells parted by tabs or strokes."""
    return all("\t" in line or "|" in line or "｜" in line for line in text.split("\n") if line.strip())


def _add(scene: Scene, item: Rows, text: str) -> Outcome:
    """Pasted lines behind those there are."""
    reading = read_rows(item, text)
    if not isinstance(reading, Understood):
        return ask(scene, item.id, reading.text if isinstance(reading, NotUnderstood) else reading.question)
    new = rows_in(reading.value)
    return _stored(scene, item, (*rows_of(scene, item), *new), f"已记 {len(new)} 行。", rough=reading.provisional)


def _begin_line(scene: Scene, item: Rows, text: str) -> Outcome:
    """The first cell of a new line."""
    reading = _read(item, (), Place(0, 0), text)
    if not isinstance(reading, Understood):
        return ask(scene, item.id, _asked_back(reading), brief=True)
    cells: tuple[Cell, ...] = (_cell(reading), *(None for _ in item.columns[1:]))
    return _stored(scene, item, (*rows_of(scene, item), TableRow(cells)), rough=reading.provisional)


def _put(scene: Scene, item: Rows, place: Place, text: str) -> Outcome:
    """Text into one cell."""
    rows, column = rows_of(scene, item), item.columns[place.column]
    if (filled := _years_at_once(item, rows, place, text)) is not None:
        said = "、".join(shown_cell(filled[place.row].cells[n] or labels.NOTHING) for n in item.earlier)
        return _stored(scene, item, filled, f"已记：{quoted(_line_name(item, filled[place.row]))}近年 {said}", at=place.row)
    reading = _read(item, rows, place, text)
    changing = scene.conversation.pending.get("cell")
    if not isinstance(reading, Understood):
        return ask(scene, item.id, _asked_back(reading), brief=True, cell=changing)
    value = _cell(reading)
    why = _out_of_range(item, rows, place, value)
    if why:
        return ask(scene, item.id, why, brief=True, cell=changing)
    changed = with_cell(item, rows, place, value)
    ack = f"已记：{column.label} {shown_cell(value) if value != '' else labels.NOTHING}"
    return _stored(scene, item, changed, ack, at=place.row, rough=reading.provisional)


def _years_at_once(item: Rows, rows: tuple[TableRow, ...], place: Place, text: str) -> tuple[TableRow, ...] | None:
    """`97% 99%`: the values of all the years gone by that are open in a line; None when the text is not so many values."""
    wanted = earlier_places(item, rows, place)
    parts = next((p for p in (YEARS.split(text.strip()), text.split()) if len(p) == len(wanted) > 1), [])
    if not parts:
        return None
    for each, part in zip(wanted, parts, strict=True):
        reading = _read(item, rows, each, part)
        if not isinstance(reading, Understood):
            return None
        rows = with_cell(item, rows, each, _cell(reading))
    return rows


def _line_name(item: Rows, row: TableRow) -> str:
    return str(row.cells[item.naming] or "") if item.naming is not None else ""


def _read(item: Rows, rows: tuple[TableRow, ...], place: Place, text: str) -> Understood | NotUnderstood | Ambiguous:
    at = item.place_of("target")
    target = rows[place.row].cells[at] if rows and at is not None else ""
    column = item.columns[place.column]
    return read_any_cell(column, text, target if isinstance(target, str) else "", options_of(item, column))


def _cell(reading: Understood) -> Cell:
    assert isinstance(reading.value, Decimal | str), "cells are figures or words"
    return reading.value


def _asked_back(reading: NotUnderstood | Ambiguous) -> str:
    return reading.text if isinstance(reading, NotUnderstood) else f"{reading.question}请把单位也写上再发一次。"


def _out_of_range(item: Rows, rows: tuple[TableRow, ...], place: Place, value: Cell) -> str:
    """Why points by hand cannot stand; empty when they can."""
    if item.columns[place.column].type != "points" or isinstance(value, str) or value is None:
        return ""
    judged = assessed(item, rows)[place.row]
    if judged is None or judged.allows(value):
        return ""
    return f"这一行的得分要在 {judged.range} 之内，收到的是 {plain(value)} 分。"


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


def _stored(
    scene: Scene, item: Item, rows: tuple[TableRow, ...], ack: str = "", *, at: int | None = None, rough: bool = False
) -> Outcome:
    """The table stored; a line that is now complete says what it earns. Between cells the table is not shown again."""
    assert isinstance(item, Rows | Survey)
    if isinstance(item, Rows) and len(rows) > item.max_rows:
        return ask(scene, item.id, f"这张表最多 {item.max_rows} 行，已经有 {len(rows_of(scene, item))} 行了。")
    old = scene.answers.get(item.id)
    scene = scene.answered(item.id, given(rows, provisional=rough or is_rough(scene, item)) if rows else None)
    now = scene.answers.get(item.id)
    undo = ({"item": item.id, "old": packed(old), "new": packed(now)},) if old is not None else ()
    scene = scene.turned(latest=item.id, undo=undo)
    left = open_places(item, rows) if isinstance(item, Rows) and at is not None else ()
    if isinstance(item, Rows) and at is not None and not any(p.row == at for p in left):
        judged = assessed(item, rows)[at]
        if judged is not None:
            ack = "\n".join([ack, f"第 {at + 1} 行：{judged.why}", *judged.notices])
    return ask(scene, item.id, ack, brief=bool(left))


def _edit(scene: Scene, item: Rows, row: int, rest: str) -> Outcome:
    """改 3, 改 3 实际完成值, 改 3 实际完成值 98%."""
    found = [(n, c) for n, c in enumerate(item.columns) if rest.startswith((f"的{c.label}", c.label))]
    if not found:
        return show_line(scene, row)
    n, column = max(found, key=lambda pair: len(pair[1].label))
    value = re.sub(r"^(?:改成|改为|为|是|：|:|\s)+", "", rest.removeprefix("的").removeprefix(column.label)).strip()
    if not value:
        return ask(scene, item.id, cell=(row, n))
    return _put(scene, item, Place(row, n), value)


def choose_line(scene: Scene) -> Outcome:
    """All lines, a button each."""
    item = scene.item
    rows = rows_of(scene, item)
    lines = [f"{n}. " + "　".join(shown_cell(c) for c in r.cells if c is not None and c != "") for n, r in enumerate(rows, 1)]
    buttons = [(str(n), f"line:{n - 1}") for n in range(1, len(rows) + 1)]
    text = "要改哪一行？\n" + "\n".join(lines)
    return show(scene, text, [*wrapped(buttons, 6), [(labels.BACK_TO_TABLE, "table")]], screen=Screen.QUESTION, item=item.id)


def show_line(scene: Scene, row: int) -> Outcome:
    """One line upright, a button for every cell, and those that move or remove it."""
    item = scene.item
    assert isinstance(item, Rows)
    rows = rows_of(scene, item)
    if not 0 <= row < len(rows):
        return ask(scene, item.id, f"没有第 {row + 1} 行，现在一共 {len(rows)} 行。")
    cells = [f"{c.label}：{shown_cell(v)}" for c, v in zip(item.columns, rows[row].cells, strict=True)]
    buttons = [(c.label, f"cell:{row}.{n}") for n, c in enumerate(item.columns)]
    below = [(labels.REMOVE_ROW, f"drop:{row}"), (labels.BACK_TO_TABLE, "table")]
    if row:
        below.insert(0, (labels.MOVE_UP, f"move:{row}.{row - 1}"))
    if row + 1 < len(rows):
        below.insert(0, (labels.MOVE_DOWN, f"move:{row}.{row + 1}"))
    text = f"第 {row + 1} 行\n" + "\n".join(cells) + "\n\n要改哪一格？"
    return show(scene, text, [*wrapped(buttons, 2), below], screen=Screen.QUESTION, item=item.id)


def change_cell(scene: Scene, argument: str) -> Outcome:
    """Ask for this cell anew."""
    row, _, column = argument.partition(".")
    return ask(scene, scene.item.id, cell=(int(row), int(column)))


def move(scene: Scene, row: int, to: int) -> Outcome:
    """A line to another place."""
    item = scene.item
    rows = list(rows_of(scene, item))
    if not (0 <= row < len(rows) and 0 <= to < len(rows)):
        return ask(scene, item.id, f"现在一共 {len(rows)} 行，没有这一行。")
    rows.insert(to, rows.pop(row))
    return _stored(scene, item, tuple(rows), f"第 {row + 1} 行移到了第 {to + 1} 行。")


def tap_word(scene: Scene, argument: str) -> Outcome:
    """A button that stands for the words of a cell."""
    item = scene.item
    assert isinstance(item, Rows)
    rows = rows_of(scene, item)
    place = current_place(item, rows, scene.conversation.pending.get("cell"))
    column: Column = item.columns[place.column if place else 0]
    text = labels.NOTHING if argument == "none" else options_of(item, column)[int(argument)]
    return _put(scene, item, place, text) if place else _begin_line(scene, item, text)


def start_rows(scene: Scene) -> Outcome:
    """The lines that stand on the paper form."""
    item = scene.item
    assert isinstance(item, Rows)
    return _stored(scene, item, item.starting, f"表上的 {len(item.start)} 行放进来了，不一样的点“改某一行”改。")


def copy_rows(scene: Scene) -> Outcome:
    """The lines of another table of the form, column by column of the same id."""
    item = scene.item
    assert isinstance(item, Rows)
    other = scene.sheet.items.get(item.copies)
    rows = rows_of(scene, other) if isinstance(other, Rows) else ()
    if not isinstance(other, Rows) or not rows:
        return ask(scene, item.id, "那张表还没有填，没有可以抄的。")
    copied = completed(item, converted(other, item, rows))
    return _stored(scene, item, copied, f"从{quoted(other.label)}抄了 {len(rows)} 行，接着补空着的格。")


def completed(item: Rows, rows: tuple[TableRow, ...]) -> tuple[TableRow, ...]:
    """The lines with what is open in them taken from the line that stands on the form under the same words."""
    at = item.naming
    if at is None:
        return rows
    ready = {line.cells[at]: line for line in item.starting if line.cells[at]}
    own = [(row, ready.get(row.cells[at])) for row in rows]
    return tuple(
        row if start is None else TableRow(tuple(s if c is None else c for c, s in zip(row.cells, start.cells, strict=True)))
        for row, start in own
    )


def converted(before: Rows, now: Rows, rows: tuple[TableRow, ...], *, a_year_ago: bool = False) -> tuple[TableRow, ...]:
    """Lines of one table as lines of another: cells of columns with the same id and type; the others are open.

    `a_year_ago`: the lines are last year's; its results are not this year's, and its columns move on (`last_year`).
    """
    known = {c.id: (n, c.type) for n, c in enumerate(before.columns)}
    places: list[int | None] = []
    for column in now.columns:
        gone = a_year_ago and (column.type in THIS_YEAR or (column.type == "earlier" and not column.last_year))
        place, kind = known.get(column.last_year if a_year_ago and column.last_year else column.id, (None, ""))
        places.append(place if kind == column.type and not gone else None)
    return tuple(TableRow(tuple(None if p is None else r.cells[p] for p in places)) for r in rows)


def last_year_rows(scene: Scene, item: Rows) -> Outcome:
    """Last year's lines without what they say about last year's result."""
    before = (scene.prior_form or scene.sheet).items.get(item.last_year or item.id)
    answer = scene.prior.get(item.last_year or item.id)
    rows = rows_in(answer.value) if answer is not None and answer.given else ()
    if not isinstance(before, Rows) or not rows:
        return ask(scene, item.id, "没有找到上年的答案，麻烦填一下。")
    new = converted(before, item, rows, a_year_ago=True)
    return _stored(scene, item, new, f"沿用了上年的 {len(new)} 行，今年的数接着填。")


def finish(scene: Scene) -> Outcome:
    """The table is complete as it stands, or what is missing is named."""
    item = scene.item
    rows = rows_of(scene, item)
    if isinstance(item, Survey):
        return ask_next(scene, "问卷记好了。")
    assert isinstance(item, Rows)
    if len(rows) < item.min_rows:
        return ask(scene, item.id, f"这张表至少要 {item.min_rows} 行。")
    left = open_places(item, rows)
    if left:
        return ask(scene, item.id, f"还有 {len(left)} 格没有填；现在填不了的，点“跳过”，最后我再问。")
    if not rows and item.id not in scene.answers:
        scene = scene.answered(item.id, given(()))
    done = f"{quoted(item.label)}{len(rows)} 行，记好了。" if rows else f"{quoted(item.label)}没有，记下了。"
    return ask_next(scene, "\n".join([done, *(f"留意：{r}" for r in remarks(scene.sheet, (item.id,), scene.answers))]))


def _hear_tallies(scene: Scene, item: Survey, text: str) -> Outcome:
    """The three counts, the ticks of one question, or many lines at once."""
    rows = list(rows_of(scene, item))
    order = EDIT.fullmatch(text.strip())
    wanted = scene.conversation.pending.get("cell")
    if order and not order["rest"] and int(order["row"]) < len(rows):
        return ask(scene, item.id, cell=(int(order["row"]), 0))
    reading = read_survey(item, text)
    if not isinstance(reading, Understood):
        assert isinstance(reading, NotUnderstood)
        return ask(scene, item.id, reading.text, brief=True, cell=wanted)
    at = wanted[0] if wanted else len(rows)
    remarks: list[str] = []
    for row in rows_in(reading.value):
        if at > len(item.questions):
            return ask(scene, item.id, f"问卷一共 {len(item.questions)} 题，多出来的没有记。")
        why = fitting(item, at, row)
        if why:
            return ask(scene, item.id, why, brief=True, cell=wanted)
        rows[at : at + 1] = [row]
        remarks += _mismatch(at, row, rows)
        at += 1
    return _stored(scene, item, tuple(rows), "\n".join(["已记。", *remarks]))


def _mismatch(n: int, row: TableRow, rows: list[TableRow]) -> list[str]:
    """Ticks that do not add up to the valid questionnaires, told at once."""
    if n == 0:
        issued, returned, valid = row.cells
        fits = not any(isinstance(c, str) or c is None for c in row.cells) and valid <= returned <= issued  # type: ignore[operator]
        return [] if fits else ["有效不该多于收回，收回不该多于发放，请核对一下；要改发“改 0”。"]
    valid = rows[0].cells[2]
    ticks = sum(c for c in row.cells if not isinstance(c, str) and c is not None)
    if ticks == valid:
        return []
    return [f"第 {n} 题合计 {plain(ticks)} 份，有效问卷是 {shown_cell(valid)} 份，请核对一下；要改发“改 {n}”。"]


def table(scene: Scene) -> Outcome:
    """Back to the table as it stands."""
    return ask(scene, scene.item.id)
