"""The checks a pack declares: one formula each, with the sentence for when it does not hold."""

from collections.abc import Iterator
from dataclasses import replace

from scoring.answers import Answers
from scoring.checks.finding import Finding
from scoring.form import Check, Form
from scoring.formula import Inapplicable, Missing, Scalar, Undefined, parse
from scoring.numbers import plain


def declared(form: Form, answers: Answers) -> Iterator[Finding]:
    """The declared checks that do not hold."""
    for one in form.data.checks:
        finding = apply(form, one, answers)
        if finding:
            yield finding


def apply(form: Form, check: Check, answers: Answers) -> Finding | None:
    """The finding of one declared check; None when it holds or cannot be decided yet."""
    formula = parse(check.that)
    figures = replace(form.figures(answers), blank_is_zero=check.blank_is_zero)
    try:
        if formula.holds(figures):
            return None
        sides = formula.sides(figures)
        left = formula.side_with_numbers(figures, right=False) if sides else ""
        right = formula.side_with_numbers(figures, right=True) if sides else ""
    except (Missing, Inapplicable, Undefined):
        return None
    stated, computed = (_shown(sides[0]), _shown(sides[1])) if sides else ("", "")
    items = tuple(dict.fromkeys(n for name in formula.names for n in form.resolve(name.partition(".")[0])))
    text = check.say.replace("{left}", _side(left, stated)).replace("{right}", _side(right, computed))
    return Finding(check.code, check.severity, items, text, stated, computed)


def _shown(value: Scalar) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return value if isinstance(value, str) else plain(value, 4)


def _side(formula: str, value: str) -> str:
    return value if formula == value or not formula else f"{formula}＝{value}"
