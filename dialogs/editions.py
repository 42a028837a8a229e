"""The form of a filing in the edition it was begun with, as it is frozen in the store; and all filings begun on one form."""

import json
from dataclasses import dataclass

from sqlalchemy import Connection

from dialogs.store import filings
from dialogs.store.engine import open_store, reading
from scoring.answers import Answers
from scoring.form import Form
from scoring.loading import compile_form


@dataclass(frozen=True, slots=True)
class Begun:
    """A filing under way: what it is called, its form as frozen with it, and its answers."""

    title: str
    form: Form
    answers: Answers


def begun_on(database_url: str, form_id: str) -> tuple[Begun, ...]:
    """Every filing of a form, the latest year first. Raises StoreError when the store cannot be opened."""
    engine = open_store(database_url)
    try:
        with reading(engine) as c:
            found = []
            for filing in filings.filings_on(c, form_id):
                form = form_of(c, filing)
                name = "　".join(part for part in (filing.unit_name, f"{filing.year}年度", filing.project) if part)
                found.append(Begun(name, form, filings.answers(c, filing.id, form)))
            return tuple(found)
    finally:
        engine.dispose()


def form_of(c: Connection, filing: filings.Filing) -> Form:
    """The form in the edition the filing was begun with, as frozen with it; compiled once in this process."""
    return edition_of(c, filing.form_id, filing.edition, filing.year)


def edition_of(c: Connection, form_id: str, edition: str, year: int) -> Form:
    """A form in an edition that some filing was begun with."""
    return _editions.get((form_id, edition, year)) or _thaw(c, form_id, edition, year)


_editions: dict[tuple[str, str, int], Form] = {}


def _thaw(c: Connection, form_id: str, edition: str, year: int) -> Form:
    sources: dict[str, str] = json.loads(filings.edition_sources(c, edition))
    form = compile_form(form_id, sources, year)
    _editions[(form_id, edition, year)] = form
    return form
