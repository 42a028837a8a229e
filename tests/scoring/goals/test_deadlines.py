"""Deadlines: a day or a month before one is in time by itself; whatever is not certain is left to the filler."""

from fractions import Fraction

import pytest

from scoring.goals.attainment import Attainment, assess
from scoring.goals.periods import in_time


@pytest.mark.parametrize(
    ("actual", "target"),
    [
        ("12月15日", "12月底前"),
        ("12月", "12月底前"),
        ("12月31日", "12月底之前"),
        ("11月", "12月15日前"),
        ("2025年10月25日", "2025年10月底前"),
        ("2024年12月", "2025年3月底前完成"),
        ("9月30日", "年底前"),
        ("2月29日", "3月1日前"),
    ],
)
def test_what_lies_before_a_deadline_is_in_time(actual: str, target: str) -> None:
    assert in_time(actual, target)
    found = assess(Attainment(), Fraction(10), target, actual, None, None, None)
    assert (found.points, found.needs) == (Fraction(10), ())


@pytest.mark.parametrize(
    ("actual", "target"),
    [
        ("12月15日", "12月15日前"),  # may or may not belong
        ("12月16日", "12月15日前"),
        ("12月", "12月15日前"),
        ("2026年1月5日", "12月底前"),  # no year there
        ("1月5日", "2025年12月底前"),
        ("2月30日", "3月底前"),
        ("11月底前", "12月底前"),
        ("12月15日", "12月"),
        ("上半年", "12月底前"),
    ],
)
def test_whatever_is_not_certain_is_left_to_the_filler(actual: str, target: str) -> None:
    assert not in_time(actual, target)
    assert "points" in assess(Attainment(), Fraction(10), target, actual, None, None, None).needs
