"""One typed text read as the answer to one item, and a value said back in the chat's words."""

import re
from datetime import date
from decimal import Decimal

from scoring.columns import OneRow, Rows, Survey, Table
from scoring.items import Checklist, Choice, Date, External, Item, LongText, Manual, Number, Person, Phone, Text, YesNo
from scoring.numbers import plain
from scoring.reading.choices import read_checklist, read_choice, read_yes_no
from scoring.reading.dates import read_date, shown_date
from scoring.reading.figures import read_figure
from scoring.reading.result import NotUnderstood, Reading, Understood
from scoring.reading.scores import read_external, read_manual
from scoring.reading.surveys import read_survey
from scoring.reading.tables import read_row, read_rows
from scoring.survey import COUNT_LABELS
from scoring.textgate import clean
from scoring.values import Cell, ExternalScore, ManualScore, Row, Value
from scoring.wording import quoted

MOBILE = re.compile(r"1\d{10}")
SHOWN_ROWS = 8  # of a table that is read back whole
LANDLINE = re.compile(r"(?:0\d{2,3}-?)?\d{7,8}(?:-\d{1,5})?")


def read(item: Item, text: str, *, today: date, last: Value | None = None) -> Reading:
    """The value that `text` gives for `item`. `last` is last year's value."""
    text = clean(text, tabs=isinstance(item, Table | Survey))
    if not text:
        return NotUnderstood("这条消息里没有能看懂的字，麻烦再发一次。")
    match item:
        case Number():
            return read_figure(item, text, last)
        case YesNo():
            return read_yes_no(item.label, text)
        case Checklist():
            return read_checklist(item, text)
        case Choice():
            return read_choice(item, text)
        case Person():
            return _person(item, text)
        case Text():
            return _text(item, text)
        case Phone():
            return _phone(text)
        case Date():
            return read_date(text, today)
        case External():
            return read_external(item, text)
        case Manual():
            return read_manual(item, text)
        case OneRow():
            return read_row(item, text)
        case Rows():
            return read_rows(item, text)
        case Survey():
            return read_survey(item, text)


def _text(item: Text, text: str) -> Reading:
    text = re.sub(
        rf"^(?:[（(]?[\d一二三四五六七八九十]{{1,2}}[）)、.．]\s*)?{re.escape(item.label)}\s*[：:]\s*", "", text
    )  # pasted with its heading
    if isinstance(item, LongText) and len(re.findall(r"[\u4e00-\u9fff]", text)) < 2 and text.rstrip("。") != "无":
        return NotUnderstood(f"{quoted(item.label)}要用文字写，一两句话就行。" + (f"例如：{item.good}" if item.good else ""))
    if len(text) > item.max_length:
        return NotUnderstood(f"{quoted(item.label)}最多 {item.max_length} 个字，收到 {len(text)} 个字，请精简一下再发。")
    return Understood(text)


def _person(item: Person, text: str) -> Reading:
    name = " ".join(text.split())
    if re.search(r"[\d@/\\]", name) or not 2 <= len(name) <= item.max_length:
        return NotUnderstood(f"{quoted(item.label)}请写姓名，例如：张三")
    return Understood(name)


def _phone(text: str) -> Reading:
    number = re.sub(r"[\s()（）]", "", text.replace("－", "-").replace("—", "-"))
    if MOBILE.fullmatch(number) or LANDLINE.fullmatch(number):
        return Understood(number)
    return NotUnderstood("这个电话号码位数不对。请写 11 位手机号，或者带区号的座机，例如：0745-1234567")


def shown(item: Item, value: Value) -> str:
    """The value as it is read back: 2.47 万元, 31 人, 83.5%, 是, 2023年2月20日."""
    match value:
        case bool():
            return "是" if value else "否"
        case Decimal():
            return _figure(value, item.unit if isinstance(item, Number) else "")
        case date():
            return shown_date(value)
        case ExternalScore(points, maximum, source):
            return f"{plain(points)} 分（满分 {plain(maximum)} 分，{source}）"
        case ManualScore(points, reason):
            return f"{plain(points)} 分（理由：{reason}）"
        case Row():
            return _row(item, value)
        case tuple():
            return _list(item, value)
    if isinstance(item, Choice):
        return next((o.text for o in item.options if o.id == value), value)
    return value


def _figure(value: Decimal, unit: str) -> str:
    return f"{plain(value)}%" if unit == "%" else f"{plain(value)} {unit}".rstrip()


def _row(item: Item, row: Row) -> str:
    assert isinstance(item, Table)
    by_cells = isinstance(item, Rows) and item.asks == "cells"  # what is open or not needed there is not said
    cells = [shown_cell(c) for c in row.cells if not by_cells or c not in (None, "")]
    units = {c.unit or "万元" for c in item.columns if c.type == "money"}
    unit = f" {units.pop()}" if len(units) == 1 and all(c.type == "money" for c in item.columns) else ""
    return " / ".join(cells) + unit


def shown_cell(cell: Cell) -> str:
    """A cell as it is read back; a dash where there is nothing."""
    return plain(cell) if isinstance(cell, Decimal) else cell or "—"


def _list(item: Item, value: tuple[str, ...] | tuple[Row, ...]) -> str:
    if isinstance(item, Checklist):
        met = sum((c.id in value) is not c.bad for c in item.criteria)
        return f"满足 {met} / {len(item.criteria)} 个要点"
    rows = [r for r in value if isinstance(r, Row)]
    if isinstance(item, Survey):
        counts = "、".join(f"{label} {shown_cell(c)} 份" for label, c in zip(COUNT_LABELS, rows[0].cells, strict=True))
        return f"{counts}，{len(rows) - 1} / {len(item.questions)} 题"
    if len(rows) > SHOWN_ROWS:
        return f"{len(rows)} 行"
    return f"{len(rows)} 行（{'；'.join(_row(item, r) for r in rows)}）" if rows else "无"
