"""Figures against each other as reports say it: more or less than last year, than the budget, what each part is of a sum.

Not here: single figures (figure_texts.py).
"""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from scoring.numbers import plain, round_half_up
from templates.figure_texts import DASH, PROVISIONAL, FigureTexts, exact


class ComparedTexts:
    """The comparisons of a filing as text; a gap where one of the figures is missing."""

    def __init__(self, texts: FigureTexts) -> None:
        self.texts = texts

    def growth(self, now: str, before: str, unit: str = "万元") -> str:
        """比上年增加1.3万元，增长52.63% — or 与上年持平; no percentage over a base of 0."""
        a, b = self.texts.fraction(now), self.texts.fraction(before)
        if isinstance(a, str) or isinstance(b, str):
            return _missing("比上年", a, b)
        if a == b:
            return "与上年持平"
        change, rate = ("增加", "增长") if a > b else ("减少", "下降")
        percentage = plain(abs(a - b) / b * 100, 2) if b > 0 else "0"
        share = f"，{rate}{percentage}%" if percentage != "0" else ""
        return f"比上年{change}{exact(abs(a - b), 4)}{unit}{share}{self._rough(now, before)}"

    def saving(self, final: str, budget: str, unit: str = "万元") -> str:
        """比预算节约8.65万元, 超出预算3.15万元, or 与预算一致."""
        a, b = self.texts.fraction(final), self.texts.fraction(budget)
        if isinstance(a, str) or isinstance(b, str):
            return _missing("比预算", a, b)
        if a == b:
            return "与预算一致"
        said = f"比预算节约{exact(b - a, 4)}{unit}" if a < b else f"超出预算{exact(a - b, 4)}{unit}"
        return said + self._rough(final, budget)

    def shares(self, parts: Sequence[str], places: int = 2) -> list[str]:
        """What each part is of their sum, in percent; the printed shares add up to exactly 100%."""
        found = [self.texts.fraction(p) for p in parts]
        values = [v for v in found if isinstance(v, Fraction)]
        if len(values) < len(found) or not sum(values):
            open_one = next((v for v in found if isinstance(v, str) and v), DASH)
            return [v if isinstance(v, str) and v else open_one for v in found]
        return [f"{plain(s, places)}%{self._rough(*parts)}" for s in largest_remainder(values, places)]

    def _rough(self, *names: str) -> str:
        items = [i for n in names for i in self.texts.form.resolve(n.partition(".")[0])]
        return PROVISIONAL if self.texts.any_provisional(items) else ""


def _missing(against: str, *figures: Fraction | str) -> str:
    """A comparison of which a figure is missing: its gap, or a dash where there is nothing to compare."""
    return against + next((f for f in figures if isinstance(f, str) and f), DASH)


def largest_remainder(values: Sequence[Fraction], places: int) -> list[Decimal]:
    """Percentages of the sum with so many places, that add up to 100: the largest remainders are rounded up."""
    unit = Fraction(1, 10**places)
    shares = [v * 100 / sum(values) for v in values]
    floors = [s // unit * unit for s in shares]
    missing = int((100 - sum(floors)) / unit)
    order = sorted(range(len(shares)), key=lambda n: floors[n] - shares[n])
    raised = set(order[:missing])
    return [round_half_up(f + unit * (n in raised), places) for n, f in enumerate(floors)]
