"""Each rule kind by itself: points, the sentence with the numbers, the way to full marks, silence."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from scoring.answers import Answer, State, given
from scoring.rules.base import Standing
from scoring.rules.ratio_step import RatioStep
from scoring.scorecard import Line, score
from scoring.values import ExternalScore, ManualScore, Value
from tests.dialogs.tiny import tiny


def line(indicator: str, **values: Value) -> Line:
    return score(tiny(), {k: given(v) for k, v in values.items()}).line(indicator)


def number(value: str) -> Decimal:
    return Decimal(value)


@pytest.mark.parametrize(
    ("staff", "quota", "points", "words"),
    [
        ("31", "37", "20", "31÷37＝83.78% ≤ 100% → 满分 20 分"),
        ("37", "37", "20", "37÷37＝100% → 满分 20 分"),
        ("40", "37", "16", "高于 100% 共 8.11 个百分点，每 1 个扣 0.5 分，扣 4 分 → 16 分"),
        ("1001", "1000", "20", "不足一档不扣"),
        ("99", "37", "0", "扣完为止 → 0 分"),
        ("0", "37", "20", "0%"),
    ],
)
def test_a_rate_loses_points_step_by_step(staff: str, quota: str, points: str, words: str) -> None:
    got = line("i_staff", staff=number(staff), quota=number(quota))
    assert got.points == Decimal(points)
    assert words in got.why


def test_the_way_to_full_marks_names_the_figure() -> None:
    assert line("i_staff", staff=number("40"), quota=number("37")).full == "在职人数不高于 37 人时为满分 20 分"
    assert line("i_carry", carry=number("3"), carry_prior=number("2")).full == "本年结转不高于 2 万元时为满分 10 分"
    assert line("i_buy", bought=number("8"), buying=number("10")).full == "实际政府采购为 10 万元时为满分 10 分"
    assert line("i_staff", staff=number("31"), quota=number("37")).full == ""


@pytest.mark.parametrize(("carry", "prior", "points"), [("1", "2", "10"), ("2", "2", "10"), ("2.2", "2", "8"), ("3", "2", "0")])
def test_a_reduction_is_as_good_as_no_change(carry: str, prior: str, points: str) -> None:
    assert line("i_carry", carry=number(carry), carry_prior=number(prior)).points == Decimal(points)


def test_a_zero_denominator_is_silence_and_then_points_with_a_reason() -> None:
    silent = line("i_carry", carry=number("1"), carry_prior=number("0"))
    assert silent.standing is Standing.UNSPECIFIED
    assert silent.points is None
    assert silent.waiting == ("i_carry_points",)
    answers = {
        "carry": given(number("1")),
        "carry_prior": given(number("0")),
        "i_carry_points": given(ManualScore(number("7"), "新单位")),
    }
    spoken = score(tiny(), answers).line("i_carry")
    assert spoken.points == 7
    assert "理由：新单位" in spoken.why


def test_not_applicable_is_full_marks_by_this_packs_policy() -> None:
    got = score(tiny(), {"buying": Answer(State.NOT_APPLICABLE)}).line("i_buy")
    assert (got.standing, got.points) == (Standing.NOT_APPLICABLE, 10)
    assert "本年度没有政府采购" in got.why


@pytest.mark.parametrize(
    ("ticked", "points"), [((), "10"), (("law",), "15"), (("law", "plan"), "20"), (("law", "plan", "misuse"), "10")]
)
def test_a_checklist_adds_up_and_knows_bad_answers(ticked: tuple[str, ...], points: str) -> None:
    assert line("i_goals", goals=ticked).points == Decimal(points)


def test_unmet_criteria_are_named() -> None:
    got = line("i_goals", goals=("law",))
    assert "未满足：“符合规划”" in got.why
    assert got.full == "满足“符合规划”即为满分 20 分"


@pytest.mark.parametrize(("count", "points"), [("0", "10"), ("2", "6"), ("5", "0"), ("9", "0")])
def test_every_instance_costs(count: str, points: str) -> None:
    assert line("i_wrongs", wrongs=number(count)).points == Decimal(points)


def test_an_outside_score_is_scaled() -> None:
    assert line("i_outside", outside=ExternalScore(number("92"), number("100"), "绩效办")).points == Decimal("9.2")
    silent = line("i_outside", outside=ExternalScore(number("9"), number("0"), "绩效办"))
    assert silent.standing is Standing.UNSPECIFIED


def test_points_by_discretion_carry_their_reason() -> None:
    got = line("i_benefit", benefit=ManualScore(number("18"), "群众评价好"))
    assert got.points == 18
    assert "群众评价好" in got.why


def test_what_is_missing_is_named() -> None:
    got = line("i_staff", staff=number("31"))
    assert got.standing is Standing.WAITING
    assert got.why == "还缺：编制数"


@pytest.mark.parametrize(("rounding", "points"), [("floor", "10"), ("ceil", "8"), ("exact", "9.2")])
def test_98_percent_under_the_three_readings_of_a_step(rounding: str, points: str) -> None:
    rule = RatioStep.model_validate(
        {
            "kind": "ratio_step",
            "metric": "progress",
            "unit": "percent",
            "target": 100,
            "direction": "below",
            "step": 5,
            "deduct": 2,
            "rounding": rounding,
        }
    )
    verdict = rule.verdict(Fraction(10), tiny().figures({"progress": given(number("98"))}))
    assert verdict.points == Fraction(points)


@for_all(st.integers(0, 5000), st.integers(1, 5000))
def test_points_stay_between_zero_and_the_weight_and_never_rise_with_the_rate(staff: int, quota: int) -> None:
    here = line("i_staff", staff=Decimal(staff), quota=Decimal(quota))
    more = line("i_staff", staff=Decimal(staff + 1), quota=Decimal(quota))
    assert here.points is not None
    assert more.points is not None
    assert 0 <= more.points <= here.points <= 20


@for_all(st.integers(0, 500), st.integers(1, 500))
def test_the_way_to_full_marks_is_true(staff: int, quota: int) -> None:
    here = line("i_staff", staff=Decimal(staff), quota=Decimal(quota))
    if here.full:
        figure = here.full.split("不高于 ")[1].split(" ")[0]
        assert line("i_staff", staff=Decimal(figure), quota=Decimal(quota)).points == 20
