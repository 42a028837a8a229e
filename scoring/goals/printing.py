"""The points that stand behind each line of a table of goals, rounded as its indicator rounds: they add up to its points.

Not here: the exact points of a line (lines.py), or the sum (rules/target_attainment.py).
"""

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from scoring.answers import Answers
from scoring.cells import rows_in
from scoring.columns import Rows
from scoring.form import Form
from scoring.goals.lines import block_points, blocks
from scoring.numbers import plain, rounded
from scoring.scorecard import verdict


def row_points(form: Form, item: Rows, answers: Answers) -> tuple[Decimal | Literal["open"] | None, ...]:
    """What each line prints; see lines.block_points. A line that no indicator counts is rounded as the pack rounds."""
    answer = answers.get(item.id)
    if answer is None or not answer.given:
        return ()
    parts = [part for place in form.indicators_of.get(item.id, ()) for part in verdict(form, place, answers).parts]
    counted = {part.row: part.points for part in parts if part.points is not None}
    rows = rows_in(answer.value)
    rounding = item.attainment.rounding if item.attainment else form.pack.rounding
    exact = block_points(item, rows)
    found: list[Decimal | Literal["open"] | None] = list[Decimal | Literal["open"] | None]([None] * len(rows))
    for block in blocks(item, rows):
        whole = exact[block[0]]
        own = [counted[n] for n in block if n in counted]
        if isinstance(whole, Fraction):
            found[block[0]] = Decimal(plain(sum(own, Fraction(0)) if own else rounded(whole, form.pack.places, rounding), 4))
        else:
            found[block[0]] = whole
    return tuple(found)
