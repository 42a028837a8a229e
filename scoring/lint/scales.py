"""Percentages that would come out a hundred times too large or too small: where a formula meets the scale it is read in.

Not here: formulas that cannot be read (formulas.py).
"""

import re
from collections.abc import Iterator

from scoring.errors import Problem
from scoring.form import Form
from scoring.lint.source import Source
from scoring.rules.base import Rule
from scoring.rules.metric import MetricRule
from scoring.tree import Place as Leaf
from scoring.wording import quoted

HUNDRED = re.compile(r"\b100\b")


def scales(form: Form, source: Source) -> Iterator[Problem]:
    """Metrics and computed figures whose formula does not fit their unit."""
    for leaf in form.indicators:
        for rule in _with_inner(leaf.indicator.rule):
            text = _of_metric(rule) if isinstance(rule, MetricRule) else ""
            if text:
                path = (*_path(form, leaf), "rule")
                told = f"{quoted(leaf.indicator.name)}{text}"
                yield source.problem("SCALE", "indicators.yaml", path, told, fatal=False, key="metric")
    for n, computed in enumerate(form.data.computed):
        if computed.unit == "%" and _is_quotient(computed.formula) and not HUNDRED.search(computed.formula):
            text = f"单位是 %，算式里没有 * 100：{computed.formula} 会印成 0.98% 这样"
            yield source.problem("SCALE", "checks.yaml", ("computed", n, "formula"), text, fatal=False)


def _of_metric(rule: MetricRule) -> str:
    if rule.unit == "ratio" and HUNDRED.search(rule.metric):
        return f"的 metric 写了 100：unit 是 ratio，会自动乘 100；{rule.metric} 要么去掉 100，要么写 unit: percent"
    if rule.unit == "percent" and _is_quotient(rule.metric) and not HUNDRED.search(rule.metric):
        return f"的 metric 是两个数相除，却写了 unit: percent：{rule.metric} 会当作百分之零点几；请去掉 unit"
    return ""


def _is_quotient(formula: str) -> bool:
    """One thing divided by another; an average, ÷ count(…), keeps its scale."""
    return "/" in formula and "count(" not in formula


def _with_inner(rule: Rule) -> Iterator[Rule]:
    """A rule and those inside it."""
    yield rule
    inner = [getattr(rule, "rule", None), *(getattr(part, "rule", None) for part in getattr(rule, "rules", ()))]
    for one in inner:
        if isinstance(one, Rule):
            yield from _with_inner(one)


def _path(form: Form, leaf: Leaf) -> tuple[str | int, ...]:
    """Where an indicator stands in indicators.yaml."""
    path: tuple[str | int, ...] = ("indicators",)
    nodes: tuple[object, ...] = tuple(form.data.indicators)
    for node in (*leaf.path, leaf.indicator):
        path = (*path, nodes.index(node), "children")
        nodes = tuple(getattr(node, "children", ()))
    return path[:-1]
