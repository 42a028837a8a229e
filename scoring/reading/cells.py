"""One cell of a table as it is typed, whatever its column holds."""

from decimal import Decimal

from scoring.columns import Column
from scoring.goals.actuals import NotAnActual, read_actual
from scoring.goals.targets import NotATarget, read_target
from scoring.reading.figures import read_cell
from scoring.reading.result import NotUnderstood, Reading, Understood
from scoring.textgate import clean
from scoring.typednumbers import is_none
from scoring.wording import quoted


def read_any_cell(column: Column, text: str, target: str = "", options: tuple[str, ...] = ()) -> Reading:
    """The cell that `text` gives. `target`: the 年度指标值 an actual value is held against; `options`: of a tier.

    无 and a dash leave a cell of words empty; in a cell of figures they are 0, but an empty 分值 shares the one above.
    """
    text = clean(text)
    if column.type == "weight" and (is_none(text) or text in ("同上", "同前")):
        return Understood("")
    if column.figure:
        return read_cell(column, text)
    if column.type == "target":
        wanted = read_target(text)
        return NotUnderstood(wanted.reason) if isinstance(wanted, NotATarget) else Understood(wanted.text)
    if column.type == "earlier" and is_none(text):
        return Understood("")
    if column.type == "actual" or (column.type == "earlier" and target):
        actual = read_actual(text, target)
        return NotUnderstood(actual.reason) if isinstance(actual, NotAnActual) else Understood(actual.text)
    if column.type in ("choice", "tier"):
        return _one_of(column, text, column.options or options)
    if is_none(text):
        if column.optional or column.type == "note":
            return Understood("")
        return NotUnderstood(f"{quoted(column.label)}不能空着，请写几个字。")
    if len(text) > column.max_length:
        return NotUnderstood(f"{quoted(column.label)}最多 {column.max_length} 个字，收到 {len(text)} 个字，请精简一下。")
    return Understood(" ".join(text.split("\n")))


def _one_of(column: Column, text: str, options: tuple[str, ...]) -> Reading:
    if column.optional and is_none(text):
        return Understood("")
    if text.isdecimal() and len(text) <= 2 and 1 <= int(text) <= len(options):
        return Understood(options[int(text) - 1])
    near = [o for o in options if o == text] or [o for o in options if text and o.startswith(text)]
    near = near or [o for o in options if text and text in o]
    if len(near) == 1:
        return Understood(near[0])
    listed = "、".join(f"{n} {o}" for n, o in enumerate(options, 1))
    return NotUnderstood(f"{quoted(text[:20])}不在{quoted(column.label)}里，请从这几项里选：{listed}")


def empty_cell(column: Column) -> Decimal | str | None:
    """What an empty cell of a pasted line means: nothing, where nothing may stand; else still open."""
    return "" if column.type == "weight" or column.optional else None
