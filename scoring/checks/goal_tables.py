"""Every table of goals of a filing, checked: what is promised where it has no actual values, else what was reached.

Not here: the checks themselves (goals.py, declarations.py).
"""

from collections.abc import Iterator

from scoring.answers import Answers
from scoring.answersfiles.printed import Printed
from scoring.asked import asked
from scoring.cells import rows_in
from scoring.checks.declarations import declarations
from scoring.checks.finding import Finding
from scoring.checks.goal_products import products
from scoring.checks.goalrows import GoalRow, goal_rows
from scoring.checks.goals import goals
from scoring.columns import Rows
from scoring.form import Form


def goal_tables(form: Form, answers: Answers, printed: Printed | None = None) -> Iterator[Finding]:
    """The findings of all tables that have a column of targets."""
    for item in asked(form, answers):
        if not isinstance(item, Rows) or item.place_of("target") is None:
            continue
        rows = _rows(item, answers, printed)
        yield from products(item.id, item.products, rows)
        if item.place_of("actual") is not None:
            yield from goals(item.id, item.label, rows, item.weight)
            continue
        longer = form.items.get(item.copies)
        known = isinstance(longer, Rows) and longer.place_of("target") is not None
        yield from declarations(item.id, item.label, rows, _rows(longer, answers, printed) if known else ())


def _rows(item: object, answers: Answers, printed: Printed | None) -> tuple[GoalRow, ...]:
    answer = answers.get(item.id) if isinstance(item, Rows) else None
    if not isinstance(item, Rows) or answer is None or not answer.given:
        return ()
    return goal_rows(item, rows_in(answer.value), printed)
