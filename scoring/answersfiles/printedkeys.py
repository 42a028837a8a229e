"""Which keys a form knows for printed figures: items, figures, indicators, groups, cells of tables.

Not here: what they state (printed.py), whether it is right (checks/).
"""

from collections.abc import Iterator
from difflib import get_close_matches

from scoring.answersfiles.printed import BadPrinted, Printed, Statements, number_in
from scoring.columns import OneRow, Rows, Table
from scoring.form import Form
from scoring.formula import FormulaError, parse
from scoring.tree import Group, Indicator
from scoring.yamlfile import Path

OF_A_ROW = ("points", "weight", "rate")  # printed beside the cells of a row, whatever its columns


def score_names(form: Form) -> dict[str, str]:
    """Ids of all that has points, with their names: groups of every level, indicators, the total and the grade."""
    found: dict[str, str] = {}

    def walk(node: Group | Indicator) -> None:
        found[node.id] = node.name
        for child in node.children if isinstance(node, Group) else ():
            walk(child)

    for group in form.data.indicators:
        walk(group)
    return {**found, "total": "总分", "grade": "评定等级"}


def refuse_unknown(form: Form, printed: Printed) -> None:
    """Raises BadPrinted for the first key that the form does not know, with the nearest ones."""
    scores = score_names(form)
    for key in printed.values:
        if not (key in scores or key in form.computed or _is_cell(form, key)):
            raise BadPrinted((key,), _unknown(key, [*scores, *form.computed, *form.items]))
    scored: tuple[tuple[Statements, Path], ...] = (
        (printed.text, ("text",)),
        (printed.weights, ("weights",)),
        (printed.text_weights, ("text", "weights")),
    )
    for below, path in scored:
        for key in below:
            if key not in scores and not (path == ("weights",) and _is_cell(form, key)):
                raise BadPrinted((*path, key), _unknown(key, list(scores)))
    for path, text in _formulas(printed):
        _check_formula(form, path, text)


def _is_cell(form: Form, key: str) -> bool:
    name, *rest = key.split(".")
    item = form.items.get(name)
    if item is None:
        return False
    if isinstance(item, Rows):
        return len(rest) == 2 and rest[0].isdecimal() and len(rest[0]) < 5 and int(rest[0]) > 0 and _of_row(item, rest[1])
    if isinstance(item, OneRow):
        return len(rest) == 1 and _of_row(item, rest[0])
    if isinstance(item, Table) or str(item.type) == "survey":
        return len(rest) == 1
    return not rest or (len(rest) == 1 and rest[0] in OF_A_ROW)


def _of_row(item: Table, column: str) -> bool:
    return column in OF_A_ROW or any(c.id == column for c in item.columns)


def _unknown(key: str, known: list[str]) -> str:
    near = get_close_matches(key, known, n=3)
    hint = f"，是不是 {'、'.join(near)}？" if near else "；能写的有数据项、计算值、指标和分组的编号、total、grade"
    return f"没有“{key[:40]}”{hint}"


def _formulas(printed: Printed) -> Iterator[tuple[Path, str]]:
    at: dict[str, int] = {}
    for relation in printed.relations:
        n = at[relation.kind] = at.get(relation.kind, -1) + 1
        for role, texts in relation.numbers.items():
            if not (relation.kind == "counts" and role == "listed"):
                for text in texts:
                    yield (relation.kind, n, role), text
        for name, text in relation.named.items():
            yield (relation.kind, n, "others", name), text


def _check_formula(form: Form, path: Path, text: str) -> None:
    """A figure of a relation: a number, or a formula over what the form knows."""
    if number_in(text) is not None:
        return
    try:
        formula = parse(text)
    except FormulaError as e:
        raise BadPrinted(path, f"“{text[:40]}”不是一个数，也不是公式") from e
    for name in formula.names:
        item, _, column = name.partition(".")
        known = form.items.get(item)
        if name in form.computed or (known and str(known.type) == "survey"):
            continue
        wants_column = isinstance(known, OneRow) or (isinstance(known, Rows) and bool(column or name not in formula.tables))
        if known is None or (bool(column) is not wants_column):
            raise BadPrinted(path, _unknown(name, [*form.computed, *form.items]))
        if isinstance(known, Table) and column and not any(c.id == column for c in known.columns):
            raise BadPrinted(path, _unknown(name, [f"{item}.{c.id}" for c in known.columns]))
        if isinstance(known, Rows) and name not in formula.tables:
            raise BadPrinted(path, f"“{name}”有好几行，要写成 sum({name})")
