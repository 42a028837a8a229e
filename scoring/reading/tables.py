"""Rows of a table in one line: cells separated by spaces, tabs or 、；text cells may hold words without spaces."""

import re
from decimal import Decimal

from scoring.items import Column, OneRow, Rows, Table
from scoring.reading.figures import NONE, read_cell
from scoring.reading.numbers import typed_number
from scoring.reading.result import Ambiguous, NotUnderstood, Reading, Understood
from scoring.values import Cell, Row
from scoring.wording import quoted

SEPARATORS = re.compile(r"\t|\s*[、；;|]\s*|\s*[，,](?!\d{3}(?!\d))\s*|\s+")


def read_row(item: OneRow, text: str) -> Reading:
    """The cells of a fixed row. 没有 alone says that every figure of it is 0."""
    if text.strip().rstrip("。") in ("无", "没有", "都没有", "都是0", "全是0") and all(c.type != "text" for c in item.columns):
        return Understood(Row(tuple(Decimal(0) for _ in item.columns)))
    if "\n" in text.strip():
        text = " ".join(text.split("\n"))
    found = _row(item, text)
    return Understood(found) if isinstance(found, Row) else found


def read_rows(item: Rows, text: str) -> Reading:
    """One line a row; every line must be clear."""
    rows: list[Row] = []
    for n, line in enumerate((x for x in text.split("\n") if x.strip()), 1):
        found = _row(item, line)
        if not isinstance(found, Row):
            if isinstance(found, NotUnderstood) and "\n" in text.strip():
                return NotUnderstood(f"第 {n} 行：{found.text}")
            return found
        rows.append(found)
    return Understood(tuple(rows)) if rows else NotUnderstood(_wanted(item))


def _row(item: Table, line: str) -> Row | Reading:
    parts = [p for p in SEPARATORS.split(line.strip()) if p]
    if parts and item.columns[0].type != "text" and parts[0].strip("：:") == item.label:
        parts = parts[1:]
    columns = item.columns
    if columns[0].type == "text" and len(parts) > len(columns):
        parts = _join_name(parts, len(columns))
    parts = _attach_units(parts)
    least = max((n for n, c in enumerate(columns, 1) if not c.optional), default=0)
    if not least <= len(parts) <= len(columns):
        figures = sum(typed_number(p) is not None or p in NONE for p in parts)
        seen = f"收到 {figures} 个数" if figures else f"没看懂“{line[:20]}{'…' if len(line) > 20 else ''}”"
        return NotUnderstood(f"{seen}。{_wanted(item)}")
    cells: list[Cell] = []
    for n, column in enumerate(columns):
        if n >= len(parts):
            cells.append(None)
            continue
        cell = _cell(column, parts[n])
        if isinstance(cell, Ambiguous | NotUnderstood):
            return _about_cell(column, cell)
        cells.append(cell)
    return Row(tuple(cells))


def _cell(column: Column, text: str) -> Cell | Ambiguous | NotUnderstood:
    if column.type == "text":
        return text if text not in NONE or not column.optional else None
    reading = read_cell(column, text)
    if isinstance(reading, Understood):
        assert not isinstance(reading.value, bool)
        return reading.value  # type: ignore[return-value]
    return reading


def _about_cell(column: Column, cell: Ambiguous | NotUnderstood) -> NotUnderstood:
    """Two readings of one cell cannot be two buttons of a row: ask for the unit instead."""
    if isinstance(cell, NotUnderstood):
        return cell
    return NotUnderstood(f"{quoted(column.label)}：{cell.question}请把单位也写上，例如 24700元 或 2.47万元。")


def _join_name(parts: list[str], width: int) -> list[str]:
    """A name with spaces in it: everything before the last figures is the name."""
    figures = len(parts)
    while (figures > 1 and typed_number(parts[figures - 1]) is not None) or (figures > 1 and parts[figures - 1] in NONE):
        figures -= 1
    figures = max(figures, len(parts) - width + 1)
    return ["".join(parts[:figures]), *parts[figures:]]


def _attach_units(parts: list[str]) -> list[str]:
    """`2.47 万元` typed with a space is one cell."""
    joined: list[str] = []
    for part in parts:
        if joined and part in ("元", "万元", "亿元", "万", "亿", "人", "%") and joined[-1][-1:].isdigit():
            joined[-1] += part
        else:
            joined.append(part)
    return joined


def _wanted(item: Table) -> str:
    names = "、".join(c.label + ("（可不填）" if c.optional else "") for c in item.columns)
    example = f"，例如：{item.good}" if item.good else ""
    return f"请依次写 {names}，中间用空格隔开，没有就写“无”{example}"
