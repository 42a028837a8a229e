"""An indicator as the paper has it: with the broken weight that is printed there, and with its rule word for word.

The pack repairs both, and scores by the repaired ones; a filing on paper knew only the print.
"""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from scoring.answers import Answers
from scoring.checks.finding import EXPLAIN, Finding
from scoring.form import Form
from scoring.numbers import clamp, plain
from scoring.scorecard import Line, judge
from scoring.tree import Indicator
from scoring.wording import quoted


def on_paper(form: Form, answers: Answers, line: Line) -> Line:
    """The line, judged on the weight that is printed where that is another one."""
    printed = line.indicator.printed_weight
    if printed is None:
        return line
    indicator = line.indicator.model_copy(update={"weight": printed})
    verdict = judge(form, indicator, answers)
    place = replace(line.place, indicator=indicator)
    points = _points(form, indicator, verdict.points)
    return Line(place, verdict.standing, points, verdict.why, verdict.full, verdict.waiting, verdict.loss)


def against_the_letter(form: Form, answers: Answers, indicator: Indicator, stated: Decimal) -> Iterator[Finding]:
    """Printed points that the rule, taken word for word, does not give."""
    for reading in indicator.readings:
        if reading.literal is None:
            continue
        verdict = judge(form, indicator.model_copy(update={"rule": reading.literal}), answers)
        points = _points(form, indicator, verdict.points)
        if points is not None and points != stated:
            text = f"{quoted(indicator.name)}填了 {plain(stated)} 分，照印的字面（{reading.says}）是 {plain(points)} 分：{verdict.why}"
            yield Finding("RULE_SCORE", EXPLAIN, form.reads(indicator), text, plain(stated), plain(points))


def _points(form: Form, indicator: Indicator, exact: Fraction | None) -> Decimal | None:
    return None if exact is None else form.rounded(clamp(exact, 0, Fraction(indicator.weight)), form.places_of(indicator))
