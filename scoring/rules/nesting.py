"""What rules that hold other rules share: everything they read, and the verdict of a held rule that may have none.

Not here: what such a rule makes of it; each kind has a file of its own.
"""

from fractions import Fraction

from scoring.answers import Figures
from scoring.formula import Undefined
from scoring.rules.base import Rule, Verdict, unspecified
from scoring.rules.span import Span


class Nesting(Rule):
    """Base of the kinds with a key `rule:` or `rules:`. Sub-classes say which rules they hold and what they read besides."""

    def inner(self) -> tuple[Rule, ...]:
        """The rules it holds, in the order they are written."""
        return ()

    def own_formulas(self) -> tuple[str, ...]:
        """The formulas of its own parameters."""
        return ()

    def own_items(self) -> tuple[str, ...]:
        """The items its own parameters name."""
        return ()

    def formulas(self) -> tuple[str, ...]:
        return (*self.own_formulas(), *(f for rule in self.inner() for f in rule.formulas()))

    def items(self) -> tuple[str, ...]:
        return (*self.own_items(), *(i for rule in self.inner() for i in rule.items()))

    def may_be_silent(self) -> bool:
        return bool(self.own_formulas()) or any(rule.may_be_silent() for rule in self.inner())


def judged(rule: Rule, weight: Fraction, figures: Figures) -> Verdict:
    """The verdict of a held rule, silent where its arithmetic has no result. Raises Missing and Inapplicable."""
    try:
        return rule.verdict(weight, figures)
    except Undefined as nonsense:
        return unspecified(str(nonsense))


def spans(verdict: Verdict, weight: Fraction) -> tuple[Span, ...]:
    """The points that a verdict leaves possible: one number when it is decided."""
    if verdict.points is not None:
        return (Span(verdict.points, verdict.points),)
    return verdict.allowed or (Span(Fraction(0), weight),)
