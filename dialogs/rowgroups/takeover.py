"""Lines that come from elsewhere: from the paper form, from another table of the form, from last year.

Not here: typed or pasted lines (hearing.py).
"""

from dialogs.asking import ask
from dialogs.linewise import rows_of
from dialogs.rowgroups.cells import stored
from dialogs.scene import Outcome, Scene
from scoring.cells import lines_of
from scoring.columns import Rows
from scoring.values import Row as TableRow
from scoring.wording import quoted

THIS_YEAR = ("actual", "tier", "points", "note")  # what last year's line does not say about this year


def start_rows(scene: Scene) -> Outcome:
    """The lines that stand on the paper form."""
    item = scene.item
    assert isinstance(item, Rows)
    return stored(scene, item, item.starting, f"表上的 {len(item.start)} 行放进来了，不一样的点“改某一行”改。")


def copy_rows(scene: Scene) -> Outcome:
    """The lines of another table of the form, column by column of the same id."""
    item = scene.item
    assert isinstance(item, Rows)
    other = scene.sheet.items.get(item.copies)
    rows = rows_of(scene, other) if isinstance(other, Rows) else ()
    if not isinstance(other, Rows) or not rows:
        return ask(scene, item.id, "那张表还没有填，没有可以抄的。")
    copied = completed(item, converted(other, item, rows))
    return stored(scene, item, copied, f"从{quoted(other.label)}抄了 {len(rows)} 行，接着补空着的格。")


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
    if lines := rows_of(scene, item):
        return ask(scene, item.id, f"表里已经有 {len(lines)} 行，没有动。要换成上年的，先发“清空”，再点“沿用上年”。", brief=True)
    before = (scene.prior_form or scene.sheet).items.get(item.last_year or item.id)
    answer = scene.prior.get(item.last_year or item.id)
    rows = lines_of(answer)
    if not isinstance(before, Rows) or not rows:
        return ask(scene, item.id, "没有找到上年的答案，麻烦填一下。")
    new = converted(before, item, rows, a_year_ago=True)
    return stored(scene, item, new, f"沿用了上年的 {len(new)} 行，今年的数接着填。")
