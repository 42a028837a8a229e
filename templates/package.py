"""The complete set as single files in a .zip: the documents, those of the filings beside it, the summary, the picture.

The same filing gives the same bytes. Not here: what stands in a file (drafting.py, summary.py, pictures.py).
"""

import re
from collections.abc import Sequence
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from scoring.answers import Answers
from scoring.beside.declared import PartOf
from scoring.beside.facts import Filed
from scoring.form import Form
from scoring.scorecard import score
from templates.drafting import draft
from templates.facts import filings_for
from templates.pictures import score_picture
from templates.summary import summary
from templates.wordfile import LONG_AGO


def file_name(text: str) -> str:
    """The text without what cannot be in the name of a file: a unit may be called 县人大/政协办公室."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", text).lstrip(".")


def package(form: Form, answers: Answers, *, unit: str, project: str = "", beside: Sequence[Filed] = ()) -> bytes:
    """The .zip of a filing. Raises BadReport."""
    card = score(form, answers)
    files: list[tuple[str, bytes]] = []
    for document in form.data.documents:
        if document.template:
            made = draft(form, answers, document.id, unit=unit, card=card, project=project, beside=beside)
            files.append((f"{document.title}.docx", made.content))
    around = (Filed(form, answers, form.year, unit, project), *beside)
    for part in dict.fromkeys((p.form, p.document) for d in form.data.documents for p in d.parts if isinstance(p, PartOf)):
        for filed in filings_for(form, project, part[0], beside):
            others = tuple(f for f in around if f is not filed)
            made = draft(filed.form, filed.answers, part[1], unit=unit, project=filed.project, beside=others)
            files.append((f"{made.title}{f'_{filed.project}' if filed.project else ''}.docx", made.content))
    files.append(("答案汇总表.xlsx", summary(form, answers, card, unit=unit, project=project)))
    if form.indicators:
        files.append(("得分一览.png", score_picture(form, card, project or unit)))
    return zipped(files)


def zipped(files: Sequence[tuple[str, bytes]]) -> bytes:
    """The files in one .zip, in this order; a name that comes twice is numbered."""
    out, taken = BytesIO(), dict[str, int]()
    with ZipFile(out, "w") as package:
        for name, content in files:
            safe = file_name(name)
            taken[safe] = taken.get(safe, 0) + 1
            stem, _, kind = safe.rpartition(".")
            info = ZipInfo(safe if taken[safe] == 1 else f"{stem}_{taken[safe]}.{kind}", LONG_AGO)
            info.compress_type = ZIP_STORED  # what stands in it is compressed already
            info.external_attr = 0o600 << 16
            package.writestr(info, content)
    return out.getvalue()
