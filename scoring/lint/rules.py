"""Rules against their weight and their printed words: points that cannot be reached, a direction that contradicts the print.

A contradiction in the printed form is allowed where a `readings:` entry declares it; then it is a notice, not a mistake.
"""

from collections.abc import Iterator
from fractions import Fraction

from scoring.errors import Problem
from scoring.form import Form
from scoring.lint.formulas import formula_problems
from scoring.lint.source import Source
from scoring.numbers import plain
from scoring.rules.ratio_step import RatioStep
from scoring.tree import Group, Indicator
from scoring.wording import quoted
from scoring.yamlfile import Path as Place


def rules(form: Form, source: Source) -> Iterator[Problem]:
    """Every indicator's rule, with the formulas it reads."""
    items = dict(form.items)
    for path, indicator in _indicator_paths(form):
        rule_path: Place = (*path, "rule")
        for formula in indicator.rule.formulas():
            yield from formula_problems(form, source, "indicators.yaml", (*rule_path, "metric"), formula)
        for n, reading in enumerate(indicator.readings):
            for formula in reading.literal.formulas() if reading.literal else ():
                yield from formula_problems(form, source, "indicators.yaml", (*path, "readings", n, "literal"), formula)
        declared: set[str] = {r.code for r in indicator.readings}
        own = list(indicator.rule.lint(Fraction(indicator.weight), items))
        for code, text in own:
            fatal = code not in declared
            yield source.problem(code, "indicators.yaml", rule_path, f"{quoted(indicator.name)}{text}", fatal=fatal)
        yield from _direction(source, rule_path, indicator, declared)
        if "RULE_ITEM" not in {code for code, _ in own}:
            yield from _reachable(form, source, rule_path, indicator, declared)


def _indicator_paths(form: Form) -> Iterator[tuple[Place, Indicator]]:
    def below(branch: Group | Indicator, path: Place) -> Iterator[tuple[Place, Indicator]]:
        if isinstance(branch, Indicator):
            yield path, branch
            return
        for n, child in enumerate(branch.children):
            yield from below(child, (*path, "children", n))

    for n, branch in enumerate(form.data.indicators):
        yield from below(branch, ("indicators", n))


def _direction(source: Source, path: Place, indicator: Indicator, declared: set[str]) -> Iterator[Problem]:
    """The printed words tell a direction: 每下降/低于/降低 loses below the target, 每超过/超出 above it."""
    rule = indicator.rule
    if not isinstance(rule, RatioStep):
        return
    words = indicator.printed_rule
    down = any(w in words for w in ("下降", "低于", "降低"))
    up = any(w in words for w in ("超过", "超出"))
    printed = "both" if up and down else "below" if down else "above" if up else rule.direction
    if printed != rule.direction:
        names = {"below": "低于目标扣分", "above": "高于目标扣分", "both": "两边都扣分"}
        text = f"{quoted(indicator.name)}原文是{names[printed]}，规则写的是{names[rule.direction]}"
        yield source.problem("RULE_DIRECTION", "indicators.yaml", path, text, fatal="RULE_DIRECTION" not in declared)


def _reachable(form: Form, source: Source, path: Place, indicator: Indicator, declared: set[str]) -> Iterator[Problem]:
    reachable = indicator.rule.reachable(Fraction(indicator.weight), dict(form.items))
    if reachable is not None and Fraction(indicator.weight) not in reachable:
        best = plain(max(reachable))
        text = f"{quoted(indicator.name)}最多只能得 {best} 分，分值是 {plain(indicator.weight)} 分"
        yield source.problem("UNREACHABLE", "indicators.yaml", path, text, fatal="RULE_MAX" not in declared)
    if reachable and min(reachable) > 0:
        text = f"{quoted(indicator.name)}最少也有 {plain(min(reachable))} 分，得不到 0 分"
        yield source.problem("UNREACHABLE", "indicators.yaml", path, text, fatal=False)
