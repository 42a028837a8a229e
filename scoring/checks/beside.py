"""Findings between filings: one fact that stands differently here and where it comes from (SAME_FACT).

Not here: relations inside one filing (declared.py and its neighbours).
"""

from collections.abc import Iterator

from scoring.answers import Answer, Answers
from scoring.beside.changes import overridden
from scoring.beside.overlay import is_locked
from scoring.checks.finding import Finding
from scoring.columns import Rows, Table
from scoring.form import Form
from scoring.formdata import Severity
from scoring.items import Item
from scoring.numbers import plain
from scoring.reading import shown
from scoring.values import Cell, Row
from scoring.wording import quoted


def differences(form: Form, stored: Answers, brought: Answers) -> tuple[Finding, ...]:
    """Where what was filled in contradicts what comes from another filing, without a reason."""
    found: list[Finding] = []
    for item_id, origin in brought.items():
        own, item = stored.get(item_id), form.items[item_id]
        if own is None or own.reason:
            continue
        locked = is_locked(form, item_id)
        for where, here, there in _places(item, origin, own):
            text = f"{quoted(where)}写的是 {here}，{origin.source}里是 {there}"
            severity: Severity = "错误" if locked else "需说明"
            found.append(Finding("SAME_FACT", severity, (item_id,), text, here, there))
    return tuple(found)


def _places(item: Item, brought: Answer, own: Answer) -> Iterator[tuple[str, str, str]]:
    """(where, what is said here, what is said there) of each difference."""
    if not isinstance(item, Table):
        if overridden(item, brought, own):
            yield item.label, _said(item, own), _said(item, brought)
        return
    if not (brought.given and own.given):
        return
    lines = _lines(brought)
    for place in sorted((p for p in overridden(item, brought, own) if len(p) == 3), key=lambda p: str(p[:2])):
        n, k, value = place
        assert isinstance(n, int)
        assert isinstance(k, int)
        row = f"第 {n + 1} 行" if isinstance(item, Rows) else ""
        said = value if isinstance(value, str) or value is None else plain(value)  # type: ignore[arg-type]
        yield f"{item.label}{row}{item.columns[k].label}", said or "空", _cell(lines[n].cells[k])


def _lines(answer: Answer) -> tuple[Row, ...]:
    if isinstance(answer.value, Row):
        return (answer.value,)
    return tuple(v for v in answer.value if isinstance(v, Row)) if isinstance(answer.value, tuple) else ()


def _cell(cell: Cell) -> str:
    return cell if isinstance(cell, str) else "空" if cell is None else plain(cell)


def _said(item: Item, answer: Answer) -> str:
    return shown(item, answer.value) if answer.given and answer.value is not None else "不适用"
