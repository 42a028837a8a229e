"""All issued documents of a year in one .zip, unit by unit; and the edition for the public, drafted anew without names.

Both write to files one document after another, in volumes that the channel can carry. What the public edition holds is
looked through once more when it is drafted: a document that still names somebody is left out and told.
"""

import re
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from typing import IO
from zipfile import ZipFile

from sqlalchemy import Connection

from dialogs.drawing_up import drafted
from dialogs.editions import edition_of
from dialogs.office import Office
from dialogs.store import counties, documents, issued, members
from dialogs.store.engine import reading
from dialogs.store.issued import Issued
from scoring.beside.facts import Filed
from scoring.form import Form
from scoring.publishing import Names, masked, names_in
from scoring.publishing.finding import IDENTITY, PHONE
from scoring.publishing.masking import masked_text
from scoring.review.record import Reviewed
from templates.county.archive import Archive
from templates.county.results import STATES
from templates.drafting import BadReport, document_of, draft

VOLUME = 45 << 20  # bytes of a .zip that a chat carries
Target = Callable[[int], IO[bytes]]  # the n-th volume, from 1


@dataclass(slots=True)
class Archived:
    """What was packed: how many documents of how many units, in how many volumes; what was left out, and why."""

    documents: int = 0
    units: set[str] = field(default_factory=set)
    volumes: int = 0
    left_out: list[str] = field(default_factory=list)
    taken: int = 0


Steps = Generator[tuple[int, int], None, Archived]


@dataclass(slots=True)
class _Volumes:
    """The archives as they are written, each up to its size."""

    target: Target
    title: str
    most: int
    done: Archived
    at_work: Archive | None = None

    def add(self, row: Issued, name: str, content: bytes, note: str) -> None:
        if self.at_work is None or not self.at_work.fits(content, self.most):
            self.close()
            self.done.volumes += 1
            self.at_work = Archive(self.target(self.done.volumes), self.title)
        folder = f"{row.code} {row.unit_name}".strip()
        self.at_work.add((folder, row.project), name, content, note)
        self.done.documents += 1
        self.done.units.add(row.unit)

    def close(self) -> None:
        if self.at_work is not None:
            self.at_work.close()
            self.at_work = None


def all_documents(office: Office, county: str, year: int, target: Target, *, approved: bool = False, most: int = VOLUME) -> Steps:
    """Everything that was issued last, as it was issued."""
    with reading(office.engine) as c:
        rows = [r for r in issued.issued(c, county, year) if not r.document.endswith(".zip")]
        name = _title(c, county, year, "绩效自评文件")
    rows = [r for r in rows if not approved or r.state == "approved"]
    done = Archived()
    volumes = _Volumes(target, name, most, done)
    for n, row in enumerate(rows, 1):
        try:
            content = _content(office, row)
        except BadReport:
            done.left_out.append(f"{row.unit_name}　{row.title}：文件生成不了")
        else:
            kind = row.document.partition(".")[2] or "docx"
            volumes.add(row, f"{row.title}.{kind}", content, STATES[row.state])
        yield n, len(rows)
    volumes.close()
    return done


def _content(office: Office, row: Issued) -> bytes:
    with reading(office.engine) as c:
        stored = documents.load(c, row.id)
        if stored.content is not None:
            return stored.content
        form = edition_of(c, row.form, row.edition, row.year)
        inputs = documents.inputs_of(stored, form, partial(edition_of, c))
    return drafted(office, stored, form, inputs, inputs.around.unit or row.unit_name)


def public_edition(office: Office, county: str, year: int, target: Target, *, most: int = VOLUME) -> Steps:
    """The documents of approved filings, without names and numbers."""
    with reading(office.engine) as c:
        rows = [r for r in issued.issued(c, county, year) if r.state == "approved"]
        seats = members.seats_in(c, county)
        name = _title(c, county, year, "绩效自评（公开版）")
    everybody = {s.person for s in seats}
    by_unit: dict[str, set[str]] = {}
    for seat in seats:
        by_unit.setdefault(seat.unit_id, set()).add(seat.person)
    done = Archived()
    volumes = _Volumes(target, name, most, done)
    for n, row in enumerate(rows, 1):
        with reading(office.engine) as c:
            form = edition_of(c, row.form, row.edition, row.year)
            if any(d.id == row.document and not d.parts for d in form.data.documents):  # a bound one repeats the others
                inputs = documents.inputs_of(documents.load(c, row.id), form, partial(edition_of, c))
            else:
                yield n, len(rows)
                continue
        own, others = by_unit.get(row.unit, set()), everybody - by_unit.get(row.unit, set())
        _publish(row, form, inputs, own, others, volumes, done)
        yield n, len(rows)
    volumes.close()
    return done


def _publish(
    row: Issued,
    form: Form,
    inputs: documents.Inputs,
    own: Iterable[str],
    others: Iterable[str],
    volumes: _Volumes,
    done: Archived,
) -> None:
    """One document, drafted from what may be read by everybody, and looked through."""
    beside = inputs.around.beside
    names = names_in(form, inputs.answers, own, others)
    for filed in beside:
        names = Names(names.all | names_in(filed.form, filed.answers).all)
    clean = masked(form, inputs.answers, names)
    neighbours = tuple(_masked(filed, names) for filed in beside)
    try:
        made = draft(
            form,
            clean.answers,
            row.document,
            unit=inputs.around.unit or row.unit_name,
            project=inputs.around.project,
            beside=neighbours,
            reviewed=_reviewed(inputs.reviewed, names),
        )
    except BadReport:
        done.left_out.append(f"{row.unit_name}　{row.title}：文件生成不了")
        return
    if still := named_in(made.content, names):
        done.left_out.append(f"{row.unit_name}　{row.title}：还有 {still} 处像是姓名或电话，没有放进去")
        return
    done.taken += sum(clean.taken.values())
    volumes.add(row, f"{document_of(form, row.document).title}.docx", made.content, "公开版")


def _masked(filed: Filed, names: Names) -> Filed:
    answers = masked(filed.form, filed.answers, names).answers
    return Filed(filed.form, answers, filed.year, filed.unit, filed.project, filed.id)


def _reviewed(reviewed: Reviewed | None, names: Names) -> Reviewed | None:
    """核查分 with reasons that name nobody; the opinions are not published."""
    if reviewed is None:
        return None
    verdicts = {i: type(v)(v.points, masked_text(v.reason, names)[0]) for i, v in reviewed.verdicts.items()}
    return Reviewed(verdicts)


def named_in(content: bytes, names: Names) -> int:
    """How often a Word file still names somebody or gives a number, in any part of it."""
    found = 0
    with ZipFile(BytesIO(content)) as docx:
        for part in docx.namelist():
            if part.endswith(".xml") and (part.startswith("word/") or part.startswith("docProps/")):
                text = re.sub(r"<[^>]+>", "", docx.read(part).decode("utf-8", "replace").replace("</w:p>", "\n"))
                if part.startswith(("word/document", "word/header", "word/footer", "docProps/")):
                    found += len(names.pattern.findall(text)) if names.pattern else 0
                    found += len(PHONE.findall(text)) + len(IDENTITY.findall(text))
    return found


def _title(c: Connection, county: str, year: int, what: str) -> str:
    known = counties.county(c, county)
    return f"{known.name if known else ''}{year}年度{what}"
