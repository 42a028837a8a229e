"""Filings (unit × year × form × project, with the edition they were begun in), answers and their history."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Insert, Select, and_, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError

from dialogs.scene import Change
from dialogs.store.tables import answers as answers_table
from dialogs.store.tables import editions, filings, history, units
from scoring.answers import Answer, State
from scoring.form import Form
from scoring.items import stored_value
from scoring.values import to_json


class Conflict(Exception):
    """An answer is no longer what the step saw; the event is handled again with what is there now."""


@dataclass(frozen=True, slots=True)
class Filing:
    """One form of one unit (or project) in one year."""

    id: str
    unit_id: str
    unit_name: str
    year: int
    form_id: str
    project: str
    edition: str
    documents: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history: who changed what, when, from which message."""

    item: str
    old: Answer | None
    new: Answer | None
    person_id: str
    at: int
    message: int


def _filings() -> Select[tuple[str, str, str, int, str, str, str, int]]:
    f = filings.c
    columns = (f.id, f.unit_id, units.c.name, f.year, f.form_id, f.project, f.edition, f.documents)
    return select(*columns).join(units, units.c.id == f.unit_id)


_one = _filings().where(filings.c.id == bindparam("id"))
_by_key = _filings().where(
    filings.c.unit_id == bindparam("unit"),
    filings.c.year == bindparam("year"),
    filings.c.form_id == bindparam("form"),
    filings.c.project == bindparam("project"),
)
_of_unit = _filings().where(filings.c.unit_id == bindparam("unit")).order_by(filings.c.year.desc(), filings.c.form_id)
_sources = select(editions.c.sources).where(editions.c.edition == bindparam("edition"))
_new_editions: dict[str, Insert] = {
    "sqlite": sqlite.insert(editions).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(editions).on_conflict_do_nothing(),
}
_new_filings: dict[str, Insert] = {
    "sqlite": sqlite.insert(filings).on_conflict_do_nothing(),
    "postgresql": postgresql.insert(filings).on_conflict_do_nothing(),
}
_a = answers_table.c
_answers = select(_a.item, _a.state, _a.value, _a.provisional, _a.basis).where(_a.filing_id == bindparam("filing"))
_seen = and_(
    _a.filing_id == bindparam("f"),
    _a.item == bindparam("i"),
    _a.state == bindparam("old_state"),
    func.coalesce(_a.value, "") == bindparam("old_value"),
    _a.provisional == bindparam("old_provisional"),
)
_insert = insert(answers_table)
_update = (
    update(answers_table)
    .where(_seen)
    .values(
        state=bindparam("state_"),
        value=bindparam("value_"),
        provisional=bindparam("provisional_"),
        basis=bindparam("basis_"),
        person_id=bindparam("person_"),
        at=bindparam("at_"),
    )
)
_delete = delete(answers_table).where(_seen)
_log = insert(history)


def open_filing(c: Connection, new: str, unit: str, form: Form, year: int, project: str, person: str, now: int) -> Filing:
    """The filing with this key, begun in the form's present edition when it is new."""
    c.execute(
        _new_editions[c.dialect.name],
        {"edition": form.edition, "form_id": form.id, "sources": json.dumps(dict(form.sources), ensure_ascii=False)},
    )
    row = {
        "id": new,
        "unit_id": unit,
        "year": year,
        "form_id": form.id,
        "project": project,
        "edition": form.edition,
        "created_by": person,
        "created_at": now,
    }
    c.execute(_new_filings[c.dialect.name], row)
    key = {"unit": unit, "year": year, "form": form.id, "project": project}
    return Filing(*c.execute(_by_key, key).one())


def filing(c: Connection, filing_id: str) -> Filing | None:
    """The filing with this id."""
    row = c.execute(_one, {"id": filing_id}).fetchone()
    return Filing(*row) if row else None


def filings_of(c: Connection, unit: str) -> tuple[Filing, ...]:
    """All filings of a unit, newest year first."""
    return tuple(Filing(*row) for row in c.execute(_of_unit, {"unit": unit}))


def previous(c: Connection, present: Filing) -> Filing | None:
    """Last year's filing of the same form and project."""
    key = {"unit": present.unit_id, "year": present.year - 1, "form": present.form_id, "project": present.project}
    row = c.execute(_by_key, key).fetchone()
    return Filing(*row) if row else None


def edition_sources(c: Connection, edition: str) -> str:
    """The frozen texts of an edition, as JSON."""
    return str(c.execute(_sources, {"edition": edition}).scalar_one())


def answers(c: Connection, filing_id: str, form: Form) -> dict[str, Answer]:
    """All answers of a filing that its form still knows, by item."""
    found: dict[str, Answer] = {}
    items = form.items
    for name, state, value, provisional, basis in c.execute(_answers, {"filing": filing_id}):
        item = items.get(name)
        if item is not None:
            typed = None if value is None else stored_value(item, value)
            found[name] = Answer(State(state), typed, bool(provisional), basis)
    return found


def apply(c: Connection, filing_id: str, changes: Sequence[Change], person: str, at: int, inbox_id: int, message: int) -> None:
    """Write the changes with their history. Raises Conflict when an answer is not what the step saw."""
    for change in changes:
        key = {"filing_id": filing_id, "item": change.item}
        if change.old is None and change.new is not None:
            try:
                c.execute(_insert, {**key, **_columns(change.new), "person_id": person, "at": at})
            except IntegrityError as e:
                raise Conflict(change.item) from e
        elif change.old is not None:
            seen = {f"old_{k}": v for k, v in _columns(change.old).items() if k != "basis"}
            seen |= {"f": filing_id, "i": change.item, "old_value": seen["old_value"] or ""}
            if change.new is None:
                done = c.execute(_delete, seen).rowcount
            else:
                fresh = {f"{k}_": v for k, v in _columns(change.new).items()}
                done = c.execute(_update, {**seen, **fresh, "person_": person, "at_": at}).rowcount
            if done != 1:
                raise Conflict(change.item)
        entry = {"old": packed(change.old), "new": packed(change.new), "inbox_id": inbox_id, "message": message}
        c.execute(_log, {**key, **entry, "person_id": person, "at": at})


def _columns(answer: Answer) -> dict[str, object]:
    value = None if answer.value is None else to_json(answer.value)
    return {"state": str(answer.state), "value": value, "provisional": int(answer.provisional), "basis": answer.basis}


def packed(answer: Answer | None) -> str | None:
    """An answer as one JSON text."""
    return None if answer is None else json.dumps(_columns(answer), ensure_ascii=False)


def unpacked(form: Form, item: str, text: str | None) -> Answer | None:
    """The answer from `packed`."""
    if text is None:
        return None
    row = json.loads(text)
    value = None if row["value"] is None else stored_value(form.items[item], row["value"])
    return Answer(State(row["state"]), value, bool(row["provisional"]), row["basis"])


def history_of(c: Connection, filing_id: str, form: Form, item: str | None = None) -> tuple[Entry, ...]:
    """Every change of a filing, or of one item, oldest first."""
    h = history.c
    wanted = select(h.item, h.old, h.new, h.person_id, h.at, h.message).where(h.filing_id == filing_id).order_by(h.id)
    if item is not None:
        wanted = wanted.where(h.item == item)
    return tuple(
        Entry(name, unpacked(form, name, old), unpacked(form, name, new), person, at, message)
        for name, old, new, person, at, message in c.execute(wanted)
    )


def replay(c: Connection, filing_id: str, form: Form) -> dict[str, Answer]:
    """The answers as the history tells them; equal to the stored ones at every moment."""
    told: dict[str, Answer] = {}
    for entry in history_of(c, filing_id, form):
        if entry.new is None:
            told.pop(entry.item, None)
        else:
            told[entry.item] = entry.new
    return told
