"""The checks a pack declares: one formula each, with the sentence for when it does not hold."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from scoring.answers import Answers
from scoring.checks.finding import Finding
from scoring.checks.rowchecks import World, worlds
from scoring.form import Form
from scoring.formdata import Check
from scoring.formula import Inapplicable, Missing, Scalar, Undefined, parse
from scoring.numbers import plain


def declared(form: Form, answers: Answers, printed: Iterable[str] = ()) -> Iterator[Finding]:
    """The declared checks that do not hold. `printed`: further texts, beside the answers, that a check may look for."""
    texts = tuple(printed)
    for one in form.data.checks:
        yield from apply(form, one, answers, texts)


def apply(form: Form, check: Check, answers: Answers, printed: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    """The findings of one declared check, for a table one for every line; none where it holds or cannot be decided yet."""
    if check.mentions and not any(re.search(check.mentions, t) for t in (*printed, *_texts(answers))):
        return ()
    figures = replace(form.figures(answers), blank_is_zero=check.blank_is_zero)
    found = (_applied(form, check, world) for world in worlds(form, check, figures))
    return tuple(f for f in found if f)


def _applied(form: Form, check: Check, world: World) -> Finding | None:
    formula = parse(check.that)
    try:
        if formula.holds(world.facts):
            return None
        sides = formula.sides(world.facts)
        left = formula.side_with_numbers(world.facts, right=False) if sides else ""
        right = formula.side_with_numbers(world.facts, right=True) if sides else ""
    except (Missing, Inapplicable, Undefined):
        return None
    stated, computed = (_shown(sides[0]), _shown(sides[1])) if sides else ("", "")
    text = world.said(check.say).replace("{left}", _side(left, stated)).replace("{right}", _side(right, computed))
    return Finding(check.code, check.severity, form.items_of(check), text, stated, computed)


def _texts(answers: Answers) -> Iterator[str]:
    """The texts among the answers."""
    return (a.value for a in answers.values() if a.given and isinstance(a.value, str))


def _shown(value: Scalar) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return value if isinstance(value, str) else plain(value, 4)


def _side(formula: str, value: str) -> str:
    return value if formula == value or not formula else f"{formula}＝{value}"
