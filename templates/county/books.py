"""Workbooks of the house: deterministic, with texts that never become formulas, names of sheets that every program takes."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from scoring.textgate import clean
from templates.summary import LONG_AGO, SAFE, Writer

LONGEST = 31  # characters of a sheet's name
REFUSED = re.compile(r"[\[\]:*?/\\']")


class Book:
    """Sheets written one after another; `content` once it is closed."""

    def __init__(self, title: str) -> None:
        import xlsxwriter

        self.out = BytesIO()
        self.book = xlsxwriter.Workbook(self.out, SAFE)
        self.book.set_properties({"title": title, "created": LONG_AGO})
        self.write = Writer(self.book, title)
        self.names: set[str] = set()

    def name(self, wanted: str) -> str:
        """A free name for a sheet, as near to the wanted one as programs allow."""
        stem = REFUSED.sub(" ", clean(wanted)).strip()[:LONGEST].strip() or "表"
        name, n = stem, 2
        while name.lower() in self.names:
            name, n = f"{stem[: LONGEST - len(str(n)) - 1]} {n}", n + 1
        self.names.add(name.lower())
        return name

    @property
    def content(self) -> bytes:
        return self.out.getvalue()


@contextmanager
def workbook(title: str) -> Iterator[Book]:
    """A workbook that is closed, and with it complete, at the end."""
    book = Book(title)
    yield book
    book.book.close()
