"""What every rule kind shares: a verdict, and the interface of one small unit per kind.

A rule is data (its parameters) plus one function: figures in, verdict out. A rule that is silent for the
given figures answers *unspecified* and never guesses; the chat then asks for points and a reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from scoring.answers import Figures
from scoring.data import Data
from scoring.formula import FormulaError, parse
from scoring.items import Item
from scoring.rules.span import Span
from scoring.wording import outcome as outcome


class Standing(StrEnum):
    """Where an indicator stands."""

    SCORED = "scored"
    WAITING = "waiting"
    NOT_APPLICABLE = "not_applicable"
    UNSPECIFIED = "unspecified"


@dataclass(frozen=True, slots=True)
class RowPart:
    """What one line of a table contributes: its place (from 0), what it weighs and has earned, in 分, and why.

    `points` is None on a line that shares the 分值 of the one above, and while something is open.
    """

    row: int
    name: str
    weight: Fraction
    points: Fraction | None
    why: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Points (exact, in 分, not yet rounded) and the sentence that explains them with the numbers.

    `full` says what the figures would have to be for full points; empty at full points.
    `loss` is the reason for lost points as an official report gives it, without the arithmetic.
    `waiting` names the items (or item.column) still needed.
    `allowed`: the ranges that points given by hand must keep; empty where anything from 0 to the weight may be given.
    `parts`: line by line, where the points are those of a table.
    """

    standing: Standing
    why: str
    points: Fraction | None = None
    full: str = ""
    waiting: tuple[str, ...] = ()
    loss: str = ""
    allowed: tuple[Span, ...] = ()
    parts: tuple[RowPart, ...] = ()


def scored(points: Fraction, why: str, full: str = "", loss: str = "") -> Verdict:
    return Verdict(Standing.SCORED, why, points, full, loss=loss)


def unspecified(why: str, allowed: tuple[Span, ...] = ()) -> Verdict:
    return Verdict(Standing.UNSPECIFIED, why, allowed=allowed)


def names_in(formula: str) -> tuple[str, ...]:
    """Names a formula reads; none when it cannot be parsed, which lint tells apart."""
    try:
        return parse(formula).names if formula else ()
    except FormulaError:
        return ()


class Rule(Data):
    """Base of the closed set of kinds (spec/overview §2). Sub-classes add `kind` and their parameters."""

    def formulas(self) -> tuple[str, ...]:
        """The formulas in the parameters."""
        return ()

    def items(self) -> tuple[str, ...]:
        """Ids of the items it reads directly, not through a formula."""
        return ()

    def reads(self) -> tuple[str, ...]:
        """Every item id it depends on, in order."""
        names = [n for f in self.formulas() for n in names_in(f)]
        return tuple(dict.fromkeys([n.partition(".")[0] for n in names] + list(self.items())))

    def verdict(self, weight: Fraction, figures: Figures) -> Verdict:
        """May raise Missing, Inapplicable and Undefined; the scorecard turns them into standings."""
        raise TypeError(f"{type(self).__name__} has no verdict")

    def may_be_silent(self) -> bool:
        """Whether the rule can answer *unspecified*, so that points and a reason may have to be asked."""
        return bool(self.formulas())

    def reachable(self, weight: Fraction, items: dict[str, Item]) -> frozenset[Fraction] | None:
        """The finite set of points it can give; None when any number of the range is possible."""
        return None

    def lint(self, weight: Fraction, items: dict[str, Item]) -> Iterator[tuple[str, str]]:
        """(code, sentence) for each mistake inside the parameters."""
        for source in self.formulas():
            try:
                parse(source)
            except FormulaError as e:
                yield "FORMULA", str(e)
