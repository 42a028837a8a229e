"""The anomaly list as a spreadsheet: every thing noticed with its evidence, and how often each kind was."""

from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from templates.county.books import workbook

COLUMNS = {"序号": 6, "单位": 30, "项目": 24, "表": 28, "异常": 22, "依据": 80, "涉及": 34, "和谁相同": 30}


class Noticed(NamedTuple):
    """One line of the list."""

    unit: str
    project: str
    form: str
    kind: str
    said: str
    items: str
    other: str


def anomaly_book(title: str, lines: Sequence[Noticed]) -> bytes:
    """The .xlsx. The same list gives the same bytes."""
    with workbook(title) as book:
        kinds = Counter(line.kind for line in lines)
        book.write.sheet(book.name("汇总"), {"异常": 28, "份数": 10}, [(kind, Decimal(n)) for kind, n in kinds.most_common()])
        book.write.sheet(book.name("清单"), COLUMNS, [(Decimal(n), *line) for n, line in enumerate(lines, 1)])
    return book.content
