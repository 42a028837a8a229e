"""Printed figures against the answers: computed figures, items and cells, and one fact stated at several places."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from scoring.answers import Answers
from scoring.answersfiles.printed import Printed, Statement, amount_in, places_of
from scoring.answersfiles.printedkeys import score_names
from scoring.checks.arithmetic import arithmetic, cells_of
from scoring.checks.causes import SWAPPED, likely_cause, truncated
from scoring.checks.finding import EXPLAIN, NOTICE, WRONG, Finding
from scoring.columns import Survey, Table
from scoring.form import Form
from scoring.formdata import Severity
from scoring.formula import Inapplicable, Missing, Undefined, parse
from scoring.items import figure_label
from scoring.numbers import plain, round_half_up
from scoring.wording import quoted

LEAST_PARTS_OF_A_SUM = 2


def printed_figures(form: Form, answers: Answers, printed: Printed) -> Iterator[Finding]:
    """Every printed figure that is no score: against its formula, its answer, and its other places."""
    scores = score_names(form)
    for key, statements in printed.values.items():
        if key not in scores:
            number = amount_in(statements[0].stated, _unit(form, key))
            if key in form.computed and number is not None:
                yield from _computed(form, answers, key, statements[0], number)
            elif key in form.computed and not statements[0].stated.strip():
                yield from _left_empty(form, answers, key)
            elif number is not None:
                yield from _answered(form, answers, key, statements[0], number)
            yield from _elsewhere(_label(form, key), _unit(form, key), _items(form, key), statements)


def _computed(form: Form, answers: Answers, key: str, statement: Statement, number: Decimal) -> Iterator[Finding]:
    computed = form.computed[key]
    formula = parse(computed.formula)
    figures = form.figures(answers).within(key)
    items = form.resolve(key)
    try:
        value = formula.number(figures)
    except Missing as missing:
        text = f"{quoted(computed.label)}写了 {statement.stated}，但缺少{_named(form, missing)}，无法复核"
        yield Finding("MISSING_INPUT", EXPLAIN, items, text, statement.stated, "")
        return
    except (Inapplicable, Undefined):
        return
    if round_half_up(value, places_of(number)) == number:
        return
    cause = likely_cause(number, value, arithmetic(form, computed.formula, answers), unit=computed.unit)
    right = at_length(value, max(computed.places, places_of(number))) + computed.unit
    text = f"{quoted(computed.label)}写的是 {statement.stated}，应为 {formula.with_numbers(figures)}＝{right}"
    code, severity = graded(computed.code, number, value, len(formula.names))
    code = "COLUMN" if code == "SUM" and cause.endswith(SWAPPED) else code
    yield Finding(statement.code or code, severity, items, explained(text, cause), statement.stated, right, cause)


def _left_empty(form: Form, answers: Answers, key: str) -> Iterator[Finding]:
    """A total printed empty although its parts are there."""
    computed = form.computed[key]
    formula, figures = parse(computed.formula), form.figures(answers).within(key)
    try:
        value = formula.number(figures)
    except (Missing, Inapplicable, Undefined):
        return
    if value:
        right = at_length(value, computed.places) + computed.unit
        text = f"{quoted(computed.label)}空着，应为 {formula.with_numbers(figures)}＝{right}"
        yield Finding("MISSING_INPUT", EXPLAIN, form.resolve(key), text, "", right)


def at_length(value: Fraction, places: int) -> str:
    """The number as it should read, with more digits where rounding would hide the difference."""
    return plain(value, places + 1 if places == 1 else places) if round_half_up(value, places) or not value else plain(value, 4)


def graded(code: str, stated: Decimal, exact: Fraction, parts: int) -> tuple[str, Severity]:
    """How grave a difference is: a sum that is off by one in the last digit, or a rate cut off instead of rounded, is no error."""
    one = Fraction(1, 10 ** places_of(stated))
    if (
        code in ("SUM", "DELTA", "BALANCE")
        and parts >= LEAST_PARTS_OF_A_SUM
        and places_of(stated) > 0
        and abs(exact - Fraction(stated)) == one
    ):
        return "ROUNDING", NOTICE
    return code, EXPLAIN if truncated(stated, exact) and stated else WRONG


def explained(text: str, cause: str) -> str:
    """The sentence with the likely cause."""
    return f"{text}；{cause}" if cause else text


def _answered(form: Form, answers: Answers, key: str, statement: Statement, number: Decimal) -> Iterator[Finding]:
    """What the paper prints for an item or a cell, where the answer is another number."""
    cell = cells_of(form, answers).get(key.replace(".", "__"))
    if cell is None or round_half_up(cell.value, places_of(number)) == number:
        return
    cause = likely_cause(number, cell.value, unit=cell.unit)
    usual, severity = ("ROUNDING", NOTICE) if truncated(number, cell.value) else ("SAME_FACT", WRONG)
    text = f"{quoted(cell.label)}填的是 {plain(cell.value)}，{_place(statement, '表上')}写的是 {statement.stated}"
    yield Finding(
        statement.code or usual,
        severity,
        _items(form, key),
        explained(text, cause),
        statement.stated,
        plain(cell.value),
        cause,
    )


def _elsewhere(label: str, unit: str, items: tuple[str, ...], statements: tuple[Statement, ...]) -> Iterator[Finding]:
    """One fact has one value wherever it is printed."""
    first, *others = statements
    for other in others:
        if same(first.stated, other.stated, unit):
            continue
        a, b = amount_in(other.stated, unit), amount_in(first.stated, unit)
        cause = likely_cause(a, Fraction(b), unit=unit) if a is not None and b is not None else ""
        text = f"{quoted(label)}前后不一致：{_place(first, '表上')}是 {_said(first)}，{_place(other, '另一处')}是 {_said(other)}"
        yield Finding(other.code or "SAME_FACT", WRONG, items, explained(text, cause), other.stated, first.stated, cause)


def same(a: str, b: str, unit: str = "") -> bool:
    """Whether two printed figures can be one: equal, or one the rounded form of the other."""
    one, two = amount_in(a, unit), amount_in(b, unit)
    if one is None or two is None:
        return "".join(a.split()) == "".join(b.split())
    places = min(places_of(one), places_of(two))
    return round_half_up(one, places) == round_half_up(two, places)


def _said(statement: Statement) -> str:
    return statement.stated or "空着"


def _place(statement: Statement, otherwise: str) -> str:
    return statement.where or otherwise


def _items(form: Form, key: str) -> tuple[str, ...]:
    return tuple(n for n in form.resolve(key.partition(".")[0]) if n in form.items)


def _unit(form: Form, key: str) -> str:
    if key in form.computed:
        return form.computed[key].unit
    item, _, column = key.partition(".")
    column = column.rpartition(".")[2]
    known = form.items[item]
    columns = {c.id for c in known.columns} if isinstance(known, Table) else set()
    return figure_label(known, column)[1] if not column or column in columns else ""


def _label(form: Form, key: str) -> str:
    if key in form.computed:
        return form.computed[key].label
    name, *rest = key.split(".")
    item = form.items[name]
    if isinstance(item, Survey) and rest:
        return figure_label(item, rest[-1])[0]
    label = {"points": "得分", "weight": "分值", "rate": "执行率"}.get(rest[-1], "") if rest else ""
    columns = {c.id: c.label for c in getattr(item, "columns", ())}
    words = [item.label, *(f"第 {r} 行" for r in rest[:-1]), *([label or columns.get(rest[-1], rest[-1])] if rest else [])]
    return " ".join(words)


def _named(form: Form, missing: Missing) -> str:
    return "、".join(_label(form, n) for n in missing.names)
