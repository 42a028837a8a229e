"""Whether what a pack foresees can happen: a question that is asked some time, a condition that holds and fails.

Conditions are tried over a sample of worlds: both answers of a yes-or-no question, every option of a choice, and
around every number that stands in the condition. What holds in none of them is told as a notice, not as a mistake,
because a sample is not a proof.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, product

from scoring.columns import Table
from scoring.errors import Problem
from scoring.form import Form
from scoring.formula import Facts, Formula, FormulaError, Inapplicable, Missing, Scalar, Undefined, parse
from scoring.items import Choice, YesNo
from scoring.lint.source import Source
from scoring.rules.all_or_nothing import AllOrNothing

MOST_WORLDS = 4096
NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True)
class World(Facts):
    """One way the figures of a condition may be."""

    values: dict[str, Scalar]

    def scalar(self, name: str) -> Scalar:
        return self.values[name]

    def column(self, name: str) -> tuple[Fraction, ...]:
        value = self.values[name]
        return (value,) if isinstance(value, Fraction) else ()

    def count(self, name: str) -> int:
        value = self.values[name]
        return int(value) if isinstance(value, Fraction) and value >= 0 else 0


def outcomes(form: Form, condition: str) -> set[bool]:
    """The truth values a condition takes over the sample."""
    formula = parse(condition)
    seen: set[bool] = set()
    choices = [_samples(form, formula, name) for name in formula.names]
    for values in islice(product(*choices), MOST_WORLDS):
        try:
            seen.add(formula.holds(World(dict(zip(formula.names, values, strict=True)))))
        except (Missing, Inapplicable, Undefined):
            continue
        if len(seen) == 2:
            break
    return seen


def _samples(form: Form, formula: Formula, name: str) -> tuple[Scalar, ...]:
    """Values worth trying for one figure of a condition."""
    item = form.items.get(name.partition(".")[0])
    if isinstance(item, YesNo):
        return (True, False)
    if isinstance(item, Choice):
        return tuple(o.id for o in item.options)
    if isinstance(item, Table) and name not in formula.tables:
        column = next((c for c in item.columns if c.id == name.partition(".")[2]), None)
        if column is not None and not column.figure:
            return ("", "某某", *column.options)
    numbers = {Fraction(n) for n in NUMBER.findall(formula.source)}
    near = {Fraction(0), Fraction(1), Fraction(1, 2), *(n + d for n in numbers for d in (-1, 0, 1))}
    return tuple(sorted(near, reverse=True))


def conditions(form: Form) -> Iterator[tuple[str, tuple[str | int, ...], str, str]]:
    """Every condition of a form: the file and place where it stands, what depends on it, and its text."""
    for n, section in enumerate(form.data.sections):
        for k, item in enumerate(section.items):
            if item.when:
                yield "form.yaml", ("sections", n, "items", k, "when"), f"{item.id} 这一题", item.when
    for n, cap in enumerate(form.data.caps):
        yield "indicators.yaml", ("caps", n, "when"), "这条封顶", cap.when
    for n, check in enumerate(form.data.checks):
        if not check.each:
            yield "checks.yaml", ("checks", n, "that"), f"检查 {check.id}", check.that
    for place in form.indicators:
        rule = place.indicator.rule
        if isinstance(rule, AllOrNothing):
            yield "indicators.yaml", (), f"指标 {place.indicator.id}", rule.condition


def constant_conditions(form: Form, source: Source) -> Iterator[Problem]:
    """Conditions that came out the same in every world tried."""
    for part, path, what, condition in conditions(form):
        try:
            seen = outcomes(form, condition)
        except FormulaError:
            continue
        if len(seen) == 1:
            how = "总是成立" if True in seen else "没有成立的时候"
            yield source.problem("NEVER", part, path, f"{what}的条件“{condition}”{how}，请核对", fatal=False)
