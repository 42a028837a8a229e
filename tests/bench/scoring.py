"""Milliseconds of a scorecard: after one changed answer, and with nothing remembered; 28 and 42 indicators."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import count

from scoring import scorecard
from scoring.answers import given
from scoring.answersfiles.file import read_answers
from scoring.loading import OWN_PACKS, load
from scoring.scorecard import score
from scoring.survey import survey_figure
from tests.bench.measuring import Figure, figure, seconds

CHANGED = "staff_actual"  # read by a rule of both forms


def figures() -> Iterator[Figure]:
    for form_id in ("hecheng-2020/department", "xundian-2023/department"):
        yield from _of(form_id)


def _of(form_id: str) -> Iterator[Figure]:
    form = load(form_id)
    pack, _, name = form_id.partition("/")
    answers = dict(read_answers(form, OWN_PACKS / pack / "cases" / f"{name}.yaml").answers)
    numbers = count(10)

    def card() -> None:
        score(form, answers | {CHANGED: given(Decimal(next(numbers)))})

    def anew() -> None:
        for remembered in (scorecard._verdict, scorecard._line, scorecard._card, survey_figure):
            remembered.cache_clear()
        score(form, answers)

    what = f"scorecard of {len(form.indicators)} indicators"
    yield figure(f"{what}, one answer changed", seconds(card, 50) * 1000, "ms")
    yield figure(f"{what}, nothing remembered", seconds(anew, 25) * 1000, "ms", "aim for 42 indicators: 3 ms")
