"""Retracing what was recorded: the total and grade of every submission and every issued document follow from the answers
kept with it.

Not here: what must hold in a store whatever a form says (dialogs/store/verifying.py).
"""

from collections.abc import Iterator
from functools import partial
from itertools import chain

from sqlalchemy import Connection

from dialogs.editions import edition_of
from dialogs.store import documents
from dialogs.store.scored import Scored, of_documents, of_submissions
from dialogs.store.verifying import MOST, Finding
from scoring.numbers import plain
from scoring.review.verified import verified_card


def totals(c: Connection) -> Finding:
    """Whether every recorded total is what the recorded answers give."""
    wrong, looked_at = [], 0
    for row in _recorded(c):
        looked_at += 1
        if (row.total, row.grade) != _anew(c, row):
            wrong.append(f"{row.what}记的总分 {row.total} 和当时的数据不一致")
    return Finding("得分", looked_at, tuple(wrong[:MOST]))


def _recorded(c: Connection) -> Iterator[Scored]:
    yield from chain(of_submissions(c), of_documents(c))


def _anew(c: Connection, row: Scored) -> tuple[str, str]:
    form = edition_of(c, row.form_id, row.edition, row.year)
    inputs = documents.unpack(row.inputs, form, partial(edition_of, c))
    card = verified_card(form, inputs.answers, inputs.reviewed.verdicts if inputs.reviewed else {})
    return plain(card.total), card.grade
