"""Documents per second, beside python-docx that merely opens and saves the same file; and the score picture."""

from collections.abc import Iterator
from io import BytesIO

from docx import Document

from scoring.answersfiles.file import read_answers
from scoring.loading import OWN_PACKS, load
from scoring.scorecard import score
from templates.drafting import draft
from templates.pictures import score_picture
from tests.bench.measuring import Figure, figure, seconds

UNIT = "鹤城区社会保险服务中心"


def figures() -> Iterator[Figure]:
    form = load("hecheng-2020/department")
    answers = dict(read_answers(form, OWN_PACKS / "hecheng-2020" / "cases" / "department.yaml").answers)
    content = draft(form, answers, "complete", unit=UNIT).content

    def open_and_save() -> None:
        Document(BytesIO(content)).save(BytesIO())

    ours = seconds(lambda: draft(form, answers, "complete", unit=UNIT), 25)
    theirs = seconds(open_and_save, 25)
    yield figure("combined document, warm", ours * 1000, "ms", f"{1 / ours:,.0f} a second")
    yield figure("python-docx opening and saving the same file", theirs * 1000, "ms", f"ours takes {ours / theirs:.0%} of that")
    largest = load("xundian-2023/department")
    case = dict(read_answers(largest, OWN_PACKS / "xundian-2023" / "cases" / "department.yaml").answers)
    seven = seconds(lambda: draft(largest, case, "complete", unit=UNIT), 15)
    yield figure("the largest set, a report with five attachments, warm", seven * 1000, "ms", "aim 150 ms")
    card = score(form, answers)
    yield figure("score picture", seconds(lambda: score_picture(form, card, UNIT), 9) * 1000, "ms")
