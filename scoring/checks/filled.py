"""What is still open in a filing: questions without an answer, empty cells, provisional figures."""

from collections.abc import Iterator

from scoring.answers import Answers
from scoring.asked import asked, is_settled
from scoring.cells import open_labels
from scoring.checks.finding import EXPLAIN, Finding
from scoring.form import Form
from scoring.wording import quoted


def open_questions(form: Form, answers: Answers) -> Iterator[Finding]:
    """Questions and cells that wait for an answer."""
    for item in asked(form, answers):
        answer = answers.get(item.id)
        cells = list(open_labels(item, answer.value)) if answer is not None and answer.given else []
        if not cells and (answer is None or not is_settled(form, item, answers)):
            if not item.optional:
                yield Finding("MISSING_INPUT", EXPLAIN, (item.id,), f"{quoted(item.label)}还没有填")
            continue
        if cells:
            yield Finding("MISSING_INPUT", EXPLAIN, (item.id,), f"{quoted(item.label)}缺{'、'.join(cells)}")


def provisional_figures(form: Form, answers: Answers) -> Iterator[Finding]:
    """Figures given as 暂估."""
    for item in asked(form, answers):
        answer = answers.get(item.id)
        if answer is not None and answer.provisional:
            yield Finding("PROVISIONAL", EXPLAIN, (item.id,), f"{quoted(item.label)}是暂估数，提交前要换成准数")
