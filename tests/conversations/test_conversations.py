"""Every script beside this file, played from the greeting to the documents."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from bot.office import open_office
from bot.terminal import CHANNEL, Desk, understand
from dialogs.handling import edition_of, form_of
from dialogs.store import documents, filings
from dialogs.store.engine import writing
from dialogs.store.tables import filings as filing_rows
from scoring.cases import points
from scoring.filesets import read_set
from scoring.loading import OWN_PACKS, load
from scoring.scorecard import score
from tests.templates.validity import problems

SCRIPTS = sorted(Path(__file__).parent.glob("*.txt"))


@dataclass(frozen=True)
class Script:
    """A conversation, the forms it needs, and the cases it must end with."""

    forms: tuple[str, ...]
    cases: tuple[tuple[str, str], ...]  # case file, project
    lines: tuple[str, ...]


def read_script(path: Path) -> Script:
    forms: tuple[str, ...] = ()
    cases: list[tuple[str, str]] = []
    said: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("@forms "):
            forms = tuple(f.strip() for f in line.removeprefix("@forms ").split(","))
        elif line.startswith("@case "):
            case, _, project = line.removeprefix("@case ").strip().partition(" ")
            cases.append((case, project.strip()))
        elif line.strip() and not line.startswith("# "):
            said.append(line)
    return Script(forms, tuple(cases), tuple(said))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.stem)
def test_a_filler_gets_from_the_greeting_to_the_documents(path: Path, tmp_path: Path) -> None:
    script = read_script(path)
    told: list[str] = []
    office = open_office(f"sqlite:///{tmp_path}/store.db", {CHANNEL: understand}, script.forms)
    desk = Desk(office, tmp_path / "out", told.append)
    desk.says("/start")
    for line in script.lines:
        told.append(f"👤 {line}")
        desk.says(line)
    talk = "\n".join(told[-12:])
    for case, project in script.cases:
        pack, _, name = case.partition("/")
        form_id = f"{pack}/{name.split('.')[0].split('@')[0]}"
        expected = points(score(load(form_id), read_set(load(form_id), OWN_PACKS / pack / "cases" / name).answers))
        with writing(office.engine) as c:
            row = c.execute(
                filing_rows.select().where(filing_rows.c.form_id == form_id, filing_rows.c.project == project)
            ).first()
            assert row is not None, f"no filing {form_id} {project}\n{talk}"
            filing = filings.filing(c, row.id)
            assert filing is not None
            issued = documents.of_filing(c, filing.id)
            assert issued, f"{case}: nothing was issued\n{talk}"
            form = form_of(c, office, filing)
            latest = documents.load(c, issued[-1].id)
            answers = documents.inputs_of(latest, form, partial(edition_of, c)).answers
        assert latest.gaps == 0, f"{case}: {latest.gaps} gaps\n{talk}"
        assert points(score(form, answers)) == expected
        if not form.indicators:  # nothing is scored, so that the answers themselves must be those of the case
            wanted = read_set(form, OWN_PACKS / pack / "cases" / name).answers
            assert {k: v.value for k, v in answers.items()} == {k: v.value for k, v in wanted.items()}
    sent = [f for f in desk.files if f.suffix == ".docx"]
    assert len(sent) >= len(script.cases)
    for file in sent:
        assert not problems(file.read_bytes()), file.name
    office.engine.dispose()
