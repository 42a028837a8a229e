"""Rules over one figure: proportional, interval-linear, bands, all or nothing — exact at their edges, monotone between."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st
from pydantic import TypeAdapter

from scoring.answers import Figures, given
from scoring.formula import Undefined
from scoring.items import Money
from scoring.rules import AnyRule
from scoring.rules.base import Rule, Standing, Verdict

RULES: TypeAdapter[Rule] = TypeAdapter(AnyRule)
ITEM = Money(id="x", type="money", label="数", min=None)
WEIGHT = Fraction(10)


def judged(rule: dict[str, object], x: str | Fraction) -> Verdict:
    figures = Figures({"x": ITEM}, {"x": given(Decimal(0))}).with_figure("x", Fraction(x))
    return RULES.validate_python(rule).verdict(WEIGHT, figures)


def proportional(reading: str) -> dict[str, object]:
    return {"kind": "proportional", "metric": "x", "unit": "percent", "base": 100, "reading": reading}


LINEAR_UP = {"kind": "interval_linear", "metric": "x", "unit": "percent", "full_at": 100, "zero_at": 80}
LINEAR_DOWN = {"kind": "interval_linear", "metric": "x", "unit": "percent", "full_at": 100, "zero_at": 120}
BANDS = {
    "kind": "bands",
    "metric": "x",
    "unit": "percent",
    "bands": [{"from": 95, "points": 10}, {"from": 85, "to": 95, "points": 6}, {"from": 60, "to": 85}, {"to": 60, "points": 0}],
}
TWO_SIDED = {
    "kind": "bands",
    "metric": "x",
    "unit": "number",
    "bands": [{"from": -5, "to": 5, "points": 10}, {"from": 5, "points": 2}],
}
ALL = {"kind": "all_or_nothing", "condition": "x > 90", "goal": "高于 90"}


@pytest.mark.parametrize(
    ("rule", "x", "points"),
    [
        (proportional("direct"), "98.5", "9.85"),
        (proportional("direct"), "130", "10"),
        (proportional("direct"), "-5", "0"),
        (proportional("inverse"), "125", "8"),
        (proportional("inverse"), "80", "10"),
        (proportional("inverse"), "0", "10"),
        (proportional("mirrored"), "125", "7.5"),
        (proportional("mirrored"), "250", "0"),
        (proportional("mirrored"), "100", "10"),
        (LINEAR_UP, "100", "10"),
        (LINEAR_UP, "98.5", "9.25"),
        (LINEAR_UP, "80", "0"),
        (LINEAR_UP, "79", "0"),
        (LINEAR_DOWN, "100", "10"),
        (LINEAR_DOWN, "110", "5"),
        (LINEAR_DOWN, "121", "0"),
        (BANDS, "95", "10"),
        (BANDS, "94.99", "6"),
        (BANDS, "85", "6"),
        (BANDS, "59.99", "0"),
        (TWO_SIDED, "-5", "10"),
        (TWO_SIDED, "5", "2"),
        (ALL, "90.01", "10"),
        (ALL, "90", "0"),
    ],
)
def test_points_are_exact_at_the_edges(rule: dict[str, object], x: str, points: str) -> None:
    verdict = judged(rule, x)
    assert verdict.points == Fraction(points)
    assert verdict.standing is Standing.SCORED
    assert bool(verdict.full) is (verdict.points < WEIGHT) is bool(verdict.loss)
    assert any(c.isdigit() for c in verdict.why)


@pytest.mark.parametrize(("rule", "x"), [(BANDS, "70"), (TWO_SIDED, "-6"), ({**ALL, "otherwise": "by_hand"}, "1")])
def test_where_the_print_is_silent_the_rule_is_too(rule: dict[str, object], x: str) -> None:
    assert judged(rule, x).standing is Standing.UNSPECIFIED


def test_an_inverse_of_a_negative_figure_has_no_result() -> None:
    with pytest.raises(Undefined, match="负数"):
        judged(proportional("inverse"), "-1")


MONOTONE = [
    (proportional("direct"), 1),
    (proportional("inverse"), -1),
    (proportional("mirrored"), -1),
    (LINEAR_UP, 1),
    (LINEAR_DOWN, -1),
]


@drawn(st.sampled_from(MONOTONE), st.fractions(0, 300), st.fractions(0, 300))
def test_a_better_figure_never_earns_less_and_points_stay_in_range(
    pair: tuple[dict[str, object], int], a: Fraction, b: Fraction
) -> None:
    rule, sign = pair
    low, high = (judged(rule, x).points for x in sorted((a, b)))
    assert low is not None
    assert high is not None
    assert 0 <= min(low, high) <= max(low, high) <= WEIGHT
    assert (high - low) * sign >= 0


@drawn(st.fractions(-50, 300))
def test_a_band_earns_only_points_it_declares(x: Fraction) -> None:
    verdict = judged(BANDS, x)
    assert verdict.points in (None, 0, 6, 10)


@pytest.mark.parametrize(
    ("rule", "code", "words"),
    [
        ({**LINEAR_UP, "zero_at": 100}, "RULE_MAX", "不能一样"),
        ({**BANDS, "bands": [{"from": 95, "to": 90, "points": 1}]}, "BAND", "应小于"),
        ({**BANDS, "bands": [{"from": 90, "points": 10}, {"from": 80, "to": 95, "points": 5}]}, "BAND", "重叠"),
        ({**BANDS, "bands": [{"from": 90, "points": 11}, {"to": 90, "points": 0}]}, "RULE_MAX", "超过分值"),
        ({**ALL, "condition": "x >> 90"}, "FORMULA", "不能用"),
    ],
)
def test_mistakes_in_the_parameters_are_named(rule: dict[str, object], code: str, words: str) -> None:
    found = list(RULES.validate_python(rule).lint(WEIGHT, {"x": ITEM}))
    assert any(c == code and words in text for c, text in found), found
