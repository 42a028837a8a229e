"""Replies on their way out: one row claimed, its file drafted when it is one, and the row marked.

What carries them (Telegram, the terminal) is the channel's business; this knows only rows and documents.
"""

import re
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

from dialogs.checkup import check_up
from dialogs.handling import Office, edition_of, form_of
from dialogs.replies import File, Picture, Reply, from_data
from dialogs.store import documents, filings, outbox
from dialogs.store.engine import reading, writing
from scoring.scorecard import score


@dataclass(frozen=True, slots=True)
class Parcel:
    """One reply to carry: `doubtful` when an earlier try may already have arrived."""

    id: int
    attempt: int
    chat: str
    reply: Reply
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file ready to send."""

    name: str
    content: bytes


def claim(office: Office) -> Parcel | None:
    """The next reply that may leave; it is ours until its lease ends."""
    with writing(office.engine) as c:
        row = outbox.claim(c, office.clock(), office.channel)
    if row is None:
        return None
    return Parcel(row.id, row.attempts, row.chat, from_data(row.kind, row.body), row.ambiguous)


def take_over(office: Office) -> None:
    """Free what a serving process held when it died. Only SQLite: there, no other one can be serving."""
    if office.engine.dialect.name == "sqlite":
        with writing(office.engine) as c:
            outbox.release(c, office.clock())


def sent(office: Office, parcel: Parcel, message_id: int) -> None:
    """It has arrived as this message."""
    with writing(office.engine) as c:
        outbox.sent(c, parcel.id, parcel.attempt, message_id)


def later(office: Office, parcel: Parcel, seconds: int, why: str) -> None:
    """Try again after so many seconds."""
    with writing(office.engine) as c:
        outbox.retry(c, parcel.id, parcel.attempt, office.clock() + seconds, why)


def give_up(office: Office, parcel: Parcel, why: str) -> None:
    """It can never be delivered; set it aside so that it does not hold up the chat."""
    with writing(office.engine) as c:
        outbox.park(c, parcel.id, parcel.attempt, why)


def sheet(office: Office, reply: File | Picture) -> Sheet:
    """The file behind a reply, drafted from the answers recorded with it; the same bytes every time."""
    with reading(office.engine) as c:
        row = documents.load(c, reply.document)
        filing = filings.filing(c, row.filing_id)
        assert filing is not None
        form = form_of(c, office, filing)
        inputs = documents.inputs_of(row, form, partial(edition_of, c))
    answers, around = inputs.answers, inputs.around
    unit, project = around.unit or filing.unit_name, around.project
    whose = f"{unit}{project}"
    if isinstance(reply, Picture):
        from templates.pictures import score_picture

        return Sheet(file_name(f"{whose}得分.png"), score_picture(form, score(form, answers), project or unit))
    content = row.content
    if content is None:
        from templates.drafting import draft

        content = draft(form, answers, row.document, unit=unit, project=project, beside=around.beside).content
        with writing(office.engine) as c:
            documents.store_content(c, row.id, content, sha256(content).hexdigest())
    mark = "定稿" if check_up(form, answers).final else "草稿"
    return Sheet(file_name(f"{whose}{filing.year}年度{row.title}_第{row.version}版_{mark}.docx"), content)


def file_name(text: str) -> str:
    """The text without what cannot be in the name of a file: a unit may be called 县人大/政协办公室."""
    return re.sub(r'[\\/:*?"<>|\x00-\x1f]', "_", text).lstrip(".")
