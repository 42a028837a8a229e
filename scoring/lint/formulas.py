"""Formulas whose names nobody defines, or which cannot be read at all."""

from collections.abc import Iterator, Mapping

from scoring.checks.rowchecks import UNIT
from scoring.columns import Rows, Survey, Table
from scoring.errors import Problem
from scoring.form import Form
from scoring.formula import FormulaError, parse
from scoring.lint.source import Source
from scoring.survey import survey_figures
from scoring.yamlfile import Path as Place


def formula_problems(
    form: Form, source: Source, part: str, path: Place, formula: str, tables: Mapping[str, str] | None = None
) -> Iterator[Problem]:
    """What is wrong with a formula of the form; `tables`: names that stand for the lines of a table."""
    if not formula:
        return
    try:
        parsed = parse(formula)
    except FormulaError as e:
        yield source.problem("FORMULA", part, path, str(e))
        return
    for name in parsed.names:
        head, _, column = name.partition(".")
        if tables and head in tables:
            text = "" if column == UNIT else unknown_cell(form, tables[head], column)
        else:
            text = unknown_name(form, name, name in parsed.tables)
        if text:
            yield source.problem("NAME_UNKNOWN", part, path, text)


def unknown_name(form: Form, name: str, whole: bool) -> str:
    """Why a name in a formula means nothing; empty when it is fine."""
    item_id, _, column = name.partition(".")
    if item_id in form.computed and not column:
        return ""
    item = form.items.get(item_id)
    if item is None:
        return f"没有叫 {item_id} 的数据项"
    if isinstance(item, Survey):
        names = survey_figures(item)
        return "" if column in names else f"{item_id} 是问卷，要写明哪个数：{'、'.join(f'{item_id}.{n}' for n in names)}"
    if isinstance(item, Table):
        columns = [c.id for c in item.columns]
        if column and column not in columns:
            return f"{item_id} 没有 {column} 这一列，有：{'、'.join(columns)}"
        if not column and not whole:
            return f"{item_id} 是表格，要写明哪一列，例如 {item_id}.{columns[0]}"
        if item.type == "rows" and not whole:
            return f"{item_id} 有好几行，要用 sum({name})"
    elif column:
        return f"{item_id} 不是表格，没有列"
    return ""


def unknown_cell(form: Form, table: str, column: str) -> str:
    """Why a column of a repeating table means nothing; empty when it is fine, or no column is named."""
    item = form.items.get(table)
    if not isinstance(item, Rows):
        return f"没有叫 {table} 的表（rows）"
    columns = [c.id for c in item.columns]
    return "" if column in ("", *columns) else f"{table} 没有 {column} 这一列，有：{'、'.join(columns)}"
