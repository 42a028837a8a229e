"""Lines of a table copied from a spreadsheet: with a heading, with columns too many, merged cells and a total below.

Every line that can be placed is taken; a cell that is not understood stays open and is named. Not here: one line typed
for a table asked line by line (tables.py).
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from scoring.columns import Column, Rows
from scoring.goals.lines import assessed, cannot_be, tier_names
from scoring.reading.cells import empty_cell, read_any_cell
from scoring.reading.result import NotUnderstood, Understood
from scoring.values import Cell, Row
from scoring.wording import quoted

STROKES = re.compile(r"\s*[|｜]\s*")
SUMS = re.compile(r"(?:合计|总计|小计|共计|总分|总数)[\d.分]*")
HEADINGS: dict[str, re.Pattern[str]] = {  # how forms call the columns of goals, whatever the pack calls them
    "target": re.compile(r"(?:年度|年初|预期)?(?:绩效)?(?:指标|目标)值"),
    "actual": re.compile(r"(?:全年|年度)?实际(?:完成|值)(?:值|情况)?|完成值"),
    "weight": re.compile(r"(?:指标)?(?:分值|权重)"),
    "points": re.compile(r"(?:自评)?得分"),
    "note": re.compile(r"(?:未完成|偏差).*原因.*"),
}
HEADING_AMONG = 4  # a heading stands in one of the first lines
LONGEST = 2000  # characters of a line
SHOWN = 12  # characters of a line or cell that are cited


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of a block; `remarks` say what was left out or left open, and why."""

    rows: tuple[Row, ...]
    remarks: tuple[str, ...] = ()
    provisional: bool = False


def is_lines(text: str) -> bool:
    """Whether the text is lines of a table: most of them have cells parted by tabs or strokes."""
    lines = [line for line in text.split("\n") if line.strip()]
    return sum("\t" in line or "|" in line or "｜" in line for line in lines) * 2 > len(lines)


def as_line(item: Rows, text: str) -> str:
    """One line typed with spaces or commas between its cells, as a pasted one; empty when it is no line."""
    for parts in (text.split(), re.split(r"\s*[，,；;]\s*|\s+", text.strip())):
        if not 3 <= len(parts) <= len(item.columns) or "\n" in text or not any(re.search(r"\d", p) for p in parts[1:]):
            continue
        cells, troubles, _ = _cells(item, list(range(len(parts))), parts, None)
        if not troubles and cells[0] is not None:
            return "\t".join(parts)
    return ""


def read_block(item: Rows, text: str, before: tuple[Row, ...] = ()) -> Block | NotUnderstood:
    """The lines of the block, or why there are none. `before`: the lines the table has."""
    lines = [_parts(line) for line in text.split("\n") if line.strip()]
    heading = next((n for n, parts in enumerate(lines[:HEADING_AMONG]) if len(_named(item, parts)) >= 2), None)
    body = lines if heading is None else lines[heading + 1 :]
    places = _offset(item, body) if heading is None else _places(item, lines[heading])
    unknown = [] if heading is None else _unknown(lines[heading], places)
    remarks = [f"这张表没有的列没有记：{'、'.join(unknown)}。"] if unknown else []
    rows: list[Row] = []
    left: list[str] = []
    provisional = False
    for parts in body:
        if not any(parts) or SUMS.fullmatch(next(p for p in parts if p)):
            continue  # a total is computed
        cited = next((p for p in reversed(parts[:3]) if p), "")[:SHOWN]
        if len(parts) == 1 or sum(map(len, parts)) > LONGEST:
            left.append(f"{quoted(cited)}这一行没有记，看不出是表里的哪几格。")
            continue
        cells, troubles, rough = _cells(item, places, parts, rows[-1] if rows else None)
        wrong = next((t for column, t in troubles if column.type == "choice"), "")
        if wrong or not _has_words(item, cells):
            left.append(f"{quoted(cited)}这一行没有记：{wrong or '没有名称。'}")
            continue
        row = Row(tuple(cells))
        if impossible := cannot_be(item, row):  # stays open, and so does what was held against it
            kind, why = impossible
            void = ("target", "actual") if kind == "target" else ("actual",)
            row = Row(tuple(None if c.type in void else v for c, v in zip(item.columns, cells, strict=True)))
            troubles = [*troubles, (item.columns[0], why)]
        rows.append(row)
        remarks += [f"第 {len(before) + len(rows)} 行{quoted(cited)}：{text}" for _, text in troubles]
        provisional = provisional or rough
    if not rows:
        return NotUnderstood("\n".join(left[:3]) or _wanted(item))
    return Block(_without_points(item, before, tuple(rows)), (*remarks, *left), provisional)


def _parts(line: str) -> list[str]:
    if "\t" in line:
        return [p.strip().strip('"').strip() for p in line.split("\t")]
    return [p.strip() for p in STROKES.split(line.strip().strip("|｜"))]


def _bare(text: str) -> str:
    return re.sub(r"[\s:：]|[（(].*[）)]", "", text)


def _column(item: Rows, heading: str) -> int | None:
    """The column a heading names."""
    bare = _bare(heading)
    exact = next((n for n, c in enumerate(item.columns) if _bare(c.label) == bare), None)
    if exact is not None or not bare:
        return exact
    return next((n for n, c in enumerate(item.columns) if (p := HEADINGS.get(c.type)) and p.fullmatch(bare)), None)


def _named(item: Rows, parts: list[str]) -> set[int]:
    return {n for p in parts if (n := _column(item, p)) is not None}


def _places(item: Rows, heading: list[str]) -> list[int | None]:
    """For each cell of a line the column it belongs to, by the heading; a name that comes twice counts once."""
    found: list[int | None] = []
    for text in heading:
        place = _column(item, text)
        found.append(None if place in found else place)
    return found


def _unknown(heading: list[str], places: list[int | None]) -> list[str]:
    """The headings of columns that this table does not have."""
    return [text for text, place in zip(heading, places, strict=True) if text and place is None and text != "序号"]


def _offset(item: Rows, body: list[list[str]]) -> list[int | None]:
    """Without a heading cells stand in the order of the columns, behind columns that this table does not have."""
    width = len(item.columns)
    first = next((parts for parts in body if len(parts) > 1), [])
    shift = 0
    if item.columns[0].type == "choice":
        fits = [n for n, p in enumerate(first[:3]) if p and isinstance(read_any_cell(item.columns[0], p), Understood)]
        shift = fits[0] if fits else 0
    return [None] * shift + list(range(width))


def _cells(
    item: Rows, places: list[int | None] | list[int], parts: list[str], above: Row | None
) -> tuple[list[Cell], list[tuple[Column, str]], bool]:
    """The cells of a line, the columns that were not understood with the reason, and whether a figure is rough."""
    texts = {place: text for place, text in zip(places, parts, strict=False) if place is not None}
    cells: list[Cell] = []
    troubles: list[tuple[Column, str]] = []
    rough = False
    target = item.place_of("target")
    for n, column in enumerate(item.columns):
        text = texts.get(n, "")
        if not text:
            merged = column.type == "choice" and not column.optional and above is not None
            cells.append(above.cells[n] if merged and above else empty_cell(column) if n in texts else None)
            continue
        held = cells[target] if target is not None and target < n else ""
        reading = read_any_cell(column, text, held if isinstance(held, str) else "", tier_names(item))
        if not isinstance(reading, Understood):
            why = reading.text if isinstance(reading, NotUnderstood) else f"{quoted(column.label)}：{reading.question}"
            troubles.append((column, why))
            cells.append(None)
            continue
        assert isinstance(reading.value, Decimal | str)
        cells.append(reading.value)
        rough = rough or reading.provisional
    return cells, troubles, rough


def _has_words(item: Rows, cells: list[Cell]) -> bool:
    at = item.naming
    return at is None or bool(cells[at]) or any(c not in (None, "") for c in cells[at + 1 :])


def _without_points(item: Rows, before: tuple[Row, ...], rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The lines without points that the answers give anyway: those are computed."""
    at = item.place_of("points")
    if at is None or item.attainment is None or item.attainment.may_deduct:
        return rows
    blank = tuple(Row((*r.cells[:at], None, *r.cells[at + 1 :])) for r in rows)
    judged = assessed(item, (*before, *blank))[len(before) :]
    return tuple(row if j is not None and "points" in j.asks else b for row, b, j in zip(rows, blank, judged, strict=True))


def _wanted(item: Rows) -> str:
    names = "、".join(c.label for c in item.columns[:5])
    return f"没看出是表里的哪几格。一行一个，依次是 {names}，各格用 | 隔开。"
