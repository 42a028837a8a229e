"""Ranges of points that a rule leaves open: what the filler may give by hand where the print gives no single number.

Not here: who asks for these points (form.py, asked.py), or how typed text becomes points (reading/).
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from scoring.numbers import Exact, plain, round_half_up

MOST_PLACES = 8  # decimals looked at to find a number inside a narrow range


@dataclass(frozen=True, slots=True)
class Span:
    """Points from `low` to `high`, both in 分; with `below` the upper end itself belongs to the better range."""

    low: Fraction
    high: Fraction
    below: bool = False

    def holds(self, points: Exact) -> bool:
        """Whether these points lie in the range."""
        return self.low <= points < self.high if self.below else self.low <= points <= self.high

    def ends(self, places: int) -> tuple[Decimal, Decimal]:
        """The lowest and the highest number of so many decimals in the range; of more where it holds none of them."""
        for digits in range(places, MOST_PLACES + 1):
            unit = 10**digits
            low, high = ceil(self.low * unit), floor(self.high * unit)
            if self.below and Fraction(high, unit) == self.high:
                high -= 1
            if low <= high:
                return round_half_up(Fraction(low, unit), digits), round_half_up(Fraction(high, unit), digits)
        return round_half_up(self.low, MOST_PLACES), round_half_up(self.low, MOST_PLACES)

    def told(self, places: int) -> str:
        """6–7.99, or 0 where there is one number."""
        low, high = self.ends(places)
        return plain(low) if low == high else f"{plain(low)}–{plain(high)}"

    def scaled(self, factor: Fraction) -> "Span":
        """The range with every number times a positive factor."""
        return Span(self.low * factor, self.high * factor, self.below)

    def plus(self, other: "Span") -> "Span":
        """The sums of a number of the one and a number of the other."""
        return Span(self.low + other.low, self.high + other.high, self.below or other.below)

    def within(self, lowest: Fraction, highest: Fraction) -> "Span":
        """The part of the range between two numbers; what lies outside is moved to the nearer of them."""
        low, high = max(self.low, lowest), min(self.high, highest)
        return Span(min(low, highest), max(high, lowest), self.below and high == self.high and high > low)


def told(spans: tuple[Span, ...], places: int) -> str:
    """Ranges as people write them: 0 或 6–10."""
    return " 或 ".join(s.told(places) for s in spans)
