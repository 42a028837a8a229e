"""Tables that are asked line by line: lines added, replaced by name, taken away, and the table finished.

Not here: tables asked piece by piece (rowgroups/), or how a line is read (scoring/reading).
"""

import re

from dialogs.asking import ask
from dialogs.changing import undoable
from dialogs.recording import store
from dialogs.scene import Outcome, Scene
from scoring.answers import given
from scoring.cells import lines_of
from scoring.columns import Rows
from scoring.items import Item
from scoring.values import Row as TableRow
from scoring.wording import quoted

REMOVING = re.compile(r"(?:删|删除|删掉|去掉)\s*第?\s*(?P<row>\d{1,2})\s*行?|清空|重新填|重填|全删|全部删掉")


SUMS = ("合计", "总计", "小计", "共计", "总数")  # lines that nobody needs to type


def rows_of(scene: Scene, item: Item) -> tuple[TableRow, ...]:
    """The lines a repeating table has so far."""
    return lines_of(scene.answers.get(item.id))


def add_rows(scene: Scene, new: tuple[TableRow, ...], *, provisional: bool = False) -> Outcome:
    """Append lines to a repeating table and stay with it until 完成; each line is stored at once."""
    item = scene.item
    assert isinstance(item, Rows)
    old = rows_of(scene, item)
    sums = [r for r in new if r.cells[0] in SUMS and item.columns[0].type == "text"]
    new = tuple(r for r in new if r not in sums)
    rows, replaced = merged_rows(item, old, new)
    if len(rows) > item.max_rows:
        return ask(scene, item.id, f"这张表最多 {item.max_rows} 行，已经有 {len(old)} 行了。")
    rough = provisional or is_rough(scene, item)
    before = scene.answers.get(item.id)
    scene = undoable(scene.answered(item.id, given(rows, provisional=rough)), item, before)
    again = f"其中{'、'.join(quoted(name) for name in replaced)}原来就有，换成了新的数。" if replaced else ""
    rough_too = "里面有约数，整张表先按暂估记。" if provisional else ""
    summed = "合计不用填，没有记，由我来算。" if sums else ""
    return ask(scene, item.id, f"已记 {len(new)} 行。{again}{rough_too}{summed}")


def is_rough(scene: Scene, item: Item) -> bool:
    """Whether the answer so far is provisional: a table stays so whatever is added to it."""
    answer = scene.answers.get(item.id)
    return answer is not None and answer.provisional


def merged_rows(item: Rows, old: tuple[TableRow, ...], new: tuple[TableRow, ...]) -> tuple[tuple[TableRow, ...], list[str]]:
    """The lines with the new ones, of which one with a known name replaces the line that has it; and those names."""
    rows, replaced = list(old), []
    for row in new:
        name = row.cells[0] if item.columns[0].type == "text" else None
        place = next((n for n, r in enumerate(rows) if name is not None and r.cells[0] == name), None)
        if place is None:
            rows.append(row)
        else:
            rows[place] = row
            replaced.append(str(name))
    return tuple(rows), replaced


def remove_rows(scene: Scene, row: int | None) -> Outcome:
    """Take one line of a repeating table away, by its number, or all of them."""
    item = scene.item
    old = rows_of(scene, item)
    if row is not None and not 1 <= row <= len(old):
        return ask(scene, item.id, f"没有第 {row} 行，现在一共 {len(old)} 行。")
    left = () if row is None else old[: row - 1] + old[row:]
    before = scene.answers.get(item.id)
    scene = undoable(scene.answered(item.id, given(left, provisional=is_rough(scene, item)) if left else None), item, before)
    gone = "都清空了，请重新填。" if row is None else f"第 {row} 行删掉了{_words_of(item, old[row - 1])}。"
    return ask(scene, item.id, f"{gone}删错了就发“撤销”。" if old else gone)


def _words_of(item: Item, row: TableRow) -> str:
    """（验收合格率）: the words that tell a line from the others."""
    at = item.naming if isinstance(item, Rows) else None
    return f"（{row.cells[at]}）" if at is not None and row.cells[at] else ""


def remove_row(scene: Scene) -> Outcome:
    """Take the last line of a repeating table away."""
    return remove_rows(scene, len(rows_of(scene, scene.item)))


def finish_rows(scene: Scene) -> Outcome:
    """The table is complete as it stands."""
    item = scene.item
    assert isinstance(item, Rows)
    rows = rows_of(scene, item)
    if len(rows) < item.min_rows:
        return ask(scene, item.id, f"这张表至少要 {item.min_rows} 行。")
    return store(scene, item, given(rows, provisional=is_rough(scene, item)))
