"""Plain arithmetic over items, safely evaluated.

A formula is what a clerk would write: `staff_actual / staff_quota * 100`, `sum(projects.budget)`,
`public.final <= public.budget`, `has_fund and fund_total > 0`. It is parsed once with a closed table of
operators (anything else is refused with the reason), and evaluated exactly, in rationals.
Not here: what a missing figure means for points (rules/), or for a check (checks/).
"""

import ast
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from scoring.formula.evaluating import evaluate, refuse_text, show
from scoring.formula.facts import Facts, FormulaError, Inapplicable, Missing, Scalar, Undefined
from scoring.formula.syntax import FUNCTIONS, AsWritten, validate

MAX_LENGTH = 400  # the longest real rule needs 90 characters; more is a mistake or an attack


@dataclass(frozen=True, slots=True)
class Formula:
    """One parsed formula. `names` are the items (or item.column) it reads, in order of appearance."""

    source: str
    names: tuple[str, ...]
    tables: frozenset[str]  # those of `names` that stand for a whole column or table: sum(…), count(…)
    _tree: ast.expr

    def value(self, facts: Facts) -> Scalar:
        """The exact result. Raises Inapplicable before Missing (which names all that is missing), or Undefined."""
        missing = tuple(dict.fromkeys(m for n in self.names for m in self._missing(n, facts)))
        if missing:
            raise Missing(missing)
        return evaluate(self._tree, facts)

    def _missing(self, name: str, facts: Facts) -> tuple[str, ...]:
        """What keeps this figure from being known: itself, or what stands behind it (a condition, a computed figure)."""
        try:
            if name in self.tables:
                facts.column(name) if "." in name else facts.count(name)
            else:
                facts.scalar(name)
        except Missing as missing:
            itself = name.partition(".")[0] in {m.partition(".")[0] for m in missing.names}
            return (name,) if itself else missing.names
        return ()

    def number(self, facts: Facts) -> Fraction:
        """As `value`, for a formula that must give a number."""
        result = self.value(facts)
        return Fraction(result) if not isinstance(result, str) else refuse_text(self.source)

    def holds(self, facts: Facts) -> bool:
        """As `value`, for a condition."""
        return bool(self.value(facts))

    def sides(self, facts: Facts) -> tuple[Scalar, Scalar] | None:
        """Left and right value of a comparison; None when the formula is not one comparison."""
        if isinstance(self._tree, ast.Compare) and len(self._tree.ops) == 1:
            self.value(facts)
            return evaluate(self._tree.left, facts), evaluate(self._tree.comparators[0], facts)
        return None

    def with_numbers(self, facts: Facts) -> str:
        """The formula with the figures put in, as people write it: 31÷37."""
        return show(self._tree, facts, 0)

    def side_with_numbers(self, facts: Facts, right: bool) -> str:
        """One side of a comparison with the figures put in."""
        tree = self._tree
        if isinstance(tree, ast.Compare):
            tree = tree.comparators[0] if right else tree.left
        return show(tree, facts, 0)


@lru_cache(maxsize=4096)
def parse(source: str) -> Formula:
    """The formula, or FormulaError."""
    if len(source) > MAX_LENGTH:
        raise FormulaError(f"公式太长（{len(source)} 字符，最多 {MAX_LENGTH}）")
    try:
        tree = ast.parse(source.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as e:
        raise FormulaError(f"公式写法不对：{source!r}") from e
    names: dict[str, bool] = {}
    try:
        tree = AsWritten(source.strip()).visit(tree)
        validate(tree, names, 0)
    except RecursionError as e:
        raise FormulaError("公式嵌套太深") from e
    return Formula(source.strip(), tuple(names), frozenset(n for n, table in names.items() if table), tree)


__all__ = [
    "FUNCTIONS",
    "Facts",
    "Formula",
    "FormulaError",
    "Inapplicable",
    "Missing",
    "Scalar",
    "Undefined",
    "parse",
]
