"""Who is how far, as a spreadsheet: the numbers by form and group, all filings, those that are late, those not begun."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from templates.county.books import workbook
from templates.county.standings import Line, Standings
from templates.summary import Line as Cells

COLUMNS = {"序号": 6, "单位代码": 12, "单位": 34, "分组": 12, "表": 30, "项目": 26, "状态": 10, "已填": 8, "共": 8}
COLUMNS |= {"停在哪里": 40, "最后填写": 12, "几天没动": 10, "截止": 12, "逾期（天）": 10}


def progress_book(table: Standings) -> bytes:
    """The .xlsx. The same table gives the same bytes."""
    with workbook(f"{table.title}（{table.day}）") as book:
        book.write.sheet(
            book.name("汇总"), {"范围": 34, "共": 8, **dict.fromkeys(table.stages, 10), "逾期": 8}, list(_sums(table))
        )
        book.write.sheet(book.name("全部"), COLUMNS, _lines(table.lines))
        late = sorted((line for line in table.lines if line.late), key=lambda line: -line.late)
        book.write.sheet(book.name("逾期"), COLUMNS, _lines(late))
        book.write.sheet(book.name(table.stages[0]), COLUMNS, _lines([x for x in table.lines if x.stage == table.stages[0]]))
    return book.content


def _sums(table: Standings) -> Iterator[Cells]:
    for bar in table.bars:
        yield (bar.name, Decimal(bar.total), *(Decimal(n) for n in bar.counts), Decimal(bar.late))


def _lines(lines: Sequence[Line]) -> list[Cells]:
    return [
        (
            Decimal(n),
            *(x.code, x.unit, x.group, x.form, x.project, x.stage),
            Decimal(x.done) if x.total else "",
            Decimal(x.total) if x.total else "",
            *(x.where, x.since),
            Decimal(x.quiet) if x.quiet else "",
            x.due,
            Decimal(x.late) if x.late else "",
        )
        for n, x in enumerate(lines, 1)
    ]
