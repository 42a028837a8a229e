"""Weights that do not add up level by level, caps that cap nothing, grades that leave a gap."""

from collections.abc import Iterator
from decimal import Decimal

from scoring.errors import Problem
from scoring.form import Form
from scoring.lint.formulas import formula_problems
from scoring.lint.source import Source
from scoring.numbers import plain
from scoring.rules.base import names_in
from scoring.tree import Group, Indicator
from scoring.wording import quoted
from scoring.yamlfile import Path as Place
from scoring.yamlfile import YamlFile


def weights(form: Form, source: Source) -> Iterator[Problem]:
    """Every level adds up to the one above it, level 1 to 100; ids are unique; weights that print other than they count."""
    seen: set[str] = set()
    for n, branch in enumerate(form.data.indicators):
        yield from _weights_below(branch, ("indicators", n), source, seen)
    total = sum((g.weight for g in form.data.indicators), Decimal(0))
    if form.data.indicators and total != 100:
        text = f"一级指标分值合计 {plain(total)}，应是 100"
        yield source.problem("WEIGHT_SUM", "indicators.yaml", ("indicators",), text)


def _weights_below(branch: Group | Indicator, path: Place, source: Source, seen: set[str]) -> Iterator[Problem]:
    if branch.id in seen:
        yield source.problem("NAME_TWICE", "indicators.yaml", path, f"{branch.id} 用了两次", key="id")
    seen.add(branch.id)
    if branch.printed_weight is not None and branch.printed_weight != branch.weight:
        text = f"{quoted(branch.name)}表上印的是 {plain(branch.printed_weight)} 分，这里按 {plain(branch.weight)} 分计"
        yield source.problem("WEIGHT_SUM", "indicators.yaml", (*path, "printed_weight"), text, fatal=False)
    if isinstance(branch, Indicator):
        return
    total = sum((c.weight for c in branch.children), Decimal(0))
    if total != branch.weight:
        text = f"{quoted(branch.name)}写 {plain(branch.weight)} 分，下面合计 {plain(total)} 分"
        yield source.problem("WEIGHT_SUM", "indicators.yaml", (*path, "weight"), text)
    for n, child in enumerate(branch.children):
        yield from _weights_below(child, (*path, "children", n), source, seen)


def caps(form: Form, source: Source) -> Iterator[Problem]:
    """The conditions of caps can be evaluated, and a cap is one."""
    for n, cap in enumerate(form.data.caps):
        yield from formula_problems(form, source, "indicators.yaml", ("caps", n, "when"), cap.when)
        if not names_in(cap.when):
            yield source.problem("CAP", "indicators.yaml", ("caps", n, "when"), "when 里没有数据项，永远成立或永远不成立")
        if cap.at_most >= form.weight:
            text = f"at_most {plain(cap.at_most)} 不低于满分 {plain(form.weight)}，封不住"
            yield source.problem("CAP", "indicators.yaml", ("caps", n, "at_most"), text)


def grades(form: Form, source: Source) -> Iterator[Problem]:
    """Every total has one grade, and the pass line is one of them or a number of points."""
    file = source.files.get("pack.yaml", YamlFile("pack.yaml", {}, {}))

    def problem(key: str, text: str) -> Problem:
        return Problem("GRADES", "pack.yaml", file.line((key,)), key, text)

    edges = [g.lowest for g in form.pack.grades]
    if edges and min(edges) != 0:
        yield problem("grades", "最低一档要从 0 开始，否则有的总分没有等级")
    if len(set(edges)) != len(edges):
        yield problem("grades", "两个等级的起点一样，请改一个 from")
    if form.pack.pass_line and form.pack.passing is None:
        names = "、".join(g.name for g in form.pack.grades)
        yield problem("pass_line", f"pass_line 写的是 {form.pack.pass_line}，应是一个等级（{names}）或 0–100 的分数")
