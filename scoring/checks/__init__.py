"""Relations that must hold (勾稽关系), and the findings where they do not.

Declared checks come from the pack; others follow from its structure and from what a finished filing prints. Severity:
错误 (a figure is wrong), 需说明 (needs a word or a decision), 提示. One file for each family of checks.
"""

from collections.abc import Iterator, Mapping

from scoring.answers import Answers
from scoring.answersfiles.printed import Printed, Statement
from scoring.checks.copied_lines import copied_lines
from scoring.checks.declared import apply, declared
from scoring.checks.filled import open_questions, provisional_figures
from scoring.checks.finding import Finding, gravest_first
from scoring.checks.goal_tables import goal_tables
from scoring.checks.headings import headings
from scoring.checks.line_names import line_names
from scoring.checks.papers import papers
from scoring.checks.printed_figures import printed_figures
from scoring.checks.printed_points import printed_points
from scoring.checks.printed_rows import printed_rows
from scoring.checks.relations import relations
from scoring.checks.rule_texts import rule_texts
from scoring.checks.surveys import surveys
from scoring.checks.texts import form_texts, in_print, texts, typed
from scoring.checks.undone import undone
from scoring.checks.weights import weights
from scoring.form import Form

__all__ = ["Finding", "apply", "check"]


def check(form: Form, answers: Answers, printed: Printed | Mapping[str, str] | None = None) -> tuple[Finding, ...]:
    """All findings, gravest first. `printed`: what a finished filing states; a mapping is short for its figures."""
    if printed is not None and not isinstance(printed, Printed):
        printed = Printed({key: (Statement(stated),) for key, stated in printed.items()})
    elsewhere = [p.text for p in in_print(printed)] if printed else []
    found = [*declared(form, answers, elsewhere), *open_questions(form, answers), *provisional_figures(form, answers)]
    found += texts(form, [*typed(form, answers), *(in_print(printed) if printed else ())], undone=undone(form, answers, printed))
    found += [*copied_lines(form, answers), *goal_tables(form, answers, printed)]
    found += [*line_names(form, answers), *surveys(form, answers, printed)]
    if printed is not None:
        found += _as_printed(form, answers, printed)
    return gravest_first(found)


def _as_printed(form: Form, answers: Answers, printed: Printed) -> Iterator[Finding]:
    yield from rule_texts(form)
    yield from printed_points(form, answers, printed)
    yield from printed_figures(form, answers, printed)
    yield from weights(form, answers, printed)
    yield from printed_rows(form, answers, printed)
    yield from relations(form, answers, printed)
    yield from headings(printed)
    yield from form_texts(form)
    yield from papers(printed, tuple(g.name for g in form.pack.grades))
