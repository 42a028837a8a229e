"""Issued documents: each version with the answers it is made from; the bytes are added when they are drafted."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from dialogs.scene import DraftRequest
from dialogs.store.filings import packed, unpacked
from dialogs.store.tables import documents, filings
from scoring.answers import Answer, Answers
from scoring.form import Form


@dataclass(frozen=True, slots=True)
class Document:
    """One file of one version."""

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
    sha256: str | None
    content: bytes | None


_d = documents.c
_columns = (
    _d.id, _d.filing_id, _d.version, _d.document, _d.title, _d.edition, _d.inputs, _d.total, _d.grade, _d.gaps, _d.sha256, _d.content,
)  # fmt: skip


def record(
    c: Connection, filing_id: str, drafts: Sequence[DraftRequest], edition: str, answers: Answers, person: str, at: int
) -> None:
    """A new version of the set, with everything needed to draft it at any later time."""
    bumped = update(filings).where(filings.c.id == filing_id).values(documents=filings.c.documents + 1)
    version = c.execute(bumped.returning(filings.c.documents)).scalar_one()
    inputs = json.dumps({item: packed(a) for item, a in sorted(answers.items())}, ensure_ascii=False)
    for d in drafts:
        row = {"id": d.id, "filing_id": filing_id, "version": version, "document": d.document, "title": d.title}
        row |= {"edition": edition, "inputs": inputs, "total": d.total, "grade": d.grade, "gaps": d.gaps}
        c.execute(insert(documents).values(**row, person_id=person, at=at))


def load(c: Connection, document_id: str) -> Document:
    """The document with this id. Raises NoResultFound."""
    return Document(*c.execute(select(*_columns).where(_d.id == document_id)).one())


def store_content(c: Connection, document_id: str, content: bytes, sha256: str) -> None:
    """The bytes, once they are drafted; the first ones stay."""
    c.execute(update(documents).where(_d.id == document_id, _d.content.is_(None)).values(content=content, sha256=sha256))


def of_filing(c: Connection, filing_id: str) -> tuple[Document, ...]:
    """All documents of a filing, oldest version first."""
    wanted = select(*_columns).where(_d.filing_id == filing_id).order_by(_d.version, _d.document)
    return tuple(Document(*row) for row in c.execute(wanted))


def inputs_of(document: Document, form: Form) -> dict[str, Answer]:
    """The answers a document is made from."""
    found = {item: unpacked(form, item, text) for item, text in json.loads(document.inputs).items() if item in form.items}
    return {item: answer for item, answer in found.items() if answer is not None}
