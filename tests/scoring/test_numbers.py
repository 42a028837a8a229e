"""Rounding and printing are exact."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.numbers import percent, plain, round_half_up

decimals = st.decimals(min_value=-(10**12), max_value=10**12, allow_nan=False, allow_infinity=False, places=6)


@given(decimals, st.integers(0, 4))
def test_rounding_agrees_with_the_decimal_module(value: Decimal, places: int) -> None:
    assert round_half_up(value, places) == value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@given(st.integers(-(10**6), 10**6), st.integers(1, 10**4), st.integers(0, 4))
def test_rounding_is_never_further_away_than_half_a_unit(top: int, bottom: int, places: int) -> None:
    value = Fraction(top, bottom)
    assert abs(Fraction(round_half_up(value, places)) - value) <= Fraction(1, 2 * 10**places)


@given(decimals)
def test_plain_writing_gives_the_same_number_back(value: Decimal) -> None:
    text = plain(value)
    assert Decimal(text) == value
    assert "E" not in text
    assert not text.startswith("-0") or Decimal(text) < 0


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("2.50"), "2.5"),
        (Decimal("1E+3"), "1000"),
        (Decimal("-0.00"), "0"),
        (Decimal(37), "37"),
        (Fraction(1, 3), "0.3333"),
    ],
)
def test_plain_writing_is_short(value: Decimal | Fraction, text: str) -> None:
    assert plain(value) == text


def test_the_printed_rate_of_the_filing() -> None:
    assert percent(Fraction(31, 37) * 100) == "83.78%"
