"""The declaration of targets: what a clerk should have filed agrees with itself, and a form without scores is whole."""

import pytest

from scoring.answersfile import read_answers
from scoring.checks import check
from scoring.compiling import for_year
from scoring.form import Form
from scoring.loading import OWN_PACKS, load
from scoring.scorecard import score

CASES = OWN_PACKS / "guangshui-2024" / "cases"


@pytest.fixture(scope="module")
def form() -> Form:
    return load("guangshui-2024/declaration")


def test_years_around_the_year_of_the_pack_are_filled_in() -> None:
    text = "{year-2}、{last_year}、{year}、{next_year}、{year+2}，{left} 和 {year-x} 不动"
    assert for_year(text, 2024) == "2022、2023、2024、2025、2026，{left} 和 {year-x} 不动"


def test_what_the_unit_should_have_filed_has_nothing_wrong_in_it(form: Form) -> None:
    findings = check(form, read_answers(form, CASES / "declaration.yaml").answers)
    assert [f.text for f in findings if f.severity != "提示"] == []
    jumps = [f for f in findings if f.check == "TARGET_TREND"]
    assert len(jumps) == 1, "the subsidies of 2023 are new to the budget, which wants a word and is no mistake"


def test_a_form_without_indicators_has_no_total_and_no_grade(form: Form) -> None:
    card = score(form, read_answers(form, CASES / "declaration.yaml").answers)
    assert (card.lines, card.total, card.weight, card.grade) == ((), 0, 0, "")
