"""Rows of a table in one line: cells separated by spaces, tabs or 、；text cells may hold words without spaces."""

import re
from decimal import Decimal

from scoring.columns import Column, OneRow, Rows, Table
from scoring.goals.lines import cannot_be, tier_names
from scoring.reading.cells import empty_cell, read_any_cell
from scoring.reading.result import Ambiguous, NotUnderstood, Reading, Understood
from scoring.typednumbers import is_none, typed_number
from scoring.values import Cell, Row
from scoring.wording import quoted

SEPARATORS = re.compile(r"\t|\s+/\s+|\s*[、；;|]\s*|\s*[，,](?!\d{3}(?!\d))\s*|\s+")
IN_NAMES = re.compile(r"\t|\s+/\s+|\s*[；;|]\s*|\s+")  # a name may hold 、 and ，
STROKES = re.compile(r"\s*[|｜]\s*")
COMMAS = re.compile(r"\t|\s+/\s+|\s*[、；;|，,]\s*|\s+")
LONGEST_LINE = 1000


def read_row(item: OneRow, text: str) -> Reading:
    """The cells of a fixed row. 没有 or a lone 0 says that every figure of it is 0; a column pasted is the row upright."""
    if (is_none(text) or text.strip() in ("0", "０")) and item.zeros is not None:
        return Understood(item.zeros)
    return _row(item, text if "\t" in text else " ".join(text.split("\n")))


def read_rows(item: Rows, text: str) -> Reading:
    """One line a row; every line must be clear."""
    rows: list[Row] = []
    provisional = False
    lines = [x for x in text.split("\n") if x.strip()]
    for n, line in enumerate(lines, 1):
        found = _row(item, line)
        if not isinstance(found, Understood):
            if isinstance(found, NotUnderstood) and len(lines) > 1:
                return NotUnderstood(f"第 {n} 行：{found.text}")
            return found
        assert isinstance(found.value, Row)
        rows.append(found.value)
        provisional = provisional or found.provisional
    return Understood(tuple(rows), provisional) if rows else NotUnderstood(_wanted(item))


def _row(item: Table, line: str) -> Reading:
    columns, names = item.columns, item.columns[0].type == "text"
    line = line.strip("\n ")
    if len(line) > LONGEST_LINE:
        return NotUnderstood(f"这一行太长了。{_wanted(item)}")
    if not names and line.startswith(item.label):
        line = line[len(item.label) :].lstrip(" ：:\t")
    parts = cells_of(item, line)
    if not _least(item) <= len(parts) <= len(columns):
        figures = sum(typed_number(p) is not None or is_none(p) for p in parts)
        what = "格" if names else "个数"
        seen = (
            f"收到 {len(parts) if names else figures} {what}"
            if figures
            else f"没看懂“{line[:20]}{'…' if len(line) > 20 else ''}”"
        )
        return NotUnderstood(f"{seen}。{_wanted(item)}")
    cells: list[Cell] = []
    provisional = False
    for n, column in enumerate(columns):
        text = parts[n] if n < len(parts) else ""
        if not text:
            if not (column.optional or n >= len(parts) or _by_cells(item)):
                return NotUnderstood(f"{quoted(column.label)}这一格空着，要填上，没有就填“无”。")
            cells.append(empty_cell(column) if _by_cells(item) and n < len(parts) else None)
            continue
        cell = read_any_cell(column, text, _target(item, cells), tier_names(item))
        if not isinstance(cell, Understood):
            return _about_cell(column, cell)
        assert isinstance(cell.value, Decimal | str)
        cells.append(None if cell.value == "" and not _by_cells(item) else cell.value)
        provisional = provisional or cell.provisional
    row = Row(tuple(cells))
    wrong = cannot_be(item, row) if isinstance(item, Rows) else None
    return NotUnderstood(wrong[1]) if wrong else Understood(row, provisional)


def _by_cells(item: Table) -> bool:
    return isinstance(item, Rows) and item.asks == "cells"


def cells_of(item: Table, line: str) -> list[str]:
    """The texts of the cells of a line. A table of many words is parted by tabs and upright strokes only."""
    if "\t" in line:
        return [p.strip() for p in line.split("\t")]
    if _by_cells(item):
        return [p.strip() for p in STROKES.split(line.strip().strip("|｜"))]
    names = item.columns[0].type == "text"
    parts = _attach_units([p for p in (IN_NAMES if names else SEPARATORS).split(line) if p])
    if len(parts) != len(item.columns):  # 120,120,110.5: no thousands, where there are as many cells; a name without commas
        apart = _attach_units([p for p in COMMAS.split(line) if p])
        parts = apart if len(apart) == len(item.columns) else parts
    return _join_name(parts, len(item.columns)) if names and len(parts) > len(item.columns) else parts


def _target(item: Table, cells: list[Cell]) -> str:
    """The 年度指标值 among the cells read so far: what the 实际完成值 is held against."""
    place = item.place_of("target")
    found = cells[place] if place is not None and place < len(cells) else None
    return found if isinstance(found, str) else ""


def _least(item: Table) -> int:
    """Fewest cells a line may have: one that may stay empty may be left out at the end, if it is the only one."""
    if _by_cells(item):
        return 2
    optional = [c.optional for c in item.columns]
    return len(optional) - (sum(optional) == 1 and optional[-1])


def _about_cell(column: Column, cell: Ambiguous | NotUnderstood) -> NotUnderstood:
    """Two readings of one cell cannot be two buttons of a row: ask for the unit instead."""
    if isinstance(cell, NotUnderstood):
        return cell
    return NotUnderstood(f"{quoted(column.label)}：{cell.question}请把单位也写上，例如 24700元 或 2.47万元。")


def _join_name(parts: list[str], width: int) -> list[str]:
    """A name with spaces in it: what stands before the last figures, unless figures stand there, too."""
    figures = len(parts)
    while figures > 1 and (typed_number(parts[figures - 1]) is not None or is_none(parts[figures - 1])):
        figures -= 1
    return ["".join(parts[:figures]), *parts[figures:]] if len(parts) - figures == width - 1 else parts


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
    spare = _least(item) < len(item.columns)
    names = "、".join(c.label + ("（可不填）" if c.optional and spare else "") for c in item.columns)
    example = f"，例如：{item.good}" if item.good else ""
    return f"请依次写 {names}，中间用空格隔开，没有就写“无”{example}"
