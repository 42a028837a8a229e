"""`ziping draft FORM ANSWERS --out DIR`: every document of the form as Word files, and the score picture."""

from argparse import Namespace

from scoring.filesets import read_set
from scoring.loading import load
from scoring.scorecard import score
from templates.drafting import documents_now, draft
from templates.pictures import score_picture


def run(arguments: Namespace) -> int:
    """Write the files and say what is still open in them."""
    form = load(arguments.form, arguments.packs)
    unit = arguments.unit or "（单位名称）"
    file = read_set(form, arguments.answers, arguments.packs, unit)
    answers = file.answers
    card = score(form, answers)
    arguments.out.mkdir(parents=True, exist_ok=True)
    for document in documents_now(form, file.project, file.beside):
        done = draft(form, answers, document.id, unit=unit, card=card, project=file.project, beside=file.beside)
        path = arguments.out / f"{document.title}.docx"
        path.write_bytes(done.content)
        gaps = f"，还有 {len(done.gaps)} 处待填" if done.gaps else ""
        print(f"{path}{gaps}")
    if form.indicators:
        path = arguments.out / "得分一览.png"
        path.write_bytes(score_picture(form, card, unit))
        print(path)
    return 0
