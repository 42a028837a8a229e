"""What last year's filing says to a question: a value to take over, or figures that have moved on to other columns."""

from dialogs.scene import Scene
from scoring.answers import Answers
from scoring.columns import OneRow, Table
from scoring.computed import computed_value
from scoring.editions.shapes import same_shape
from scoring.form import Form
from scoring.items import Item
from scoring.numbers import plain
from scoring.reading import shown
from scoring.values import Row as TableRow
from scoring.values import Value


def last_year_value(scene: Scene, item: Item) -> Value | None:
    """The same fact in last year's filing, when it can be taken over as it is."""
    source, _, column = (item.last_year or item.id).partition(".")
    before = scene.prior_form or scene.sheet
    if source in before.computed:
        return computed_value(before, source, scene.prior)
    answer = scene.prior.get(source)
    if answer is None or not answer.given or answer.value is None:
        return None
    if column:
        table = before.items.get(source)
        if isinstance(table, Table) and isinstance(answer.value, TableRow) and column in (c.id for c in table.columns):
            return answer.value.cells[table.position(column)]
        return None
    same = before.items.get(source)
    return answer.value if same is not None and same_shape(same, item) else None


def last_year_shown(scene: Scene, item: Item) -> str:
    """Last year's answer for the eye; for a table whose columns move on, the figures that do."""
    value = last_year_value(scene, item)
    if value is None:
        return ""
    if isinstance(item, OneRow) and isinstance(value, TableRow) and carries_columns(item):
        moved = [(c, value.cells[item.position(c.last_year)]) for c in item.columns if c.last_year]
        return "、".join(f"{c.label} {plain(v)}" for c, v in moved if v is not None and not isinstance(v, str))
    return shown(item, value)


def last_year_shown_in(item: Item, before: Form, answers: Answers) -> str:
    """The same fact in last year's answers, in words, for whoever has no filing on the screen; empty where it moved elsewhere."""
    answer, same = answers.get(item.id), before.items.get(item.id)
    if answer is None or not answer.given or answer.value is None or same is None or not same_shape(same, item):
        return ""
    return "" if isinstance(item, OneRow) and carries_columns(item) else shown(item, answer.value)


def carries_columns(item: Table) -> bool:
    """Whether last year's figures move to other columns, so that the row cannot be taken over whole."""
    return any(c.last_year for c in item.columns)
