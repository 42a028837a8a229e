"""Documents issued: which version, from which answers, with which total, and the bytes once they are drafted.

The answers are copied when the document is asked for, so that a version stays what it was. Not here: drafting.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256 as _sha256
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, bindparam, insert, null, select, update

from dialogs.packing import packed, unpacked
from dialogs.scene import DraftRequest
from dialogs.store.errors import NoSuchDocument
from dialogs.store.tables import documents, filings
from scoring.answers import Answer, Answers
from scoring.beside.facts import Filed
from scoring.evidence import Exhibit
from scoring.form import Form
from scoring.review.record import Reviewed


@dataclass(frozen=True, slots=True)
class Document:
    """One issued document. `inputs`: its answers as JSON; `content`: None until it has been drafted."""

    id: str
    filing_id: str
    version: int
    document: str
    title: str
    edition: str
    inputs: str
    total: str
    grade: str
    gaps: int
    person_id: str
    at: int
    sha256: str | None
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Around:
    """What a document shows beside the answers of its filing: whose it is, and the filings it draws from."""

    unit: str = ""
    project: str = ""
    beside: tuple[Filed, ...] = ()
    exhibits: tuple[Exhibit, ...] = ()


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything a document is made from. The same inputs give the same bytes."""

    answers: Answers
    around: Around = field(default_factory=Around)
    reviewed: Reviewed | None = None  # 核查分 and opinions, where a reviewer has approved the filing


Editions = Callable[[str, str, int], Form]  # (form id, edition, year) → the form in that edition

_d = documents.c
_NEXT_VERSION = (
    update(filings)
    .where(filings.c.id == bindparam("of_filing"))
    .values(documents=filings.c.documents + 1)
    .returning(filings.c.documents)
)
_RECORD = insert(documents)
_LOAD = select(*(_d[name] for name in Document.__dataclass_fields__)).where(_d.id == bindparam("this"))
_STORE = (
    update(documents)
    .where(_d.id == bindparam("this"), _d.content.is_(None))
    .values(content=bindparam("bytes"), sha256=bindparam("digest"))
)
_OF_VERSION = (
    select(_d.id, _d.document, _d.title)
    .where(_d.filing_id == bindparam("of_filing"), _d.version == bindparam("of_version"))
    .order_by(_d.id)
)
_LATEST = select(_d.version, _d.at).where(_d.filing_id == bindparam("of_filing")).order_by(_d.version.desc()).limit(1)
_OF_FILING = (
    select(*(_d[name] if name != "content" else null() for name in Document.__dataclass_fields__))
    .where(_d.filing_id == bindparam("of_filing"))
    .order_by(_d.version, _d.at, _d.id)
)


def record(
    c: Connection,
    filing_id: str,
    requests: Sequence[DraftRequest],
    edition: str,
    answers: Answers,
    person: str,
    at: int,
    around: Around | None = None,
    reviewed: Reviewed | None = None,
) -> int:
    """Record a new version of a filing's documents with the answers as they are now. Returns its number."""
    version: int = c.execute(_NEXT_VERSION, {"of_filing": filing_id}).scalar_one()
    inputs = pack(Inputs(answers, around or Around(), reviewed))
    common = {"filing_id": filing_id, "version": version, "edition": edition, "inputs": inputs, "person_id": person, "at": at}
    rows = [
        {"id": r.id, "document": r.document, "title": r.title, "total": r.total, "grade": r.grade, "gaps": r.gaps, **common}
        for r in requests
    ]
    if rows:
        c.execute(_RECORD, rows)
    return version


def pack(inputs: Inputs) -> str:
    """Everything a document is made from, as it is kept; `unpack` gives it back."""
    around = inputs.around
    recorded: dict[str, Any] = {"unit": around.unit, "project": around.project, "answers": _packed(inputs.answers)}
    recorded["beside"] = [
        {"id": f.id, "form": f.form.id, "edition": f.form.edition, "year": f.year, "project": f.project}
        | {"answers": _packed(f.answers)}
        for f in around.beside
    ]
    if around.exhibits:
        recorded["exhibits"] = [[getattr(e, name) for name in e.__slots__] for e in around.exhibits]
    if inputs.reviewed is not None:
        recorded["review"] = inputs.reviewed.to_data()
    return json.dumps(recorded, ensure_ascii=False)


def load(c: Connection, id: str) -> Document:
    """The document with this id. Raises NoSuchDocument."""
    row = c.execute(_LOAD, {"this": id}).first()
    if row is None:
        raise NoSuchDocument("找不到这份文件，请重新生成一次。")
    return Document(*row)


def store_content(c: Connection, id: str, content: bytes, sha256: str) -> None:
    """Keep the drafted bytes. What was kept first stays: the same inputs give the same bytes."""
    assert sha256 == _sha256(content).hexdigest()
    c.execute(_STORE, {"this": id, "bytes": content, "digest": sha256})


def of_filing(c: Connection, filing_id: str) -> tuple[Document, ...]:
    """All documents of a filing, oldest version first, for lists: `content` is left out."""
    return tuple(Document(*row) for row in c.execute(_OF_FILING, {"of_filing": filing_id}))


def latest(c: Connection, filing_id: str) -> tuple[int, int]:
    """The number of the latest version of a filing's documents, and when it was asked for; (0, 0) when there is none."""
    row = c.execute(_LATEST, {"of_filing": filing_id}).first()
    return (0, 0) if row is None else (row[0], row[1])


def of_version(c: Connection, filing_id: str, version: int) -> dict[str, tuple[str, str]]:
    """The documents of one version: id and title, by what they are."""
    rows = c.execute(_OF_VERSION, {"of_filing": filing_id, "of_version": version})
    return {document: (id, title) for id, document, title in rows}


def inputs_of(document: Document, form: Form, editions: Editions) -> Inputs:
    """What a document is made from. `editions` gives the forms of the filings beside its own."""
    return unpack(document.inputs, form, editions)


def unpack(text: str, form: Form, editions: Editions) -> Inputs:
    """What was packed, for a filing of this form."""
    recorded = json.loads(text)
    if not isinstance(recorded.get("beside"), list):  # as it was recorded before filings drew from each other
        return Inputs(_unpacked(form, recorded))
    beside = []
    for entry in recorded["beside"]:
        other = editions(entry["form"], entry["edition"], entry["year"])
        answers = _unpacked(other, entry["answers"])
        beside.append(Filed(other, answers, entry["year"], recorded["unit"], entry["project"], entry["id"]))
    exhibits = tuple(Exhibit(*row) for row in recorded.get("exhibits", ()))
    around = Around(recorded["unit"], recorded["project"], tuple(beside), exhibits)
    reviewed = Reviewed.from_data(recorded["review"]) if "review" in recorded else None
    return Inputs(_unpacked(form, recorded["answers"]), around, reviewed)


@lru_cache(maxsize=1024)
def answers_in(text: str, form: Form) -> Answers:
    """The answers alone of what was packed. Remembered: what was handed in last year is read at every answer of this year."""
    recorded = json.loads(text)
    own = recorded["answers"] if isinstance(recorded.get("beside"), list) else recorded
    return MappingProxyType(_unpacked(form, own))


def _packed(answers: Answers) -> dict[str, Any]:
    return {item: packed(answer) for item, answer in sorted(answers.items())}


def _unpacked(form: Form, recorded: dict[str, Any]) -> dict[str, Answer]:
    told = {item: unpacked(form.items[item], data) for item, data in recorded.items() if item in form.items}
    return {item: answer for item, answer in told.items() if answer is not None}
