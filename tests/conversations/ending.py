"""What must stand in the store when a conversation script is through: every filing issued whole, with its case's points."""

from functools import partial

from sqlalchemy import Engine

from dialogs.editions import edition_of
from dialogs.store import documents, filings
from dialogs.store.engine import reading
from dialogs.store.tables import filings as filing_rows
from scoring.answersfiles.cases import points
from scoring.answersfiles.sets import read_set
from scoring.loading import OWN_PACKS, load
from scoring.scorecard import score
from tests.conversations.script import Script


def ends_with_its_cases(script: Script, engine: Engine, talk: str = "") -> None:
    """Every case of the script has a filing that was issued without a gap from answers worth the case's points."""
    for case, project in script.cases:
        pack, _, name = case.partition("/")
        form_id = f"{pack}/{name.split('.')[0].split('@')[0]}"
        wanted = read_set(load(form_id), OWN_PACKS / pack / "cases" / name).answers
        with reading(engine) as c:
            here = filing_rows.select().where(filing_rows.c.form_id == form_id, filing_rows.c.project == project)
            row = c.execute(here).first()
            assert row is not None, f"no filing {form_id} {project}\n{talk}"
            filing = filings.filing(c, row.id)
            assert filing is not None
            issued = documents.of_filing(c, filing.id)
            assert issued, f"{case}: nothing was issued\n{talk}"
            form = edition_of(c, filing.form_id, filing.edition, filing.year)
            latest = documents.load(c, issued[-1].id)
            answers = documents.inputs_of(latest, form, partial(edition_of, c)).answers
        assert latest.gaps == 0, f"{case}: {latest.gaps} gaps\n{talk}"
        assert points(score(form, answers)) == points(score(form, wanted)), case
        if not form.indicators:  # nothing is scored, so that the answers themselves must be those of the case
            assert {k: v.value for k, v in answers.items()} == {k: v.value for k, v in wanted.items()}
