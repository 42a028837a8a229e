"""What rules over one figure share: the figure in percent (or as it is), and the sentence it is shown with.

Not here: what the figure is worth; each kind has a file of its own.
"""

from fractions import Fraction
from typing import Literal

from scoring.answers import Figures
from scoring.formula import parse
from scoring.numbers import percent, plain
from scoring.rules.base import Rule


class MetricRule(Rule):
    """`metric`: formula of a ratio (times 100 by us), of a percentage (`unit: percent`), or of a plain figure (`number`)."""

    metric: str
    unit: Literal["ratio", "percent", "number"] = "ratio"

    def formulas(self) -> tuple[str, ...]:
        return (self.metric,)

    def measured(self, figures: Figures) -> Fraction:
        """The figure: in percent, or as it is for `number`. Raises Missing, Inapplicable, Undefined."""
        return parse(self.metric).number(figures) * (100 if self.unit == "ratio" else 1)

    def told(self, value: Fraction) -> str:
        """The figure as people write it: 98.5%, 12."""
        return plain(value, 2) if self.unit == "number" else percent(value)

    def equation(self, figures: Figures, value: Fraction) -> str:
        """31÷37＝83.78%; just the figure when the metric is one figure."""
        numbers = parse(self.metric).with_numbers(figures)
        return f"{numbers}＝{self.told(value)}" if any(c in numbers for c in "÷×＋－") else self.told(value)
