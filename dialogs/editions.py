"""The filings in the store that are filled on one form, each with the edition it was begun with."""

import json
from dataclasses import dataclass

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
                form = compile_form(form_id, json.loads(filings.edition_sources(c, filing.edition)), filing.year)
                name = "　".join(part for part in (filing.unit_name, f"{filing.year}年度", filing.project) if part)
                found.append(Begun(name, form, filings.answers(c, filing.id, form)))
            return tuple(found)
    finally:
        engine.dispose()
