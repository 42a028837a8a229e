"""`ziping draft FORM ANSWERS --out DIR`: every document of the form as Word files, the summary as
a spreadsheet, and the score picture; with --zip also all of them in one package."""

from argparse import Namespace

from scoring.answersfiles.sets import read_set
from scoring.asked import asked, is_provisional, is_settled
from scoring.loading import load
from scoring.scorecard import score
from templates.drafting import documents_now, draft
from templates.filenames import file_name
from templates.package import package
from templates.pictures import score_picture
from templates.summary import summary


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
        path = arguments.out / file_name(f"{document.title}.docx")
        path.write_bytes(done.content)
        gaps = f"，还有 {len(done.gaps)} 处待填" if done.gaps else ""
        print(f"{path}{gaps}")
    for other in file.beside:
        left = sum(not i.optional and not is_settled(other.form, i, other.answers) for i in asked(other.form, other.answers))
        if left:
            print(f"{other.title}还有 {left} 题没填")
    path = arguments.out / "答案汇总表.xlsx"
    path.write_bytes(summary(form, answers, card, unit=unit, project=file.project))
    print(path)
    if arguments.zip:
        path = arguments.out / file_name(f"{form.title}.zip")
        path.write_bytes(package(form, answers, unit=unit, project=file.project, beside=file.beside))
        print(path)
    if form.indicators:
        path = arguments.out / "得分一览.png"
        path.write_bytes(score_picture(form, card, unit, provisional=is_provisional(form, answers)))
        print(path)
    return 0
