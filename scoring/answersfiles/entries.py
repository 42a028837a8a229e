"""One entry of an answers file as an answer: as typed in the chat, or as lists, which are cells, ticks and tallies.

A file cannot be asked back: what has two meanings is refused with what to write instead. Not here: how typed text
becomes a value (reading/).
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

from scoring.answers import Answer, State, given
from scoring.answersfiles.blank import expected
from scoring.columns import Column, OneRow, Rows, Survey, Table
from scoring.goals.lines import tier_names
from scoring.items import Checklist, External, Item, Manual, Number, YesNo
from scoring.reading import Ambiguous, NotUnderstood, read
from scoring.reading.cells import read_any_cell
from scoring.reading.surveys import fitting
from scoring.textgate import clean
from scoring.values import Cell, ExternalScore, ManualScore, Row, Value
from scoring.wording import quoted
from scoring.yamlfile import Plain

NOT_APPLICABLE = "不适用"


class BadEntry(ValueError):
    """What is wrong with one value; the place is added by the caller."""


def answer_of(item: Item, raw: Plain, year: int) -> Answer:
    if isinstance(raw, dict):
        words = set(raw) <= {"value", "provisional", "reason"} and not isinstance(raw.get("reason"), list | dict | bool)
        if not words or "value" not in raw or not isinstance(raw.get("provisional", False), bool):
            raise BadEntry("这里只认 {value: 答案, provisional: true, reason: 原因}")
        inner = answer_of(item, raw["value"], year)
        reason = clean(text_of(raw["reason"])) if raw.get("reason") is not None else ""
        return replace(inner, provisional=inner.provisional or bool(raw.get("provisional")), reason=reason)
    if raw == NOT_APPLICABLE:
        if not (item.not_applicable or item.optional):
            raise BadEntry("这一项每个单位都要填，不能写“不适用”")
        return Answer(State.NOT_APPLICABLE)
    if isinstance(raw, list):
        return given(_from_list(item, raw, year))
    if raw is None:
        raise BadEntry("value 不能空着；没有答案就不要写这一项")
    if isinstance(raw, bool):
        return given(_from_bool(item, raw))
    return _typed(item, text_of(raw), year)


def _from_bool(item: Item, raw: bool) -> Value:
    if not isinstance(item, YesNo):
        raise BadEntry(f"{quoted(item.label)}不是是非题，应写{expected(item)}")
    return raw


def _typed(item: Item, text: str, year: int) -> Answer:
    """As typed in the chat, except that a file cannot be asked back."""
    if isinstance(item, Checklist) and text in ("all", "none"):
        wanted = () if text == "none" else tuple(c.id for c in item.criteria if not c.bad)
        return given(wanted)
    if isinstance(item, Rows) and text in ("none", "无"):
        return given(())
    if isinstance(item, Number):
        # A bare figure in a file is in the unit that the blank file names; only the chat asks 元 or 万元.
        bare = figure_in(text)
        if bare is not None:
            text = f"{format(bare, 'f')}{item.unit}"
    reading = read(item, text, today=date(year + 1, 12, 31))
    if isinstance(reading, NotUnderstood):
        raise BadEntry(reading.text)
    if isinstance(reading, Ambiguous):
        choices = "、".join(label for label, _ in reading.choices)
        raise BadEntry(f"{reading.question}可能是 {choices}，请写清楚")
    return Answer(State.GIVEN, reading.value, reading.provisional)


def _from_list(item: Item, raw: list[Plain], year: int) -> Value:
    match item:
        case OneRow():
            return _row(item, raw)
        case Rows():
            if not all(isinstance(r, list) for r in raw):
                raise BadEntry("应是一行一个列表，例如 " + "[[" + ", ".join(c.label for c in item.columns) + "]]")
            if len(raw) > item.max_rows:
                raise BadEntry(f"最多 {item.max_rows} 行，收到 {len(raw)} 行")
            return tuple(_row(item, r) for r in raw if isinstance(r, list))
        case Survey():
            return _tallies(item, raw)
        case Checklist():
            return _ticked(item, raw)
        case Manual() if len(raw) == 2:
            value = _typed(item, f"{text_of(raw[0])}分，{text_of(raw[1])}", year).value
            assert isinstance(value, ManualScore)
            return value
        case External() if len(raw) == 3:
            value = _typed(item, f"{text_of(raw[0])}/{text_of(raw[1])} {text_of(raw[2])}", year).value
            assert isinstance(value, ExternalScore)
            return value
    raise BadEntry(f"这里应写{expected(item)}")


def _row(item: Table, raw: list[Plain]) -> Row:
    if len(raw) != len(item.columns):
        names = "、".join(c.label for c in item.columns)
        raise BadEntry(f"一行应有 {len(item.columns)} 格（{names}），收到 {len(raw)} 格；空着的格写 null")
    cells: list[Cell] = []
    for column, value in zip(item.columns, raw, strict=True):
        place = item.place_of("target")
        target = cells[place] if place is not None and place < len(cells) else ""
        cells.append(_cell(column, value, target if isinstance(target, str) else "", tier_names(item)))
    return Row(tuple(cells))


def _cell(column: Column, raw: Plain, target: str, tiers: tuple[str, ...]) -> Cell:
    if raw is None or raw == "":
        return None if raw is None else ""
    if isinstance(raw, list | dict | bool):
        raise BadEntry(f"{quoted(column.label)}这一格应是一个{'数' if column.figure else '词'}")
    text = text_of(raw)
    bare = figure_in(text) if column.figure else None
    if bare is not None:
        unit = column.unit or {"money": "万元", "percent": "%"}.get(column.type, "")
        text = f"{format(bare, 'f')}{unit}"
    reading = read_any_cell(column, text, target, tiers)
    if isinstance(reading, NotUnderstood):
        raise BadEntry(reading.text)
    if isinstance(reading, Ambiguous):
        raise BadEntry(f"{quoted(column.label)}：{reading.question}请写清楚")
    assert isinstance(reading.value, Decimal | str)
    return None if reading.value == "" and not column.figure and column.optional else reading.value


def _tallies(item: Survey, raw: list[Plain]) -> tuple[Row, ...]:
    """The three counts, then the ticks of each question."""
    rows: list[Row] = []
    for n, line in enumerate(raw):
        if n > len(item.questions) or not isinstance(line, list):
            raise BadEntry(f"先是 [发放, 收回, 有效]，再是每题一个列表，一共 {1 + len(item.questions)} 个")
        counts = [figure_in(text_of(v)) if isinstance(v, Decimal | int | str) else None for v in line]
        row = Row(tuple(c for c in counts if c is not None and c >= 0 and c == c.to_integral_value()))
        why = fitting(item, n, row) if len(row.cells) == len(line) else "份数都要是整数。"
        if why:
            raise BadEntry(f"第 {n + 1} 个列表：{why}")
        rows.append(row)
    return tuple(rows)


def _ticked(item: Checklist, raw: list[Plain]) -> tuple[str, ...]:
    known = {c.id: c.id for c in item.criteria} | {str(n): c.id for n, c in enumerate(item.criteria, 1)}
    names = [text_of(r) for r in raw]
    for name in names:
        if name not in known:
            raise BadEntry(f"没有“{name}”这一条，只有 {'、'.join(c.id for c in item.criteria)}")
    ticked = {known[n] for n in names}
    return tuple(c.id for c in item.criteria if c.id in ticked)


def figure_in(text: str) -> Decimal | None:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and number.adjusted() < 18 else None


def text_of(raw: Plain) -> str:
    if isinstance(raw, bool):
        return "是" if raw else "否"
    return format(raw, "f") if isinstance(raw, Decimal) else str(raw)
