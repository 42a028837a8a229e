"""What a filing holds at this moment, or held when it was handed in — form, answers and what stands beside — for those who
act without a scene: carrying out orders, jobs, the command line.
"""

from functools import partial

from sqlalchemy import Connection

from dialogs.editions import edition_of, form_of
from dialogs.evidence.enclosures import exhibits_of
from dialogs.staging import cabinet
from dialogs.store import documents, submissions
from dialogs.store.documents import Around, Inputs
from dialogs.store.filings import Filing, filings_of
from scoring.form import Form
from templates.fields import forms_drawn


def live(c: Connection, filing: Filing) -> tuple[Form, Inputs]:
    """The filing as it stands, with what arrives from others."""
    drawers = cabinet(c, filings_of(c, filing.unit_id))
    own = drawers.find(filing.id)
    form, _ = drawers.stored(own)
    beside = drawers.beside(own) if forms_drawn(form) else ()
    return form, Inputs(drawers.filed(own).answers, Around(filing.unit_name, filing.project, beside, exhibits_of(c, filing.id)))


def handed_in(c: Connection, filing: Filing) -> tuple[Form, Inputs]:
    """The filing as it was handed in last."""
    form = form_of(c, filing)
    text = submissions.inputs(c, filing.id, filing.round)
    return form, documents.unpack(text, form, partial(edition_of, c))
