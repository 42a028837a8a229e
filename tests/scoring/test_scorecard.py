"""Totals equal their parts, at every moment."""

from decimal import Decimal

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from scoring.answers import Answer, State, given
from scoring.form import Form
from scoring.loading import compile_form
from scoring.scorecard import grade, score
from scoring.values import ExternalScore, ManualScore
from tests.dialogs.tiny import CHECKS, DOCUMENTS, FORM, INDICATORS, PACK, tiny

some_number = st.integers(0, 60).map(Decimal)
answers = st.fixed_dictionaries(
    {},
    optional={
        "quota": some_number.map(given),
        "staff": some_number.map(given),
        "buying": st.one_of(some_number.map(given), st.just(Answer(State.NOT_APPLICABLE))),
        "bought": some_number.map(given),
        "carry": some_number.map(given),
        "carry_prior": some_number.map(given),
        "goals": st.lists(st.sampled_from(["law", "plan", "misuse"]), unique=True).map(lambda x: given(tuple(x))),
        "wrongs": st.integers(0, 9).map(lambda n: given(Decimal(n))),
        "outside": st.integers(0, 10).map(lambda n: given(ExternalScore(Decimal(n), Decimal(10), "绩效办"))),
        "benefit": st.integers(0, 20).map(lambda n: given(ManualScore(Decimal(n), "有理由"))),
    },
)


@for_all(answers)
def test_the_total_is_the_sum_of_the_lines_and_of_the_groups(filing: dict[str, Answer]) -> None:
    card = score(tiny(), filing)
    points = [line.points for line in card.lines if line.points is not None]
    assert card.total == sum(points, Decimal(0))
    assert card.total == sum((s.points for s in card.subtotals.values()), Decimal(0))
    assert card.decided == sum((x.indicator.weight for x in card.lines if x.points is not None), Decimal(0))
    assert 0 <= card.total <= card.decided <= card.weight == 100
    assert bool(card.grade) == card.complete


@for_all(answers, st.sampled_from(["quota", "staff", "buying", "goals", "wrongs", "outside", "benefit"]))
def test_an_answer_moves_only_the_lines_that_read_it(filing: dict[str, Answer], item: str) -> None:
    without = {k: v for k, v in filing.items() if k != item}
    reading = {p.indicator.id for p in tiny().indicators_of.get(item, ())}
    for a, b in zip(score(tiny(), filing).lines, score(tiny(), without).lines, strict=True):
        assert a == b or a.indicator.id in reading


@pytest.mark.parametrize(
    ("total", "name"), [("100", "优"), ("90", "优"), ("89.99", "良"), ("80", "良"), ("79.9", "中"), ("60", "中"), ("0", "差")]
)
def test_edges_belong_to_the_better_grade(total: str, name: str) -> None:
    assert grade(tiny(), Decimal(total)) == name


def with_policy(policy: str) -> Form:
    sources = {
        "pack.yaml": f"{PACK}\nnot_applicable: {policy}\n",
        "tiny/form.yaml": FORM,
        "tiny/indicators.yaml": INDICATORS,
        "tiny/checks.yaml": CHECKS,
        "tiny/documents.yaml": DOCUMENTS,
    }
    return compile_form("small/tiny", sources)


@pytest.mark.parametrize(("policy", "total"), [("full", "30"), ("zero", "20"), ("excluded", "22.22")])
def test_the_three_policies_for_what_does_not_apply(policy: str, total: str) -> None:
    filing = {"buying": Answer(State.NOT_APPLICABLE), "quota": given(Decimal(37)), "staff": given(Decimal(31))}
    assert score(with_policy(policy), filing).total == Decimal(total)


def test_a_provisional_answer_scores() -> None:
    filing = {"quota": given(Decimal(37)), "staff": given(Decimal(31), provisional=True)}
    assert score(tiny(), filing).line("i_staff").points == 20
