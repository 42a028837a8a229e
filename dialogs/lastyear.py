"""What last year's filing says to a question: a value to take over, or figures that have moved on to other columns."""

from dialogs.scene import Scene
from scoring.answers import Answers
from scoring.beside.facts import Filed
from scoring.checks.finding import Finding
from scoring.checks.last_year import Projects, Sentence, marked, reused
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


def filed_before(scene: Scene) -> Filed | None:
    """Last year's filing of the same form and project; None when there is none."""
    if scene.prior_form is None or scene.filing is None:
        return None
    return Filed(scene.prior_form, scene.prior, scene.filing.year - 1, scene.filing.unit_name, scene.filing.project)


def projects_around(scene: Scene) -> Projects:
    """The unit's projects of this year and of the year before."""
    assert scene.filing is not None
    year = scene.filing.year
    now, before = (frozenset(c.project for c in scene.choices if c.project and c.year == y) for y in (year, year - 1))
    return Projects(scene.filing.project, now, before)


def marked_text(scene: Scene, text: str) -> tuple[Sentence, ...]:
    """The sentences of a text, with what in each is still last year's; none where there is no last year."""
    before = filed_before(scene)
    return marked(text, scene.sheet, scene.answers, before, projects_around(scene)) if before is not None else ()


def left_over(scene: Scene) -> tuple[Finding, ...]:
    """A 提示 for every sentence taken over from last year that still says what was true then."""
    before = filed_before(scene)
    return tuple(reused(scene.sheet, scene.answers, before, projects_around(scene))) if before is not None else ()
