"""What became of an imported list, row by row, as a spreadsheet."""

from collections.abc import Sequence
from decimal import Decimal

from templates.county.books import workbook

COLUMNS = {"行号": 8, "结果": 10, "单位": 34, "说明": 80}


def import_book(title: str, rows: Sequence[tuple[int, str, str, str]]) -> bytes:
    """The .xlsx: rows of (number, what became of it, unit, one sentence); those with a mistake on a page of their own."""
    with workbook(title) as book:
        for name, kept in (("有误的行", [r for r in rows if r[1] == "有误"]), ("全部", rows)):
            book.write.sheet(book.name(name), COLUMNS, [(Decimal(n), what, unit, said) for n, what, unit, said in kept])
    return book.content
