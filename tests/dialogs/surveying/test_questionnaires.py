"""What a survey comes to: tallies of whole answers only, a rate made of the figures it shows, tallies a form accepts."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from dialogs.surveying.questionnaires import GRADES, Asked, from_json, questions_for, rate, suits, tallied, to_json, value_of
from scoring.answers import given as answered
from scoring.checks import check
from scoring.loading import load

FORM = load("xundian-2023/department")
SURVEY = FORM.items["survey"]
RATE = next(i for i in load("hecheng-2020/department").items.values() if suits(i))
QUESTIONS = questions_for(SURVEY, "民政局")
marks = st.lists(st.one_of(st.none(), st.integers(0, 2)), min_size=len(QUESTIONS), max_size=len(QUESTIONS))


@given(st.lists(marks, max_size=40), st.one_of(st.none(), st.integers(0, 100)))
def test_tallies_agree_with_each_other_so_that_the_form_finds_nothing_wrong(
    given_in: list[list[int | None]], issued: int | None
) -> None:
    tallies = tallied(QUESTIONS, [(m, all(x is not None for x in m)) for m in given_in])
    assert tallies.valid <= tallies.returned <= tallies.opened == len(given_in)
    assert all(sum(t) == tallies.valid for t in tallies.ticks)
    value = value_of(SURVEY, tallies, issued)
    assert (value is None) == (tallies.valid == 0)
    if value is not None:
        wrong = [f for f in check(FORM, {"survey": answered(value)}) if f.check == "SURVEY" and f.severity == "错误"]
        assert not wrong


@given(st.lists(st.integers(0, 3), max_size=60))
def test_a_rate_is_a_percentage_and_none_without_answers(ticked: list[int]) -> None:
    questions = (Asked("您满意吗？", GRADES),)
    tallies = tallied(questions, [((m,), True) for m in ticked])
    exact = rate(tallies)
    assert (exact is None) == (not ticked)
    if exact is not None:
        assert exact == Fraction(100 * sum(m < 3 for m in ticked), len(ticked))
        value = value_of(RATE, tallies, None)
        assert isinstance(value, Decimal)
        assert 0 <= value <= 100


def test_what_was_asked_stays_what_was_asked() -> None:
    assert from_json(to_json(QUESTIONS)) == QUESTIONS


def test_which_items_a_survey_suits() -> None:
    assert suits(SURVEY)
    assert suits(RATE)
    assert not suits(FORM.items["income"])
