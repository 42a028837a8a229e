"""Filings with the edition of their form frozen, their answers, and the history of every answer.

An answer changes together with its line of history, and only if it still is what the person saw.
Not here: what an answer means; the order of questions; documents (documents.py).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from dialogs.access.permissions import State
from dialogs.access.rights import Place
from dialogs.packing import packed, unpacked
from dialogs.scene import Change
from dialogs.store.errors import Conflict, Locked, NoSuchEdition
from dialogs.store.statements import Prepared, either
from dialogs.store.tables import answers as answer_rows
from dialogs.store.tables import editions, filings, units
from dialogs.store.tables import history as history_rows
from scoring.answers import Answer
from scoring.answers import State as Given
from scoring.form import Form
from scoring.items import REMEMBERED, stored_value
from scoring.values import to_json

AT_WORK = ("open", "returned")  # the states in which answers change
PROJECT = "$project"  # what a project's name is called in the history


@dataclass(frozen=True, slots=True)
class Filing:
    """One form of one unit (or of one of its projects) for one year. `documents`: sets issued so far; `round`: how often
    it was submitted; `place`: where it stands for the permission gate."""

    id: str
    unit_id: str
    unit_name: str
    year: int
    form_id: str
    project: str
    edition: str
    documents: int
    place: Place
    round: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of history: an answer before and after, who, when, and from which message."""

    item: str
    old: Answer | None
    new: Answer | None
    person_id: str
    at: int
    inbox_id: int | None
    message: int


_f = filings.c
_FILINGS = select(
    *(_f.id, _f.unit_id, units.c.name, _f.year, _f.form_id, _f.project, _f.edition, _f.documents),
    *(units.c.county_id, units.c.supervisor_id, _f.state, _f.round),
).join_from(filings, units, units.c.id == _f.unit_id)
_BY_ID = Prepared(_FILINGS.where(_f.id == bindparam("this")))
_BY_KEY = _FILINGS.where(
    _f.unit_id == bindparam("of_unit"),
    _f.year == bindparam("in_year"),
    _f.form_id == bindparam("of_form"),
    _f.project == bindparam("of_project"),
)
_OF_UNIT = Prepared(_FILINGS.where(_f.unit_id == bindparam("of_unit")).order_by(_f.year.desc(), _f.created_at, _f.id))
_unit_of = filings.alias("one")
_AROUND = Prepared(
    _FILINGS.where(_f.unit_id == select(_unit_of.c.unit_id).where(_unit_of.c.id == bindparam("this")).scalar_subquery()).order_by(
        _f.year.desc(), _f.created_at, _f.id
    )
)
_ON_FORM = _FILINGS.where(_f.form_id == bindparam("of_form")).order_by(_f.year.desc(), _f.created_at, _f.id)
_OPEN = either(lambda insert: insert(filings).on_conflict_do_nothing(index_elements=["unit_id", "year", "form_id", "project"]))
_FREEZE = either(lambda insert: insert(editions).on_conflict_do_nothing(index_elements=["edition"]))
_STATE = Prepared(select(_f.state).where(_f.id == bindparam("this")).with_for_update(read=True))  # held until the end
_LATEST = select(func.max(_f.created_at)).where(_f.unit_id == bindparam("of_unit"))
_RENAME = update(filings).where(filings.c.id == bindparam("this")).values(project=bindparam("name"))
_SOURCES = select(editions.c.sources).where(editions.c.edition == bindparam("this"))

_a = answer_rows.c
_of_filing = _a.filing_id == bindparam("of_filing")
_as_seen = (
    _of_filing,
    _a.item == bindparam("of_item"),
    _a.state == bindparam("old_state"),
    _a.value.is_not_distinct_from(bindparam("old_value", type_=_a.value.type)),
    _a.provisional == bindparam("old_provisional"),
    _a.basis == bindparam("old_basis"),
    _a.reason == bindparam("old_reason"),
)
_ANSWERS = Prepared(select(_a.item, _a.state, _a.value, _a.provisional, _a.basis, _a.reason).where(_of_filing))
_FIRST = Prepared(either(lambda insert: insert(answer_rows).on_conflict_do_nothing(index_elements=["filing_id", "item"])))
_CHANGE = Prepared(
    update(answer_rows)
    .where(*_as_seen)
    .values(
        state=bindparam("new_state"),
        value=bindparam("new_value"),
        provisional=bindparam("new_provisional"),
        basis=bindparam("new_basis"),
        reason=bindparam("new_reason"),
        ver=_a.ver + 1,
        person_id=bindparam("by"),
        at=bindparam("when"),
    )
)
_LATEST_ANSWER = select(func.max(_a.at)).where(_of_filing)
_REMOVE = delete(answer_rows).where(*_as_seen)
_REMEMBER = Prepared(insert(history_rows))
_h = history_rows.c
_HISTORY = (
    select(_h.item, _h.old, _h.new, _h.person_id, _h.at, _h.inbox_id, _h.message)
    .where(_h.filing_id == bindparam("of_filing"))
    .order_by(_h.id)
)
_HISTORY_OF_ITEM = _HISTORY.where(_h.item == bindparam("of_item"))


def freeze_edition(c: Connection, form: Form) -> None:
    """Keep the texts a form is made of, once per edition."""
    sources = json.dumps(dict(form.sources), ensure_ascii=False)
    c.execute(_FREEZE[c.dialect.name], {"edition": form.edition, "form_id": form.id, "sources": sources})


def edition_sources(c: Connection, edition: str) -> str:
    """The texts of an edition, JSON by file name. Raises NoSuchEdition."""
    sources: str | None = c.execute(_SOURCES, {"this": edition}).scalar()
    if sources is None:
        raise NoSuchEdition(f"表格的这一版（{edition}）没有存下来，请联系技术支持。")
    return sources


def open_filing(c: Connection, id: str, unit: str, form: Form, year: int, project: str, person: str, now: int) -> Filing:
    """The filing of this unit, year, form and project; made with the form's present edition when it is new."""
    key = {"of_unit": unit, "in_year": year, "of_form": form.id, "of_project": project}
    row = c.execute(_BY_KEY, key).first()
    if row is None:
        freeze_edition(c, form)
        new = {"id": id, "unit_id": unit, "year": year, "form_id": form.id, "project": project}
        latest: int = c.execute(_LATEST, {"of_unit": unit}).scalar() or 0
        # Filings of a unit stand in the order they were begun, also those begun within one second.
        new |= {"edition": form.edition, "created_by": person, "created_at": max(now, latest + 1)}
        c.execute(_OPEN[c.dialect.name], new)
        row = c.execute(_BY_KEY, key).one()
    return _made(row)


def _made(row: Any) -> Filing:
    id, unit, name, year, form, project, edition, documents, county, supervisor, state, round_ = row
    place = Place(county or "", unit, supervisor or "", id, State(state))
    return Filing(id, unit, name, year, form, project, edition, documents, place, round_)


def filing(c: Connection, id: str) -> Filing | None:
    """The filing with this id."""
    row = _BY_ID.run(c, {"this": id}).fetchone()
    return None if row is None else _made(row)


def filings_of(c: Connection, unit: str) -> tuple[Filing, ...]:
    """All filings of a unit, the latest year first."""
    return tuple(_made(row) for row in _OF_UNIT.run(c, {"of_unit": unit}).fetchall())


def filings_around(c: Connection, id: str) -> tuple[Filing, ...]:
    """All filings of the unit of a filing, that one among them, the latest year first; none when there is no such filing."""
    return tuple(_made(row) for row in _AROUND.run(c, {"this": id}).fetchall())


def filings_on(c: Connection, form_id: str) -> tuple[Filing, ...]:
    """All filings of a form, of every unit, the latest year first."""
    return tuple(_made(row) for row in c.execute(_ON_FORM, {"of_form": form_id}))


def rename_project(c: Connection, filing: Filing, name: str, person: str, at: int, inbox_id: int | None) -> bool:
    """Give a project another name in all forms of its pack and year, with a line of history in each; False when another
    project of the unit has that name already, and when a form of the project is handed in: its documents have the name."""
    pack = filing.form_id.partition("/")[0]
    beside = [f for f in filings_of(c, filing.unit_id) if f.year == filing.year and f.form_id.partition("/")[0] == pack]
    if any(f.project == name or (f.project == filing.project and f.place.state not in AT_WORK) for f in beside):
        return False
    for one in (f for f in beside if f.project == filing.project):
        c.execute(_RENAME, {"this": one.id, "name": name})
        old, new = (json.dumps(words, ensure_ascii=False) for words in (one.project, name))
        line = {"filing_id": one.id, "item": PROJECT, "old": old, "new": new, "person_id": person, "at": at}
        _REMEMBER.many(c, [{**line, "inbox_id": inbox_id, "message": 0}])
    return True


def answers(c: Connection, filing_id: str, form: Form) -> dict[str, Answer]:
    """The answers of a filing. An answer to a question that the program no longer asks stays stored, but is not seen."""
    rows = _ANSWERS.run(c, {"of_filing": filing_id}).fetchall()
    items = form.items
    decode, anew = _decoded, _decoded.__wrapped__  # a long text differs each time, and is nobody's business afterwards
    return {
        row[0]: (decode if row[2] is None or len(row[2]) <= REMEMBERED else anew)(form, *row) for row in rows if row[0] in items
    }


def last_answered(c: Connection, filing_id: str) -> int | None:
    """When a filing was last answered; None while nobody has begun."""
    at: int | None = c.execute(_LATEST_ANSWER, {"of_filing": filing_id}).scalar()
    return at


@lru_cache(maxsize=32768)
def _decoded(form: Form, item: str, state: str, value: str | None, provisional: int, basis: str, reason: str) -> Answer:
    decoded = None if value is None else stored_value(form.items[item], value)
    return Answer(Given(state), decoded, bool(provisional), basis, reason=reason)


def apply(
    c: Connection,
    filing_id: str,
    changes: Sequence[Change],
    person: str,
    at: int,
    inbox_id: int | None,
    message: int,
    *,
    held: bool = False,
) -> None:
    """Write changed answers and their history. Raises Conflict when an answer no longer is what the change starts from, and
    Locked when the filing is handed in or approved: no answer changes then, whoever asks. `held`: this transaction has
    just written the filing as one that is at work (standing.answered), so that its state need not be asked again."""
    row = _STATE.run(c, {"this": filing_id}).fetchone() if changes and not held else None
    if row is not None and row[0] not in AT_WORK:
        raise Locked(changes[0].item)
    lines = []
    for change in changes:
        if change.old == change.new:
            continue
        if not _applied(c, filing_id, change, person, at):
            raise Conflict(change.item)
        line = {"filing_id": filing_id, "item": change.item, "old": _text(change.old), "new": _text(change.new)}
        lines.append({**line, "person_id": person, "at": at, "inbox_id": inbox_id, "message": message})
    if lines:
        _REMEMBER.many(c, lines)


def _applied(c: Connection, filing_id: str, change: Change, person: str, at: int) -> bool:
    """Whether the stored answer was as the change says, and now is as the change wants."""
    where = {"of_filing": filing_id, "of_item": change.item}
    if change.old is None:
        assert change.new is not None
        row = {"filing_id": filing_id, "item": change.item, **_columns(change.new), "ver": 1, "person_id": person, "at": at}
        return bool(_FIRST.run(c, row).rowcount == 1)
    seen = {**where, **{f"old_{k}": v for k, v in _columns(change.old).items()}}
    if change.new is None:
        return c.execute(_REMOVE, seen).rowcount == 1
    wanted = {f"new_{k}": v for k, v in _columns(change.new).items()}
    return bool(_CHANGE.run(c, {**seen, **wanted, "by": person, "when": at}).rowcount == 1)


def _columns(answer: Answer) -> dict[str, str | int | None]:
    value = None if answer.value is None else to_json(answer.value)
    columns: dict[str, str | int | None] = {"state": str(answer.state), "value": value, "provisional": int(answer.provisional)}
    return columns | {"basis": answer.basis, "reason": answer.reason}


def _text(answer: Answer | None) -> str | None:
    return None if answer is None else json.dumps(packed(answer), ensure_ascii=False)


def history_of(c: Connection, filing_id: str, form: Form, item: str | None = None) -> tuple[Entry, ...]:
    """Every change of a filing, or of one item, oldest first."""
    if item is None:
        rows = c.execute(_HISTORY, {"of_filing": filing_id}).fetchall()
    else:
        rows = c.execute(_HISTORY_OF_ITEM, {"of_filing": filing_id, "of_item": item}).fetchall()
    return tuple(
        Entry(name, _answer(form, name, old), _answer(form, name, new), *rest)
        for name, old, new, *rest in rows
        if name in form.items
    )


def replay(c: Connection, filing_id: str, form: Form) -> dict[str, Answer]:
    """The answers as history alone tells them; always equal to `answers`."""
    latest = {entry.item: entry.new for entry in history_of(c, filing_id, form)}
    return {item: answer for item, answer in latest.items() if answer is not None}


def _answer(form: Form, item: str, text: str | None) -> Answer | None:
    return None if text is None else unpacked(form.items[item], json.loads(text))
