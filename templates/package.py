"""The complete set as single files in a .zip: the documents, those of the filings beside it, the summary, the picture.

The same filing gives the same bytes. Not here: what stands in a file (drafting.py, summary.py, pictures.py).
"""

import re
from collections.abc import Sequence
from io import BytesIO
from itertools import count
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from scoring.answers import Answers
from scoring.asked import is_provisional
from scoring.beside.declared import PartOf
from scoring.beside.facts import Filed
from scoring.form import Form
from scoring.review.record import Reviewed
from scoring.scorecard import score
from templates.drafting import OPINION, draft
from templates.facts import filings_for
from templates.pictures import score_picture
from templates.summary import summary
from templates.wordfile import LONG_AGO

LONGEST = 240  # bytes of a file's name: no file system takes more than 255, and a number may be put behind it
REFUSED = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]')  # … or not be seen

KIND = re.compile(r"\.[a-z]{2,5}$")


def file_name(text: str) -> str:
    """The text as the name of a file: without what cannot be in one (a unit may be called 县人大/政协办公室), and cut in
    its middle where unit and project are so long that no disk would take it; both ends tell which file it is."""
    safe = REFUSED.sub("_", text).strip(". ") or "_"
    kind = match[0] if (match := KIND.search(safe)) else ""
    stem, room = safe.removesuffix(kind), LONGEST - len(kind)
    if len(stem.encode()) > room:
        half = room // 2 - len("…".encode())
        stem = stem.encode()[:half].decode(errors="ignore") + "…" + stem.encode()[-half:].decode(errors="ignore")
    return f"{stem}{kind}"


def package(
    form: Form,
    answers: Answers,
    *,
    unit: str,
    project: str = "",
    beside: Sequence[Filed] = (),
    reviewed: Reviewed | None = None,
) -> bytes:
    """The .zip of a filing; of an approved one with the reviewer's opinion. Raises BadReport."""
    card = score(form, answers)
    files: list[tuple[str, bytes]] = []
    for document in form.data.documents:
        if document.template:
            about = {"unit": unit, "project": project}
            made = draft(form, answers, document.id, card=card, beside=beside, reviewed=reviewed, **about)
            files.append((f"{document.title}.docx", made.content))
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
    return zipped(files)


def zipped(files: Sequence[tuple[str, bytes]]) -> bytes:
    """The files in one .zip, in this order; a name that comes twice is numbered."""
    out, taken = BytesIO(), set[str]()
    with ZipFile(out, "w") as package:
        for name, content in files:
            safe = file_name(name)
            stem, _, kind = safe.rpartition(".")
            numbered = (safe if n == 1 else f"{stem}_{n}.{kind}" for n in count(1))
            free = next(n for n in numbered if n.lower() not in taken)  # Windows tells no capital from a small letter
            taken.add(free.lower())
            info = ZipInfo(free, LONG_AGO)
            info.compress_type = ZIP_STORED  # what stands in it is compressed already
            info.external_attr = 0o600 << 16
            package.writestr(info, content)
    return out.getvalue()
