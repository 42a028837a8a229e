"""What is typed or tapped while a table is on the screen: an order, pasted lines, or the cell in question.

Not here: what a cell does to the table (cells.py), or how a questionnaire is heard (tallies.py).
"""

from dialogs.asking import ask
from dialogs.linewise import remove_rows, rows_of
from dialogs.pieces import cell_before, current_place, options_of
from dialogs.rowgroups import tallies
from dialogs.rowgroups.cells import begin_line, put, stored
from dialogs.rowgroups.lines import choose_line, column_named, edit, finish, lines_named, move, show_line, table
from dialogs.rowgroups.orders import BUTTONS, BY_NAME, EDIT, MOVE, REMOVE
from dialogs.scene import Outcome, Scene
from scoring.columns import Column, Rows, Survey
from scoring.reading import NotUnderstood
from scoring.reading.blocks import Block, as_line, is_lines, read_block
from scoring.typednumbers import is_none
from scoring.values import Row as TableRow
from scoring.wording import quoted
from templates import labels

TOLD = 6  # remarks on pasted lines that are told one by one


def hear(scene: Scene, text: str) -> Outcome:
    """Typed text for the table on the screen."""
    item = scene.item
    if isinstance(item, Survey):
        return tallies.hear(scene, item, text)
    assert isinstance(item, Rows)
    ordered = _order(scene, item, text.strip())
    if ordered is not None:
        return ordered
    wanted = scene.conversation.pending.get("cell")
    rows = rows_of(scene, item)
    place = current_place(item, rows, wanted)
    if not wanted and is_lines(text):
        return _add(scene, item, text)
    if place is not None:
        return put(scene, item, place, text)
    if is_none(text):
        return finish(scene)
    line = as_line(item, text)
    return _add(scene, item, line) if line else begin_line(scene, item, text)


def _order(scene: Scene, item: Rows, text: str) -> Outcome | None:
    """The outcome of words that change the table; None when they are something else."""
    if order := REMOVE.fullmatch(text):
        return remove_rows(scene, int(order["row"]) if order["row"] else None)
    if order := MOVE.fullmatch(text):
        return move(scene, int(order["row"]) - 1, int(order["to"]) - 1)
    order = EDIT.fullmatch(text)
    if order and (not order["rest"] or column_named(item, order["rest"].strip()) is not None):
        return edit(scene, item, int(order["row"]) - 1, order["rest"].strip())
    if (order := BY_NAME.fullmatch(text)) and len(named := lines_named(item, rows_of(scene, item), order["name"])) == 1:
        return show_line(scene, named[0])
    if text == labels.BACK_TO_TABLE:
        return table(scene)
    if text == labels.BACK_CELL:
        return back_cell(scene)
    if text == labels.EDIT_ROWS:
        return choose_line(scene)
    if text == labels.REMOVE_LAST_ROW and rows_of(scene, item):
        return remove_rows(scene, len(rows_of(scene, item)))
    place = current_place(item, rows_of(scene, item), scene.conversation.pending.get("cell"))
    shared = text == labels.SHARED and place is not None and item.columns[place.column].type == "weight"
    if text in BUTTONS and not shared:
        return ask(scene, item.id, f"现在没有{quoted(text)}这一步，刚才这句没有记。要改哪一行，发“改 1”这样就行。", brief=True)
    return None


def _add(scene: Scene, item: Rows, text: str) -> Outcome:
    """Pasted lines behind those there are; what was not understood stays open and is named."""
    rows = rows_of(scene, item)
    block = read_block(item, text, rows)
    if isinstance(block, NotUnderstood):
        return ask(scene, item.id, block.text, brief=bool(rows))
    ack = "\n".join([f"已记 {len(block.rows)} 行。", *_remarks(block), *_twice(item, rows, block.rows)])
    return stored(scene, item, (*rows, *block.rows), ack, rough=block.provisional)


def _remarks(block: Block) -> list[str]:
    said = [*block.remarks]
    return said if len(said) <= TOLD else [*said[:TOLD], f"还有 {len(said) - TOLD} 处，空着的格接着问。"]


def _twice(item: Rows, old: tuple[TableRow, ...], new: tuple[TableRow, ...]) -> list[str]:
    """Lines that stand in the table already, by the words before their target."""
    at = item.naming
    if at is None:
        return []
    before = {row.cells[: at + 1]: n for n, row in enumerate(old, 1)}
    found = [(n, before[row.cells[: at + 1]], row) for n, row in enumerate(new, len(old) + 1) if row.cells[: at + 1] in before]
    return [f"第 {n} 行{quoted(str(row.cells[at]))}和第 {was} 行同名，多了的话发“删 {n}”。" for n, was, row in found]


def tap_word(scene: Scene, argument: str) -> Outcome:
    """A button that stands for the words of a cell."""
    item = scene.item
    assert isinstance(item, Rows)
    rows = rows_of(scene, item)
    place = current_place(item, rows, scene.conversation.pending.get("cell"))
    column: Column = item.columns[place.column if place else 0]
    text = labels.NOTHING if argument == "none" else options_of(item, column)[int(argument)]
    return put(scene, item, place, text) if place else begin_line(scene, item, text)


def back_cell(scene: Scene) -> Outcome | None:
    """The cell or the question of a questionnaire before the one in question, to be written anew; None at the beginning."""
    item = scene.item
    rows, wanted = rows_of(scene, item), scene.conversation.pending.get("cell")
    if isinstance(item, Survey):
        at = wanted[0] if wanted else len(rows)
        return tallies.change(scene, at - 1) if at else None
    assert isinstance(item, Rows)
    before = cell_before(item, rows, current_place(item, rows, wanted))
    return ask(scene, item.id, brief=True, cell=before) if before else None
