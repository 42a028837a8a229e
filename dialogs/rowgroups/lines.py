"""Lines of a table: all of them to choose from, one upright, changed, moved, and the table finished.

Not here: one cell (cells.py), lines that come from elsewhere (takeover.py).
"""

import re

from dialogs.asking import ask, ask_next
from dialogs.changing import undoable
from dialogs.conversation import Screen
from dialogs.linewise import rows_of
from dialogs.pieces import is_meant
from dialogs.rowgroups.cells import put, stored
from dialogs.scene import Outcome, Scene
from dialogs.scores import remarks
from dialogs.showing import show, wrapped
from scoring.answers import given
from scoring.cells import Place, is_complete, open_places
from scoring.columns import Rows, Survey
from scoring.goals.lines import assessed
from scoring.reading.read import shown_cell
from scoring.values import Row as TableRow
from scoring.wording import quoted
from templates import labels

ROOM = 3600  # characters of all lines, each with a button, in one message


def edit(scene: Scene, item: Rows, row: int, rest: str) -> Outcome:
    """改 3, 改 3 实际完成值, 改 3 实际完成值 98%."""
    rows = rows_of(scene, item)
    if not 0 <= row < len(rows):
        return no_such_line(scene, row)
    found = column_named(item, rest)
    if found is None:
        return show_line(scene, row)
    label = item.columns[found].label
    value = re.sub(r"^(?:改成|改为|为|是|：|:|\s)+", "", rest.removeprefix("的").removeprefix(label)).strip()
    return put(scene, item, Place(row, found), value) if value else ask(scene, item.id, cell=(row, found))


def column_named(item: Rows, rest: str) -> int | None:
    """The column whose label these words begin with."""
    found = [(len(c.label), n) for n, c in enumerate(item.columns) if rest.startswith((f"的{c.label}", c.label))]
    return max(found)[1] if found else None


def lines_named(item: Rows, rows: tuple[TableRow, ...], words: str) -> list[int]:
    """The lines whose name begins with these words."""
    at = item.naming
    return [] if at is None else [n for n, row in enumerate(rows) if str(row.cells[at] or "").startswith(words)]


def no_such_line(scene: Scene, row: int) -> Outcome:
    """The table has no line of this number."""
    count = len(rows_of(scene, scene.item))
    return ask(scene, scene.item.id, f"没有第 {row + 1} 行，现在一共 {count} 行。", brief=True)


def choose_line(scene: Scene) -> Outcome:
    """All lines, a button each."""
    item = scene.item
    rows = rows_of(scene, item)
    if not rows:
        return ask(scene, item.id, "这张表还没有行。", brief=True)
    whole = [f"{n}. " + "　".join(shown_cell(c) for c in r.cells if c is not None and c != "") for n, r in enumerate(rows, 1)]
    room = ROOM // len(whole)  # every line keeps its beginning, with its name
    lines = [line if len(line) <= room else f"{line[: room - 1]}…" for line in whole]
    buttons = [(str(n), f"line:{n - 1}") for n in range(1, len(rows) + 1)]
    text = "要改哪一行？\n" + "\n".join(lines)
    return show(scene, text, [*wrapped(buttons, 6), [(labels.BACK_TO_TABLE, "table")]], screen=Screen.QUESTION, item=item.id)


def show_line(scene: Scene, row: int) -> Outcome:
    """One line upright, a button for every cell that means something in it, and those that move or remove it."""
    item = scene.item
    assert isinstance(item, Rows)
    rows = rows_of(scene, item)
    if not 0 <= row < len(rows):
        return no_such_line(scene, row)
    judged = assessed(item, rows)[row]
    meant = [n for n, cell in enumerate(rows[row].cells) if is_meant(item, item.columns[n], cell, judged)]
    cells = [f"{item.columns[n].label}：{shown_cell(rows[row].cells[n])}" for n in meant]
    buttons = [(item.columns[n].label, f"cell:{row}.{n}") for n in meant]
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
    return ask(scene, scene.item.id, brief=True, cell=(int(row), int(column)))


def move(scene: Scene, row: int, to: int) -> Outcome:
    """A line to another place."""
    item = scene.item
    assert isinstance(item, Rows)
    rows = list(rows_of(scene, item))
    for place in (row, to):
        if not 0 <= place < len(rows):
            return no_such_line(scene, place)
    rows.insert(to, rows.pop(row))
    return stored(scene, item, tuple(rows), f"第 {row + 1} 行移到了第 {to + 1} 行。")


def finish(scene: Scene) -> Outcome:
    """The table is complete as it stands, or what is missing is named."""
    item = scene.item
    rows = rows_of(scene, item)
    if isinstance(item, Survey):
        answer = scene.answers.get(item.id)
        if answer is None or not is_complete(item, answer.value):
            return ask(scene, item.id, f"问卷还差 {len(item.questions) + 1 - max(1, len(rows))} 题；现在填不了的，点“跳过”。")
        return ask_next(scene, "问卷记好了。")
    assert isinstance(item, Rows)
    if len(rows) < item.min_rows:
        return ask(scene, item.id, f"这张表至少要 {item.min_rows} 行；现在填不了的，点“跳过”，最后我再问。", brief=True)
    left = open_places(item, rows)
    if left:
        return ask(scene, item.id, f"还有 {len(left)} 格没有填；现在填不了的，点“跳过”，最后我再问。")
    if not rows and item.id not in scene.answers:
        scene = undoable(scene.answered(item.id, given(())), item, None)
    done = f"{quoted(item.label)}{len(rows)} 行，记好了。" if rows else f"{quoted(item.label)}没有，记下了。"
    return ask_next(scene, "\n".join([done, *(f"留意：{r}" for r in remarks(scene.sheet, (item.id,), scene.answers))]))


def table(scene: Scene) -> Outcome:
    """Back to the table as it stands."""
    return ask(scene, scene.item.id)
