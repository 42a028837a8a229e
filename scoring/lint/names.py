"""Names: ids stand once, and everything a question, a figure, a conversion or a check speaks of is there."""

from collections.abc import Iterator

from scoring.columns import Rows, Table
from scoring.errors import Problem
from scoring.form import Form
from scoring.formdata import Check
from scoring.items import Item
from scoring.lint.formulas import formula_problems, unknown_cell, unknown_name
from scoring.lint.source import Source
from scoring.lint.tables import lint_table
from scoring.rules.base import names_in
from scoring.yamlfile import Path as Place


def names(form: Form, source: Source) -> Iterator[Problem]:
    """Ids are unique, and every name in a formula is an item, a column or a computed figure."""
    seen: dict[str, str] = {}
    for n, section in enumerate(form.data.sections):
        for k, item in enumerate(section.items):
            path: Place = ("sections", n, "items", k)
            if item.id in seen:
                yield source.problem("NAME_TWICE", "form.yaml", path, f"{item.id} 已经在“{seen[item.id]}”里用过", key="id")
            seen[item.id] = section.title
            yield from formula_problems(form, source, "form.yaml", (*path, "when"), item.when)
            if item.when and item.id in {x for name in names_in(item.when) for x in form.resolve(name.partition(".")[0])}:
                yield source.problem("LOOP", "form.yaml", (*path, "when"), "when 里用到了这一题自己，永远问不到")
            yield from _last_year(form, source, path, item)
            yield from _table(form, source, path, item)
    for n, computed in enumerate(form.data.computed):
        if computed.id in seen:
            yield source.problem("NAME_TWICE", "checks.yaml", ("computed", n), f"{computed.id} 已经是数据项", key="id")
        yield from formula_problems(form, source, "checks.yaml", ("computed", n, "formula"), computed.formula)
        if computed.id in form.resolve(computed.id):
            yield source.problem("LOOP", "checks.yaml", ("computed", n, "formula"), f"{computed.id} 绕回到了自己")
    for n, conversion in enumerate(form.data.conversions):
        if conversion.item not in form.items:
            text = f"没有叫 {conversion.item} 的数据项"
            yield source.problem("NAME_UNKNOWN", "conversions.yaml", ("conversions", n, "item"), text)
    for n, check in enumerate(form.data.checks):
        yield from _check(form, source, ("checks", n), check)


def _check(form: Form, source: Source, path: Place, check: Check) -> Iterator[Problem]:
    """The tables, columns and formulas of a declared check."""
    wanted = [("each", check.each, "")] if check.each else []
    if check.match:
        wanted += [("match", check.match.table, check.match.column), ("match", check.each, check.match.within)]
    unknown = [(key, text) for key, table, column in wanted if (text := unknown_cell(form, table, column))]
    if (check.where or check.match) and not check.each:
        unknown.append(("each", "where 和 match 要和 each（哪张表的每一行）一起写"))
    for key, text in unknown:
        yield source.problem("NAME_UNKNOWN", "checks.yaml", (*path, key), text)
    if not unknown:
        yield from formula_problems(form, source, "checks.yaml", (*path, "that"), check.that, check.tables)
        yield from formula_problems(form, source, "checks.yaml", (*path, "where"), check.where, check.tables)


def _last_year(form: Form, source: Source, path: Place, item: Item) -> Iterator[Problem]:
    if item.last_year:
        text = unknown_name(form, item.last_year, whole=True)
        if text:
            yield source.problem("NAME_UNKNOWN", "form.yaml", (*path, "last_year"), text)
    if isinstance(item, Table):
        for n, column in enumerate(item.columns):
            if column.last_year and column.last_year not in {c.id for c in item.columns}:
                yield source.problem("NAME_UNKNOWN", "form.yaml", (*path, "columns", n), f"没有 {column.last_year} 这一列")


def _table(form: Form, source: Source, path: Place, item: Item) -> Iterator[Problem]:
    for below, key, text, fatal in lint_table(item):
        yield source.problem("COLUMN", "form.yaml", (*path, *below), text, fatal=fatal, key=key)
    if isinstance(item, Rows) and item.copies and not isinstance(form.items.get(item.copies), Rows):
        yield source.problem("NAME_UNKNOWN", "form.yaml", (*path, "copies"), f"没有 {item.copies} 这张表")
