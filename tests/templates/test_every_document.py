"""Every document of every pack: sound for Word whole, half filled and empty; a gap exactly where an answer is open."""

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from scoring.answersfiles.sets import read_set
from scoring.asked import asked, is_settled
from scoring.loading import OWN_PACKS, form_ids, load
from scoring.packs.sources import pack_folder
from templates.drafting import documents_now, draft
from tests.templates.validity import problems

UNIT = "某某县社会保险服务中心"
CASES = sorted(
    p
    for p in OWN_PACKS.glob("*/cases/*.yaml")
    if not any(p.name.endswith(f".{part}.yaml") for part in ("expected", "printed", "upgrade"))
)


def form_of(case: Path) -> str:
    return f"{case.parent.parent.name}/{case.name.split('.')[0].split('@')[0]}"


@pytest.mark.parametrize("case", CASES, ids=lambda p: f"{p.parent.parent.name}-{p.stem}")
def test_the_documents_of_a_case_are_sound_and_whole(case: Path, tmp_path: Path) -> None:
    from openxml_audit import OpenXmlValidator

    form = load(form_of(case))
    filed = read_set(form, case)
    open_items = [i.id for i in asked(form, filed.answers) if not i.optional and not is_settled(form, i, filed.answers)]
    documents = documents_now(form, filed.project, filed.beside)
    assert documents, "a form without documents is of no use"
    for spec in documents:
        made = draft(form, filed.answers, spec.id, unit=UNIT, project=filed.project, beside=filed.beside)
        assert problems(made.content) == []
        path = tmp_path / "d.docx"
        path.write_bytes(made.content)
        errors = [str(e) for e in OpenXmlValidator().validate(str(path)).errors]
        assert [e for e in errors if "relationships/theme" not in e] == []  # a theme may be left out: ISO 29500-1, 14.2.7
        if not open_items:
            assert made.gaps == (), f"{spec.id} has gaps although every question is answered"
            assert "待填" not in text_of(made.content)


@pytest.mark.parametrize("form_id", tuple(form_ids()))
def test_documents_of_a_filing_just_begun_are_sound(form_id: str) -> None:
    form = load(form_id)
    half = {}
    case = pack_folder(form_id) / "cases" / f"{form_id.partition('/')[2]}.yaml"
    if case.is_file():
        half = {k: a for n, (k, a) in enumerate(read_set(form, case).answers.items()) if n % 2}
    for answers in ({}, half):
        for spec in documents_now(form, "", ()):
            assert problems(draft(form, answers, spec.id, unit=UNIT, project="某项目").content) == []


def text_of(docx: bytes) -> str:
    with ZipFile(BytesIO(docx)) as package:
        return package.read("word/document.xml").decode()
