"""The bytes of a file come later than its message: claimed, fetched by the channel, looked at, kept once, told together.

Killed at any instant, a file is either still waiting or kept whole. Not here: the channel (bot/errands.py).
"""

from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import Connection

from dialogs.access.permissions import Action
from dialogs.editions import form_of
from dialogs.evidence.inspecting import Kind, inspect
from dialogs.evidence.unfit import Unfit
from dialogs.office import Office
from dialogs.replies import Message, to_data
from dialogs.store import evidence, files, filings, journal, outbox, people
from dialogs.store.engine import reading, writing
from dialogs.store.evidence import SAME, Errand, Settled
from scoring.evidence import spot_of
from templates.messages import message

RETRY = 5  # seconds before a failed fetch is tried again; doubled with every try
LONGEST_RETRY = 1800
TRIES = 12  # about five hours of an unreachable messenger; then the person is asked to send it again
QUIET = 2  # seconds after the last file before its batch is told
PATIENCE = 40  # seconds after the first one


def claim(office: Office) -> Errand | None:
    """The next file to fetch; it is ours until its lease ends."""
    with writing(office.engine) as c:
        return evidence.claim(c, office.clock(), office.channel, office.worker)


def look_at(content: bytes, name: str) -> Kind | Unfit:
    """What it is, or why it is not kept. Reads no store: it may run beside everything else."""
    try:
        return inspect(content, name)
    except Unfit as unfit:
        return unfit


def keep(office: Office, errand: Errand, content: bytes, found: Kind | Unfit) -> None:
    """The file stored under its place, or refused; whoever may no longer give evidence there gives none."""
    with writing(office.engine) as c:
        now = office.clock()
        filing = filings.filing(c, errand.filing)
        assert filing is not None
        place = filing.place
        if isinstance(found, Unfit):
            evidence.refuse(c, errand, found.why)
        elif not people.rights_of(c, errand.person).may(Action.EVIDENCE, place):
            evidence.refuse(c, errand, "closed")
        else:
            digest = files.keep(c, content, found.media_type, now)
            if evidence.store(c, errand, digest) == "stored":
                detail = {"about": errand.about, "place": errand.place, "sha256": digest}
                journal.note(c, errand.person, "evidence", place, detail, now)


def refuse(office: Office, errand: Errand, why: str) -> None:
    """It cannot be fetched, ever."""
    with writing(office.engine) as c:
        evidence.refuse(c, errand, why)


def later(office: Office, errand: Errand, seconds: int = 0) -> None:
    """Try again: after the seconds the channel names, or after a while that grows; given up after many tries."""
    with writing(office.engine) as c:
        now = office.clock()
        if seconds:
            evidence.later(c, errand, now + seconds, counted=False)
        elif errand.attempts >= TRIES:
            evidence.refuse(c, errand, "unreachable")
        else:
            evidence.later(c, errand, now + min(RETRY * 2 ** (errand.attempts - 1), LONGEST_RETRY))


def tell(office: Office) -> bool:
    """One chat is told what became of its files, in one message; False when there is nobody to tell."""
    now = office.clock()
    with reading(office.engine) as c:
        if evidence.untold(c, now, QUIET, PATIENCE) is None:
            return False
    try:
        return _tell(office, now)
    except _Told:
        return False


class _Told(Exception):
    """Somebody else has just told some of them: nothing of this transaction may stay."""


def _tell(office: Office, now: int) -> bool:
    with writing(office.engine) as c:
        found = evidence.untold(c, now, QUIET, PATIENCE)
        if found is None:
            return False
        if not evidence.told(c, found[1]):
            raise _Told
        chat, settled = found
        said = [to_data(Message(_word(c, filing, list(group)))) for filing, group in groupby(settled, lambda s: s.filing)]
        outbox.enqueue(c, chat, None, said, now)
        return True


def _word(c: Connection, filing_id: str, settled: Sequence[Settled]) -> str:
    """What became of the files of one filing."""
    filing = filings.filing(c, filing_id)
    assert filing is not None
    form = form_of(c, filing)
    counts = evidence.counts(c, filing_id)
    places = []
    for key in dict.fromkeys((s.about, s.place) for s in settled if s.state == "stored"):
        kept = sum((s.about, s.place) == key and s.state == "stored" for s in settled)
        places.append({"title": spot_of(form, *key).title, "kept": kept, "now": counts.get(key, 0)})
    whys = [s.why for s in settled if s.state == "refused"]
    refused = [
        {"why": why, "count": whys.count(why), "names": [s.name for s in settled if s.why == why][:3]}
        for why in dict.fromkeys(whys)
        if why != SAME
    ]
    return message("evidence/told", places=places, same=whys.count(SAME), refused=refused)
