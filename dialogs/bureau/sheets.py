"""A spreadsheet as lines of plain text: .xlsx, or CSV in the encodings that office programs write.

Whatever is handed in is bounded before it is read, and what cannot be read is told in one sentence. Not here: what the
columns mean (columns.py).
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from typing import IO
from zipfile import BadZipFile, ZipFile

from dialogs.evidence.archives import BROKEN, ENTITIES
from scoring.errors import ZipingError
from scoring.textgate import clean

LARGEST = 10 << 20  # bytes of the file
LARGEST_TEXT = 4 << 20  # bytes of a CSV: twenty thousand lines of two hundred
UNPACKED = 60 << 20  # bytes of everything in an .xlsx
MOST_MARKS = 1_200_000  # elements of everything in an .xlsx, of which a line of ten cells has eighty at the most
MOST_LINES = 20_000
MOST_COLUMNS = 60
LONGEST = 500  # characters of a cell
CHUNK = 1 << 20
TOO_MANY = f"这个文件的行太多了（最多 {MOST_LINES} 行），请分几次导入。"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"  # .xls, and an .xlsx with a password


class BadSheet(ZipingError):
    """A spreadsheet that cannot be used, in one sentence."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number as the office program shows it, and its cells."""

    number: int
    cells: tuple[str, ...]


def read_sheets(content: bytes) -> tuple[tuple[Line, ...], ...]:
    """The pages of a spreadsheet, each as its rows that are not empty; CSV has one page. Raises BadSheet."""
    if not content.strip():
        raise BadSheet("这个文件是空的。")
    if len(content) > LARGEST:
        raise BadSheet(f"这个文件有 {len(content) / (1 << 20):.0f} MB，太大了（最多 {LARGEST >> 20} MB）。")
    if content.startswith(OLD_EXCEL):
        raise BadSheet("这是老格式的 .xls，或者加了密码；请打开后另存为 .xlsx，不加密码，再发一次。")
    pages = _workbook(content) if content.startswith(b"PK") else (_table(content),)
    if not any(pages):
        raise BadSheet("这个文件里一行内容也没有。")
    return pages


def _workbook(content: bytes) -> tuple[tuple[Line, ...], ...]:
    _inspect(content)
    from openpyxl import load_workbook

    try:
        book = load_workbook(BytesIO(content), data_only=True, keep_links=False)
        pages = [page for page in book.worksheets if page.sheet_state == "visible"]
        if any(page.max_row > MOST_LINES and len(page._cells) > MOST_LINES * MOST_COLUMNS for page in pages):
            raise BadSheet(TOO_MANY)
        return tuple(_page(page) for page in pages)
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, SyntaxError, BadZipFile) as e:
        raise BadSheet("这个 .xlsx 打不开，可能已经损坏；请用表格软件打开，另存一份再发。") from e


def _inspect(content: bytes) -> None:
    """Refuse what is no .xlsx, what unpacks into something huge, and what carries definitions of its own."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
            names = {p.filename for p in parts}
            if "xl/workbook.xml" not in names:
                raise BadSheet("这不是表格文件；请发 .xlsx 或 CSV。")
            if len(parts) > 2000 or sum(p.file_size for p in parts) > UNPACKED:
                raise BadSheet("这个文件展开以后太大了；请只留下名单那一页再发。")
            marks = 0
            for part in parts:
                if part.filename.endswith((".xml", ".rels")):
                    with packed.open(part) as stream:  # the whole of it: any number of comments may stand before
                        for piece in _overlapping(stream):
                            marks += piece.count(b"<")
                            if any(mark in piece for mark in ENTITIES):
                                raise BadSheet("这个文件里有不该有的内容，没有读；请用表格软件另存一份再发。")
                            if marks > 2 * MOST_MARKS:  # each begins and ends
                                raise BadSheet(TOO_MANY)
    except BROKEN as e:
        raise BadSheet("这个 .xlsx 打不开，可能已经损坏或加了密码；请另存一份再发。") from e


def _overlapping(stream: IO[bytes]) -> Iterator[bytes]:
    """What a stream holds, in pieces that reach a little into each other."""
    before = b""
    while piece := stream.read(CHUNK):
        yield before + piece
        before = piece[-64:]


def _page(page: object) -> tuple[Line, ...]:
    """The rows of one page; a merged cell stands in every row it covers."""
    cells: dict[int, dict[int, str]] = {}
    for (row, column), cell in page._cells.items():  # type: ignore[attr-defined]  # only those there are, in any order
        said = _said(cell.value)
        if said:
            cells.setdefault(row, {})[column] = said
    for merged in page.merged_cells.ranges:  # type: ignore[attr-defined]
        text = cells.get(merged.min_row, {}).get(merged.min_col, "")
        if text and merged.max_row - merged.min_row < MOST_LINES:
            for row in range(merged.min_row, merged.max_row + 1):
                if row in cells or merged.min_col == merged.max_col:
                    cells.setdefault(row, {})[merged.min_col] = text
    width = min(max((max(row) for row in cells.values()), default=0), MOST_COLUMNS)
    return _bounded([Line(n, tuple(cells[n].get(k, "") for k in range(1, width + 1))) for n in sorted(cells)])


def _bounded(lines: list[Line]) -> tuple[Line, ...]:
    found = tuple(line for line in lines if any(line.cells))
    if len(found) > MOST_LINES:
        raise BadSheet(TOO_MANY)
    return found


def _said(value: object) -> str:
    """A cell as text: 101001.0 is 101001, a date 2026-03-31."""
    match value:
        case None:
            return ""
        case bool():
            return "是" if value else "否"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case datetime() if (value.hour, value.minute, value.second) == (0, 0, 0):
            return value.date().isoformat()
        case date() | datetime():
            return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    return clean(str(value))[:LONGEST]


def _table(content: bytes) -> tuple[Line, ...]:
    """The rows of a CSV; the sign between its cells is the one its first lines have most of."""
    if len(content) > LARGEST_TEXT:
        raise BadSheet(f"这个 CSV 有 {len(content) / (1 << 20):.0f} MB，太大了（最多 {LARGEST_TEXT >> 20} MB）。")
    text = _decoded(content)
    head = "\n".join(text[:20_000].splitlines()[:5])
    comma = max((",", "\t", ";", "，"), key=head.count)
    if not head.count(comma) and len(text) > 2000 and "\n" not in text[:2000]:
        raise BadSheet("这不像是表格文件；请发 .xlsx 或 CSV。")
    try:
        reader = csv.reader(StringIO(text), delimiter=comma)
        lines = []
        for n, row in enumerate(reader, 1):
            if any(row):
                lines.append(Line(n, tuple(_said(v) for v in row[:MOST_COLUMNS])))
            if len(lines) > MOST_LINES:
                raise BadSheet(TOO_MANY)
    except csv.Error as e:
        raise BadSheet("这个 CSV 的引号或换行不对，读不下去；请另存为 .xlsx 再发。") from e
    return _bounded(lines)


def _decoded(content: bytes) -> str:
    encodings = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise BadSheet("这不是表格文件，或者它的编码认不出来；请另存为 .xlsx 或 UTF-8 的 CSV 再发。")
