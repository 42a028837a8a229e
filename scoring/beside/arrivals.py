"""Answers that come from another filing: last year's, the project's, the declaration's — never typed twice.

They are computed whenever a filing is read, and not stored. Not here: what the filler keeps beside them (overlay.py),
or where filings are kept.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from scoring.answers import Answer, State
from scoring.asked import is_asked
from scoring.beside.declared import Arrival, form_name, pack_name
from scoring.beside.facts import NOTHING, Fact, Filed, fact_of, unit_of
from scoring.beside.fitting import as_cell, as_value
from scoring.cells import lines_of
from scoring.columns import OneRow, Rows, Table
from scoring.form import Form
from scoring.goals.actuals import Actual, read_actual
from scoring.items import Item
from scoring.values import Row


def arrived(form: Form, project: str, this_year: Sequence[Filed], last_year: Sequence[Filed]) -> dict[str, Answer]:
    """The answers that come to a filing of this form (and project) from those beside it and from last year's."""
    if this_year:
        return _arrived(form, project, this_year, last_year)
    return dict(_of_last_year(form, project, tuple(last_year))) if last_year else {}


@lru_cache(maxsize=1024)
def _of_last_year(form: Form, project: str, last_year: tuple[Filed, ...]) -> dict[str, Answer]:
    """Remembered: last year's filings seldom change, and are read at every answer of this year."""
    return _arrived(form, project, (), last_year)


def _arrived(form: Form, project: str, this_year: Sequence[Filed], last_year: Sequence[Filed]) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    for item_id in dict.fromkeys(a.item for a in form.data.arrivals):
        item = form.items[item_id]
        for arrival in form.arrivals_of[item_id]:
            sources = feeding(form, project, arrival, last_year if arrival.year == "last" else this_year)
            answer = _brought(item, arrival, sources)
            if answer is not None:
                found[item_id] = _joined(item, found.get(item_id), answer)
    before = _year_before(form, project, last_year) if form.carries else None
    if before is None:
        return found
    for table in form.carrying:
        if isinstance(table, OneRow):
            carried = _carried(table, before)
            if carried is not None:
                found[table.id] = _joined(table, found.get(table.id), carried)
        elif isinstance(table, Rows) and table.id in found:
            found[table.id] = _with_last_year(table, found[table.id], before)
    return found


def _year_before(form: Form, project: str, last_year: Sequence[Filed]) -> Filed | None:
    """The same form of the same project a year before."""
    own = Arrival.model_validate({"item": "own", "from": form_name(form.id), "year": "last"})
    return next(iter(feeding(form, project, own, last_year)), None)


def feeding(form: Form, project: str, arrival: Arrival, filed: Iterable[Filed]) -> tuple[Filed, ...]:
    """The filings that an arrival draws from: of one project where both forms are filled per project."""
    fitting = [f for f in filed if form_name(f.form.id) == arrival.origin]
    same = [f for f in fitting if pack_name(f.form.id) == pack_name(form.id)]
    found = same or (fitting if arrival.year == "last" else [])
    if form.data.per == "project":
        found = [f for f in found if f.form.data.per == "unit" or f.project == project]
    return tuple(found)


def _brought(item: Item, arrival: Arrival, sources: Sequence[Filed]) -> Answer | None:
    """What one declaration brings for an item; None when there is nothing to bring."""
    if not sources:
        return None
    if not isinstance(item, Table):
        fact = fact_of(sources[0], arrival.value)
        value = as_value(item, fact, sources[0], arrival.value)
        return None if value is None else Answer(State.GIVEN, value, fact.provisional, source=sources[0].title)
    lines = [line for filed in sources for line in _lines(arrival, filed)]
    rows = [(Row(tuple(as_cell(c, line.get(c.id, NOTHING)) for c in item.columns)), line) for line in lines]
    rows = [(row, line) for row, line in rows if any(cell is not None for cell in row.cells)]
    if not rows:
        return None
    value = rows[0][0] if isinstance(item, OneRow) else tuple(row for row, _ in rows)
    rough = any(fact.provisional for _, line in rows for fact in line.values())
    return Answer(State.GIVEN, value, rough, source=_told(sources))


def _told(sources: Sequence[Filed]) -> str:
    """The name of the source; the number of them where there are several."""
    first = sources[0]
    return first.title if len(sources) == 1 else f"{len(sources)} 份《{first.year}年度{first.form.title}》"


def _lines(arrival: Arrival, filed: Filed) -> list[Mapping[str, Fact]]:
    """The lines one filing gives: its own, or those of one of its tables."""
    if not arrival.rows:
        return [{column: fact_of(filed, name) for column, name in arrival.columns.items()}]
    table, answer = filed.form.items.get(arrival.rows), filed.answers.get(arrival.rows)
    if not isinstance(table, Table) or answer is None or not answer.given or not is_asked(filed.form, table, filed.answers):
        return []
    rows = (answer.value,) if isinstance(answer.value, Row) else answer.value
    assert isinstance(rows, tuple)
    lines: list[Mapping[str, Fact]] = []
    for row in rows:
        if isinstance(row, Row) and _chosen(table, row, arrival.where):
            cells = {c.id: Fact(v, unit_of(c), answer.provisional) for c, v in zip(table.columns, row.cells, strict=True)}
            lines.append({c: cells[n] if n in cells else fact_of(filed, n) for c, n in arrival.columns.items()})
    return lines


def _chosen(table: Table, row: Row, where: Mapping[str, str | tuple[str, ...]]) -> bool:
    for column, wanted in where.items():
        words = row.cells[table.position(column)] or ""
        if str(words) not in ((wanted,) if isinstance(wanted, str) else wanted):
            return False
    return True


def _carried(item: OneRow, before: Filed) -> Answer | None:
    """The cells of a line that stood in another column of last year's filing of the same form."""
    table, answer = before.form.items.get(item.last_year or item.id), before.answers.get(item.last_year or item.id)
    if not isinstance(table, Table) or answer is None or not isinstance(answer.value, Row):
        return None
    there = {c.id: Fact(v, unit_of(c)) for c, v in zip(table.columns, answer.value.cells, strict=True)}
    cells = tuple(as_cell(c, there.get(c.last_year, NOTHING)) if c.last_year else None for c in item.columns)
    if all(cell is None for cell in cells):
        return None
    return Answer(State.GIVEN, Row(cells), answer.provisional, source=before.title)


def _with_last_year(item: Rows, brought: Answer, before: Filed) -> Answer:
    """Lines that arrived, with what last year's line of the same name held, where the target can be held against it."""
    table = before.form.items.get(item.last_year or item.id)
    if not isinstance(table, Rows):
        return brought
    there = [
        {c.id: Fact(v, unit_of(c)) for c, v in zip(table.columns, row.cells, strict=True)}
        for row in lines_of(before.answers.get(table.id))
    ]
    rows = tuple(_remembering(item, row, there) for row in lines_of(brought))
    if rows == lines_of(brought):
        return brought
    return replace(brought, value=rows, source=f"{brought.source}、{before.title}")


def _remembering(item: Rows, row: Row, there: Sequence[Mapping[str, Fact]]) -> Row:
    """A line with the cells that are still open and stood in last year's line."""
    names = [(c.id, v) for c, v in zip(item.columns, row.cells, strict=True) if c.type in ("text", "choice") and v]
    same = next((line for line in there if names and all(line.get(c, NOTHING).value == v for c, v in names)), None)
    if same is None:
        return row
    place = item.place_of("target")
    target = row.cells[place] if place is not None else None
    cells = list(row.cells)
    for n, column in enumerate(item.columns):
        if cells[n] is None and column.last_year:
            cell = as_cell(column, same.get(column.last_year, NOTHING))
            fits = column.type != "earlier" or isinstance(read_actual(str(cell), str(target or "")), Actual)
            cells[n] = cell if fits else None
    return Row(tuple(cells))


def _joined(item: Item, first: Answer | None, more: Answer) -> Answer:
    """Two arrivals for one item: lines behind lines, cells beside cells, and of single facts the first."""
    if first is None or not isinstance(item, Table):
        return first or more
    sources = first.source if more.source in first.source else f"{first.source}、{more.source}"
    joined = replace(first, provisional=first.provisional or more.provisional, source=sources)
    if isinstance(first.value, Row) and isinstance(more.value, Row):
        cells = tuple(b if a is None else a for a, b in zip(first.value.cells, more.value.cells, strict=True))
        return replace(joined, value=Row(cells))
    return replace(joined, value=(*lines_of(first), *lines_of(more)))
