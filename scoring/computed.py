"""Figures nobody types: the value of a computed figure from the answers, rounded as it is printed."""

from decimal import Decimal

from scoring.answers import Answers
from scoring.form import Form
from scoring.formula import Inapplicable, Missing, Undefined, parse
from scoring.numbers import round_half_up


def computed_value(form: Form, name: str, answers: Answers) -> Decimal | None:
    """The figure at its printed places; None while something is missing, inapplicable or divided by zero."""
    computed = form.computed[name]
    try:
        exact = parse(computed.formula).number(form.figures(answers).within(name))
    except (Missing, Inapplicable, Undefined):
        return None
    return round_half_up(exact, computed.places)
