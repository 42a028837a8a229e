"""What holds for every rule kind and any answers: points in range, listed, explained; a better figure never earns less."""

from decimal import Decimal
from typing import get_args

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from scoring.answers import Answer, Answers, given
from scoring.rules import AnyRule
from scoring.rules.base import Standing
from tests.scoring.rules.rulebook import ANSWERS, BOOK, ITEMS, WEIGHT, judge, rule

WITH_ROWS_OF_FORM = {"target_attainment"}  # their lines have a test file of their own


def test_the_book_has_every_kind() -> None:
    kinds = {get_args(k.model_fields["kind"].annotation)[0] for k in get_args(get_args(AnyRule)[0])}
    assert kinds - WITH_ROWS_OF_FORM == {data["kind"] for data in BOOK.values()}


@pytest.mark.parametrize("name", BOOK)
def test_the_book_has_no_mistake(name: str) -> None:
    assert not list(rule(BOOK[name]).lint(WEIGHT, ITEMS))


@settings(max_examples=60)
@pytest.mark.parametrize("name", BOOK)
@drawn(answers=ANSWERS)
def test_points_are_in_range_listed_and_explained(name: str, answers: dict[str, Answer]) -> None:
    verdict = judge(BOOK[name], answers)
    if verdict is None:
        return
    reachable = rule(BOOK[name]).reachable(WEIGHT, ITEMS)
    assert verdict.why
    if verdict.points is None:
        assert verdict.standing is Standing.UNSPECIFIED
        assert rule(BOOK[name]).may_be_silent()
        for span in verdict.allowed:
            assert 0 <= span.low <= span.high <= WEIGHT
            low, high = span.ends(2)
            assert span.holds(low)
            assert span.holds(high)
        return
    assert verdict.standing is Standing.SCORED
    assert 0 <= verdict.points <= WEIGHT
    assert reachable is None or verdict.points in reachable
    told_apart = BOOK[name]["kind"] not in ("discretionary", "converted")  # these are as they were given
    assert not told_apart or bool(verdict.full) is (verdict.points < WEIGHT), verdict
    assert not told_apart or bool(verdict.loss) is (verdict.points < WEIGHT), verdict


UP, DOWN = 1, -1
SENSES = [
    *((name, "x", UP) for name in ("step", "strict", "direct", "all", "C116", "to target", "linear", "coefficient", "pass line")),
    *((name, "x", DOWN) for name in ("mirrored", "to target, less", "amplified number", "deduct formula")),
    *((name, "n", DOWN) for name in ("deduct", "deduct third")),
    ("deduct fifth", "people", DOWN),
    ("equal pool", "x", UP),
    ("equal pool", "n", DOWN),
]


@drawn(st.sampled_from(SENSES), st.integers(0, 400), st.integers(0, 400), st.integers(1, 200))
def test_a_better_figure_never_earns_less(sense: tuple[str, str, int], a: int, b: int, y: int) -> None:
    name, item, sign = sense
    base: Answers = {k: given(Decimal(v)) for k, v in {"x": 5, "y": y, "n": 1, "people": 1}.items()} | {"tier": given("part")}
    low, high = (judge(BOOK[name], {**base, item: given(Decimal(v))}) for v in sorted((a, b)))
    assert low is not None
    assert high is not None
    assert low.points is not None
    assert high.points is not None
    assert (high.points - low.points) * sign >= 0


@drawn(st.sampled_from(["around", "two ranges", "amplified"]), st.decimals(0, 100, places=3), st.decimals(0, 100, places=3))
def test_farther_from_the_target_never_earns_more(name: str, a: Decimal, b: Decimal) -> None:
    near, far = sorted((a, b))
    for side in (1, -1):
        each = []
        for away in (near, far):
            x = given(100 + side * away)
            verdict = judge(BOOK[name], {"x": x, "y": given(Decimal(100))})
            assert verdict is not None
            each.append(verdict.points)
        assert each[0] is not None
        assert each[1] is not None
        assert each[1] <= each[0]
