"""Names in the lines of tables of goals: a name is a name.

Not here: lines beside those they were copied from (copied_lines.py).
"""

from collections.abc import Iterator

from scoring.answers import Answers
from scoring.asked import asked
from scoring.cells import rows_in
from scoring.checks.finding import EXPLAIN, Finding
from scoring.checks.goalrows import is_figure
from scoring.columns import Rows
from scoring.form import Form
from scoring.goals.lines import name_of
from scoring.wording import quoted


def line_names(form: Form, answers: Answers) -> Iterator[Finding]:
    """Lines whose name is a figure: 三级指标 100%."""
    for item in asked(form, answers):
        answer = answers.get(item.id)
        if not isinstance(item, Rows) or item.place_of("target") is None or answer is None or not answer.given:
            continue
        for n, row in enumerate(rows_in(answer.value), 1):
            name = name_of(item, row)
            if is_figure(name):
                text = f"{quoted(item.label)}第 {n} 行的名称写的是{quoted(name)}，这是一个数，不是指标名称"
                yield Finding("NAME", EXPLAIN, (item.id,), text, name)
