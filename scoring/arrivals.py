"""Answers that come from another filing: last year's, the project's, the declaration's — never typed twice.

They are computed whenever a filing is read, and not stored. What the filler adds or changes is stored by itself
(`kept`) and laid over them (`combined`), so that an arrived answer follows its source until it is changed.
Not here: where filings are kept, or how a change is asked for.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from scoring.answers import Answer, Answers, State
from scoring.asked import asked, is_asked
from scoring.beside import Arrival, form_name, pack_name
from scoring.columns import Column, OneRow, Rows, Table
from scoring.computed import computed_value
from scoring.form import Form
from scoring.items import Choice, Item, Number, Text
from scoring.numbers import plain
from scoring.scorecard import score
from scoring.values import Cell, ExternalScore, ManualScore, Row, Value

NAMING = ("text", "choice")  # columns whose words tell which line a line is
FIGURES = ("money", "count", "percent", "number", "weight", "points")
WORTH = {"元": Decimal(1), "万元": Decimal(10000)}


@dataclass(frozen=True, slots=True)
class Filed:
    """A filing as another one reads it. `answers` are complete: with what has arrived there. `id`: the store's, if any."""

    form: Form
    answers: Answers
    year: int
    unit: str = ""
    project: str = ""
    id: str = ""

    @property
    def title(self) -> str:
        """《2023年度项目支出绩效自评表》（老字号）."""
        return f"《{self.year}年度{self.form.title}》" + (f"（{self.project}）" if self.project else "")


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure or words of another filing, and whether they are provisional there."""

    value: Value | None
    unit: str = ""
    provisional: bool = False


NOTHING = Fact(None)


def arrived(form: Form, project: str, this_year: Sequence[Filed], last_year: Sequence[Filed]) -> dict[str, Answer]:
    """The answers that come to a filing of this form (and project) from those beside it and from last year's."""
    found: dict[str, Answer] = {}
    for item_id in dict.fromkeys(a.item for a in form.data.arrivals):
        item = form.items[item_id]
        for arrival in form.arrivals_of[item_id]:
            sources = feeding(form, project, arrival, last_year if arrival.year == "last" else this_year)
            answer = _brought(item, arrival, sources)
            if answer is not None:
                found[item_id] = _joined(item, found.get(item_id), answer)
    for item in form.items.values():
        if isinstance(item, OneRow) and any(c.last_year for c in item.columns):
            carried = _carried(form, project, item, last_year)
            if carried is not None:
                found[item.id] = _joined(item, found.get(item.id), carried)
    return found


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
        value = _fitted_value(item, fact, sources[0], arrival.value)
        return None if value is None else Answer(State.GIVEN, value, fact.provisional, source=sources[0].title)
    lines = [line for filed in sources for line in _lines(arrival, filed)]
    rows = [(Row(tuple(_cell(c, line.get(c.id, NOTHING)) for c in item.columns)), line) for line in lines]
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


def fact_of(filed: Filed, name: str) -> Fact:
    """An item, a cell of a fixed line, a computed figure, or one of `ABOUT`, as that filing has it now."""
    form, answers = filed.form, filed.answers
    if name in ("$total", "$grade"):
        card = score(form, answers)
        rough = any(answers[i.id].provisional for i in asked(form, answers) if i.id in answers)
        value = (card.total if name == "$total" else card.grade or None) if card.complete and card.lines else None
        return Fact(value, "", rough)
    if name.startswith("$"):
        return Fact({"$project": filed.project, "$unit": filed.unit, "$year": str(filed.year)}.get(name) or None)
    item_id, _, column = name.partition(".")
    rough = any(i in answers and answers[i].provisional for i in form.resolve(item_id))
    if item_id in form.computed:
        return Fact(computed_value(form, item_id, answers), form.computed[item_id].unit, rough)
    item, answer = form.items.get(item_id), answers.get(item_id)
    if item is None or answer is None or not answer.given or not is_asked(form, item, answers):
        return NOTHING
    if isinstance(item, Table) and column:
        place = item.position(column)
        return Fact(answer.value.cells[place], unit_of(item.columns[place]), rough) if isinstance(answer.value, Row) else NOTHING
    match answer.value:
        case ManualScore(points, _) | ExternalScore(points, _, _) if not isinstance(item, Table):
            return Fact(points, "", rough)
    return Fact(answer.value, item.unit if isinstance(item, Number) else "", rough)


def unit_of(column: Column) -> str:
    """The unit of a column; money is in 万元 unless it says otherwise."""
    return column.unit or ("万元" if column.type == "money" else "")


def _cell(column: Column, fact: Fact) -> Cell:
    """The fact as this column holds it; None when it cannot."""
    value = fact.value
    if column.type in FIGURES:
        return _measured(value, fact.unit, unit_of(column)) if isinstance(value, Decimal) else None
    if isinstance(value, Decimal):
        return plain(value) + ("%" if fact.unit == "%" else "")
    return value if isinstance(value, str) and value else None


def _measured(value: Decimal, unit: str, wanted: str) -> Decimal:
    """A sum of money in the unit wanted; anything else as it is."""
    if unit in WORTH and wanted in WORTH and unit != wanted:
        return Decimal(plain(value * WORTH[unit] / WORTH[wanted]))
    return value


def _fitted_value(item: Item, fact: Fact, filed: Filed, name: str) -> Value | None:
    """The fact as an answer to this item; None when it is of another kind."""
    value, origin = fact.value, filed.form.items.get(name)
    if value is None:
        return None
    if isinstance(item, Number):
        return _measured(value, fact.unit, item.unit) if isinstance(value, Decimal) else None
    if isinstance(item, Choice):
        chosen = _words(origin, value)
        return next((o.id for o in item.options if chosen in (o.id, o.text) or o.id == value), None)
    if isinstance(item, Text):
        if isinstance(value, Decimal):
            return plain(value) + ("%" if fact.unit == "%" else "")
        return _words(origin, value) or None if isinstance(value, str) else None
    return value if origin is not None and origin.type == item.type else None


def _words(origin: Item | None, value: Value) -> str:
    """What was chosen, in words; else the words themselves."""
    if isinstance(origin, Choice):
        return next((o.text for o in origin.options if o.id == value), str(value))
    return str(value)


def _carried(form: Form, project: str, item: OneRow, last_year: Sequence[Filed]) -> Answer | None:
    """The cells of a line that stood in another column of last year's filing of the same form."""
    own = Arrival.model_validate({"item": item.id, "from": form_name(form.id), "year": "last"})
    before = next((f for f in feeding(form, project, own, last_year)), None)
    if before is None:
        return None
    table, answer = before.form.items.get(item.last_year or item.id), before.answers.get(item.last_year or item.id)
    if not isinstance(table, Table) or answer is None or not isinstance(answer.value, Row):
        return None
    there = {c.id: Fact(v, unit_of(c)) for c, v in zip(table.columns, answer.value.cells, strict=True)}
    cells = tuple(_cell(c, there.get(c.last_year, NOTHING)) if c.last_year else None for c in item.columns)
    if all(cell is None for cell in cells):
        return None
    return Answer(State.GIVEN, Row(cells), answer.provisional, source=before.title)


def _joined(item: Item, first: Answer | None, more: Answer) -> Answer:
    """Two arrivals for one item: lines behind lines, cells beside cells, and of single facts the first."""
    if first is None or not isinstance(item, Table):
        return first or more
    sources = first.source if more.source in first.source else f"{first.source}、{more.source}"
    joined = replace(first, provisional=first.provisional or more.provisional, source=sources)
    if isinstance(first.value, Row) and isinstance(more.value, Row):
        cells = tuple(b if a is None else a for a, b in zip(first.value.cells, more.value.cells, strict=True))
        return replace(joined, value=Row(cells))
    return replace(joined, value=(*_rows(first), *_rows(more)))


def _rows(answer: Answer | None) -> tuple[Row, ...]:
    """The lines of an answer to a table."""
    if answer is None or not answer.given:
        return ()
    if isinstance(answer.value, Row):
        return (answer.value,)
    return tuple(v for v in answer.value if isinstance(v, Row)) if isinstance(answer.value, tuple) else ()


def overlaid(form: Form, stored: Answers, brought: Answers) -> dict[str, Answer]:
    """The answers of a filing as everybody reads them: what is stored, with what arrived below it."""
    if not brought:
        return dict(stored)
    found = {i: combined(form, form.items[i], brought.get(i), stored.get(i)) for i in form.items if i in stored or i in brought}
    return {i: answer for i, answer in found.items() if answer is not None}


def combined(form: Form, item: Item, brought: Answer | None, own: Answer | None) -> Answer | None:
    """One answer: what arrived, with what the filler keeps of their own laid over it."""
    if brought is None or own is None or own.state is State.SKIPPED:
        return own if brought is None else brought
    locked = is_locked(form, item.id)
    if not isinstance(item, Table) or not brought.given or not own.given:
        return brought if locked else replace(own, source=brought.source)
    rough = brought.provisional or own.provisional
    merged = replace(own, provisional=rough, source=brought.source)
    if isinstance(brought.value, Row):
        return replace(merged, value=_over(brought.value, own.value if isinstance(own.value, Row) else None, locked))
    left = list(_rows(own))
    lines = []
    for row in _rows(brought):
        mine = next((r for r in left if _same_line(item, row, r)), None)
        if mine is not None:
            left.remove(mine)
        lines.append(_over(row, mine, locked))
    return replace(merged, value=(*lines, *(() if locked else left)))


def _over(brought: Row, own: Row | None, locked: bool) -> Row:
    if own is None:
        return brought
    pairs = zip(brought.cells, own.cells, strict=True)
    return Row(tuple(a if b is None or (locked and a is not None) else b for a, b in pairs))


def _same_line(item: Table, brought: Row, own: Row) -> bool:
    """Whether two lines are about the same thing: equal in every name that arrived."""
    names = [n for n, c in enumerate(item.columns) if c.type in NAMING and brought.cells[n] is not None]
    return all(brought.cells[n] == own.cells[n] for n in names)


def kept(item: Item, brought: Answer | None, new: Answer | None) -> Answer | None:
    """What of an answer is stored: nothing that arrived as it is; `combined` gives the answer back."""
    if new is None or brought is None:
        return None if new is None else replace(new, source="")
    rough = new.provisional and not brought.provisional
    plainer = replace(new, source="", provisional=rough)
    if not isinstance(item, Table) or not (brought.given and new.given):
        same = (new.state, new.value, new.provisional) == (brought.state, brought.value, brought.provisional)
        return None if same else replace(new, source="")
    if isinstance(brought.value, Row):
        assert isinstance(new.value, Row)
        mine = _own_cells(item, brought.value, new.value, names=False)
        return None if not rough and all(c is None for c in mine.cells) else replace(plainer, value=mine)
    left, lines, own = list(_rows(new)), [], False
    for row in _rows(brought):
        now = next((r for r in left if _same_line(item, row, r)), None)
        if now is None:
            continue
        left.remove(now)
        mine = _own_cells(item, row, now, names=True)
        bare = _own_cells(item, row, row, names=True)
        own = own or mine != bare
        lines.append(mine)
    return replace(plainer, value=(*lines, *left)) if own or left or rough else None


def _own_cells(item: Table, brought: Row, now: Row, *, names: bool) -> Row:
    """The cells that differ from what arrived, with the names that tell the line."""
    cells = zip(item.columns, brought.cells, now.cells, strict=True)
    return Row(tuple(b if a != b or (names and c.type in NAMING) else None for c, a, b in cells))


def is_locked(form: Form, item_id: str) -> bool:
    """Whether what arrives for this item can only be changed where it comes from."""
    return any(a.locked for a in form.arrivals_of.get(item_id, ()))


def overridden(item: Item, brought: Answer | None, answer: Answer | None) -> frozenset[tuple[object, ...]]:
    """Each place where an answer says something else than what arrived: what a reason is wanted for."""
    if brought is None or answer is None or answer.state is State.SKIPPED:
        return frozenset()
    if not isinstance(item, Table) or not (brought.given and answer.given):
        same = (brought.state, brought.value) == (answer.state, answer.value)
        return frozenset() if same else frozenset({(answer.state, answer.value)})
    found: set[tuple[object, ...]] = set()
    left = list(_rows(answer))
    for n, row in enumerate(_rows(brought)):
        now = next((r for r in left if isinstance(item, OneRow) or _same_line(item, row, r)), None)
        if now is None:
            continue
        left.remove(now)
        pairs = enumerate(zip(row.cells, now.cells, strict=True))
        found |= {(n, k, b) for k, (a, b) in pairs if a is not None and b is not None and a != b}
    return frozenset(found)


def lost_lines(item: Item, brought: Answer | None, answer: Answer | None) -> int:
    """How many of the lines that arrived an answer leaves out."""
    if not isinstance(item, Rows) or brought is None or answer is None or not answer.given:
        return 0
    left, lost = list(_rows(answer)), 0
    for row in _rows(brought):
        now = next((r for r in left if _same_line(item, row, r)), None)
        if now is None:
            lost += 1
        else:
            left.remove(now)
    return lost


def added_lines(item: Item, brought: Answer | None, answer: Answer | None) -> int:
    """How many lines an answer has beside those that arrived."""
    if not isinstance(item, Rows):
        return 0
    return len(_rows(answer)) - len(_rows(brought)) + lost_lines(item, brought, answer)
