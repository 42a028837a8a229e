"""Exact numbers: rounding and printing.

Figures enter and leave as Decimal. Between the two, formulas compute with Fraction, because a quotient
such as (1/3)÷(2/3) has no finite decimal and a step rule must not lose a point to its last digit.
Not here: reading what people type (reading/).
"""

from decimal import Decimal
from fractions import Fraction
from typing import Literal

Exact = Decimal | Fraction | int
Rounding = Literal["half_up", "down"]


def round_half_up(value: Exact, places: int) -> Decimal:
    """The value with `places` decimals, halves away from zero — the rounding of printed Chinese forms."""
    above, below = value.as_integer_ratio()
    whole = (2 * abs(above) * 10**places + below) // (2 * below)
    return Decimal(f"{'-' if above < 0 and whole else ''}{whole}E-{places}")


def round_down(value: Exact, places: int) -> Decimal:
    """The value with `places` decimals, the others cut off (towards zero)."""
    above, below = value.as_integer_ratio()
    whole = abs(above) * 10**places // below
    return Decimal(f"{'-' if above < 0 and whole else ''}{whole}E-{places}")


def rounded(value: Exact, places: int, rounding: Rounding) -> Decimal:
    """The value with `places` decimals, rounded as a pack declares."""
    return round_half_up(value, places) if rounding == "half_up" else round_down(value, places)


def plain(value: Exact, places: int | None = None) -> str:
    """The shortest plain writing: 2.50 → 2.5, 1E+3 → 1000; a Fraction is first rounded to `places` (4)."""
    if places is not None or isinstance(value, Fraction):
        value = round_half_up(value, 4 if places is None else places)
    text = format(Decimal(value), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def percent(ratio: Exact, places: int = 2) -> str:
    """A ratio that is already times 100, printed as 83.78%."""
    return plain(ratio, places) + "%"


def clamp(value: Fraction, low: Exact, high: Exact) -> Fraction:
    """The value, or the nearer end of [low, high]."""
    return min(max(value, Fraction(low)), Fraction(high))
