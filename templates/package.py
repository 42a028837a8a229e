"""The complete set as single files in a .zip: the documents, those of the filings beside it, the summary, the picture.

The same filing gives the same bytes. Not here: what stands in a file (drafting.py, summary.py, pictures.py).
"""

from collections.abc import Sequence
from io import BytesIO
from itertools import count
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from scoring.answers import Answers
from scoring.asked import is_provisional
from scoring.beside.declared import PartOf
from scoring.beside.facts import Filed
from scoring.evidence import Exhibit
from scoring.form import Form
from scoring.review.record import Reviewed
from scoring.scorecard import score
from templates.drafting import OPINION, draft
from templates.exhibits import ANNEX, FOLDER
from templates.facts import filings_for
from templates.filenames import file_name as file_name
from templates.pictures import score_picture
from templates.summary import summary
from templates.wordfile import LONG_AGO


def package(
    form: Form,
    answers: Answers,
    *,
    unit: str,
    project: str = "",
    beside: Sequence[Filed] = (),
    reviewed: Reviewed | None = None,
    exhibits: Sequence[Exhibit] = (),
    enclosed: Sequence[tuple[str, bytes]] = (),
) -> bytes:
    """The .zip of a filing; of an approved one with the reviewer's opinion. `exhibits`: its evidence, listed; `enclosed`:
    files of it that go into the same .zip. Raises BadReport."""
    card = score(form, answers)
    files: list[tuple[str, bytes]] = []
    for document in form.data.documents:
        if document.template:
            about = {"unit": unit, "project": project}
            made = draft(form, answers, document.id, card=card, beside=beside, reviewed=reviewed, exhibits=exhibits, **about)
            files.append((f"{document.title}.docx", made.content))
    if exhibits:
        made = draft(form, answers, ANNEX, unit=unit, card=card, project=project, beside=beside, exhibits=exhibits)
        files.append((f"{made.title}.docx", made.content))
    around = (Filed(form, answers, form.year, unit, project), *beside)
    for part in dict.fromkeys((p.form, p.document) for d in form.data.documents for p in d.parts if isinstance(p, PartOf)):
        for filed in filings_for(form, project, part[0], beside):
            others = tuple(f for f in around if f is not filed)
            made = draft(filed.form, filed.answers, part[1], unit=unit, project=filed.project, beside=others)
            files.append((f"{made.title}{f'_{filed.project}' if filed.project else ''}.docx", made.content))
    if reviewed is not None:
        made = draft(form, answers, OPINION.id, unit=unit, card=card, project=project, reviewed=reviewed)
        files.append((f"{made.title}.docx", made.content))
    files.append(("答案汇总表.xlsx", summary(form, answers, card, unit=unit, project=project, reviewed=reviewed)))
    if form.indicators:
        files.append(("得分一览.png", score_picture(form, card, project or unit, provisional=is_provisional(form, answers))))
    return zipped(files, enclosed)


def zipped(files: Sequence[tuple[str, bytes]], enclosed: Sequence[tuple[str, bytes]] = ()) -> bytes:
    """The files in one .zip, in this order; a name that comes twice is numbered. `enclosed` stand in a folder of their own."""
    out, taken = BytesIO(), set[str]()
    with ZipFile(out, "w") as package:
        for folder, name, content in (*(("", *f) for f in files), *((f"{FOLDER}/", *f) for f in enclosed)):
            safe = file_name(name)
            stem, _, kind = safe.rpartition(".")
            numbered = (safe if n == 1 else f"{stem}_{n}.{kind}" for n in count(1))
            free = next(n for n in (folder + x for x in numbered) if n.lower() not in taken)  # Windows tells A from no a
            taken.add(free.lower())
            info = ZipInfo(free, LONG_AGO)
            info.compress_type = ZIP_STORED  # what stands in it is compressed already
            info.external_attr = 0o600 << 16
            package.writestr(info, content)
    return out.getvalue()
