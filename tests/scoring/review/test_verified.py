"""核查分: read as typed, refused outside the weight, and a total that always is the sum of what is printed."""

from decimal import Decimal

import pytest
from hypothesis import given as each
from hypothesis import strategies as st

from scoring.answers import given
from scoring.reading import NotUnderstood
from scoring.review.verified import Verified, read_verified, verified_card
from scoring.scorecard import score
from scoring.values import ManualScore
from tests.dialogs.tiny import tiny

ANSWERS = {
    "quota": given(Decimal(37)),
    "staff": given(Decimal(31)),
    "wrongs": given(Decimal(0)),
    "benefit": given(ManualScore(Decimal(18), "群众评价好")),
}


def indicator(name: str):
    return next(p.indicator for p in tiny().indicators if p.indicator.id == name)


@pytest.mark.parametrize("typed", ["8 缺佐证", "８分，缺佐证", "打8分 理由：缺佐证"])
def test_points_and_reason_are_read_as_people_type_them(typed: str) -> None:
    assert read_verified(tiny(), indicator("i_staff"), typed) == Verified(Decimal(8), "缺佐证")


@pytest.mark.parametrize("typed", ["21 太多", "-1 太少", "8", "缺佐证", "8.123 太细", ""])
def test_anything_else_gets_a_sentence(typed: str) -> None:
    assert isinstance(read_verified(tiny(), indicator("i_staff"), typed), NotUnderstood)


def test_the_total_follows() -> None:
    own = score(tiny(), ANSWERS)
    verified = verified_card(tiny(), ANSWERS, {"i_staff": Verified(Decimal(12), "缺佐证")})
    assert verified.total == own.total - 8
    assert verified.line("i_staff").why == "缺佐证"
    assert verified_card(tiny(), ANSWERS, {}).total == own.total


def test_points_for_what_is_still_open_count_too() -> None:
    verified = verified_card(tiny(), ANSWERS, {"i_goals": Verified(Decimal(5), "只有一个要点有文件")})
    assert verified.line("i_goals").points == 5
    assert verified.decided == score(tiny(), ANSWERS).decided + 20


verdicts = st.dictionaries(
    st.sampled_from([p.indicator.id for p in tiny().indicators] + ["gone"]),
    st.builds(Verified, st.decimals(0, 30, places=1), st.just("理由")),
)


@each(verdicts)
def test_the_total_is_always_the_sum_of_its_lines_and_never_above_the_weight(given_points: dict[str, Verified]) -> None:
    card = verified_card(tiny(), ANSWERS, given_points)
    assert card.total == sum((x.points for x in card.lines if x.points is not None), Decimal(0))
    for line in card.lines:
        assert line.points is None or 0 <= line.points <= line.indicator.weight
