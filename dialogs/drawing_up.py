"""The bytes of a document: drafted once from what was recorded with it, then kept.

Not here: who may have it, and what it is called (outgoing.py).
"""

from functools import partial
from hashlib import sha256

from dialogs.evidence.enclosures import enclosed
from dialogs.issuing import PACKAGE, SUMMARY
from dialogs.office import Office
from dialogs.store import documents, files
from dialogs.store.engine import reading, writing
from dialogs.together.past import in_lines, past_of
from scoring.form import Form
from scoring.scorecard import score


def drafted(office: Office, row: documents.Document, form: Form, inputs: documents.Inputs, unit: str) -> bytes:
    """The bytes of a document: drafted once, then kept."""
    if row.content is not None:
        return row.content
    content = _made(office, form, inputs, row, unit)
    with writing(office.engine) as c:
        documents.store_content(c, row.id, content, sha256(content).hexdigest())
    return content


def _made(office: Office, form: Form, inputs: documents.Inputs, row: documents.Document, unit: str) -> bytes:
    """The bytes of one document of a version."""
    document = row.document
    answers, around, reviewed = inputs.answers, inputs.around, inputs.reviewed
    project, beside, exhibits = around.project, around.beside, around.exhibits
    if document == SUMMARY:
        from templates.summary import summary

        with reading(office.engine) as c:
            past = in_lines(form, past_of(c, row.filing_id, form, until=row.at), office.zone)
        return summary(form, answers, score(form, answers), unit=unit, project=project, reviewed=reviewed, past=past)
    if document.endswith(".zip"):
        from templates.package import package, zipped

        with reading(office.engine) as c:
            held = enclosed(form, f"{unit}{project}", exhibits, document, partial(files.content, c))
        if document != PACKAGE:
            return zipped((), held)
        return package(
            form, answers, unit=unit, project=project, beside=beside, reviewed=reviewed, exhibits=exhibits, enclosed=held
        )
    from templates.drafting import draft

    made = draft(form, answers, document, unit=unit, project=project, beside=beside, reviewed=reviewed, exhibits=exhibits)
    return made.content
