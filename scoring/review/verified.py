"""核查分: points a reviewer gives an indicator instead of the computed ones, each with a reason, and what follows from them.

A pure function of the form, the answers and the points given: total, grade and caps are worked out as everywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from scoring.answers import Answers
from scoring.form import Form
from scoring.items import Manual
from scoring.numbers import plain
from scoring.reading import NotUnderstood
from scoring.reading.scores import read_manual
from scoring.rules.base import Standing
from scoring.scorecard import Line, Scorecard, is_out, rescored, score
from scoring.tree import Indicator
from scoring.values import ManualScore


@dataclass(frozen=True, slots=True)
class Verified:
    """核查分 of one indicator, and why it is not the 自评分. `own`: the 自评分 that it was given instead of, where known."""

    points: Decimal
    reason: str
    own: Decimal | None = field(default=None, compare=False)

    def is_outdated(self, points: Decimal | None) -> bool:
        """Whether the 自评分 is another one by now, so that somebody should look again."""
        return self.own is not None and self.own != points


Verdicts = Mapping[str, Verified]  # by the id of the indicator


def verified_card(form: Form, answers: Answers, verdicts: Verdicts) -> Scorecard:
    """The scorecard with 核查分 in the place of 自评分. One for an indicator that is not counted means nothing."""
    card = score(form, answers)
    lines = tuple(_verified(form, line, verdicts.get(line.indicator.id)) for line in card.lines)
    return rescored(form, answers, lines)


def _verified(form: Form, line: Line, verdict: Verified | None) -> Line:
    if verdict is None or is_out(form, line) or not 0 <= verdict.points <= line.indicator.weight:
        return line
    return replace(line, points=verdict.points, standing=Standing.SCORED, why=verdict.reason, waiting=(), loss=verdict.reason)


def read_verified(form: Form, indicator: Indicator, text: str) -> Verified | NotUnderstood:
    """`8 缺佐证`: points from 0 to the weight with the form's places, then the reason."""
    example = f"{plain(indicator.weight / 2)} 缺佐证"
    asked = Manual(
        id=indicator.id,
        type="manual_score",
        label=indicator.name,
        max=indicator.weight,
        places=form.places_of(indicator),
        good=example,
    )
    reading = read_manual(asked, text)
    if isinstance(reading, NotUnderstood):
        return reading
    value = getattr(reading, "value", None)
    assert isinstance(value, ManualScore)
    return Verified(Decimal(plain(value.points)), " ".join(value.reason.split()))
