"""Where a formula finds its figures, and why it may have no value."""

from fractions import Fraction
from typing import Protocol

Scalar = Fraction | str | bool


class FormulaError(ValueError):
    """The formula cannot be parsed; the message says where and what is allowed."""


class Missing(Exception):
    """Figures that have not been answered yet."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__("、".join(names))
        self.names = names


class Inapplicable(Exception):
    """A figure was answered 不适用."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Undefined(Exception):
    """The arithmetic has no result (division by zero); the message is for people."""


class Facts(Protocol):
    """Where a formula finds its figures."""

    def scalar(self, name: str) -> Scalar:
        """The figure called `item` or `item.column`. Raises Missing or Inapplicable."""

    def column(self, name: str) -> tuple[Fraction, ...]:
        """All figures of a column of a repeating table, blanks left out. Raises Missing."""

    def count(self, name: str) -> int:
        """How many rows a repeating table has. Raises Missing."""
