"""Replies on their way out: one row claimed, its file drafted when it is one, and the row marked.

What carries them (Telegram, the terminal) is the channel's business; this knows only rows and documents.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, OperationalError

from dialogs.access.inviting import slip
from dialogs.access.permissions import Action
from dialogs.checkup import check_up, unfinished
from dialogs.drawing_up import drafted
from dialogs.editions import edition_of, form_of
from dialogs.office import Office
from dialogs.private.wrapping import leaving
from dialogs.reminding import dispatching
from dialogs.replies import Carried, File, Made, Picture, Question, Slip, from_data
from dialogs.rooms import makers
from dialogs.store import conversations, documents, evidence, filings, outbox, paces, people, sending
from dialogs.store.engine import reading, writing
from dialogs.together import enquiries
from scoring.asked import is_provisional
from scoring.scorecard import score
from templates.filenames import file_name

log = logging.getLogger(__name__)

PATIENCE = 5  # tries of what cannot be made out or written down
PAUSE = 10  # seconds before the next one, more with every try
QUEUE = 1000  # milliseconds of messages that wait for their turn in the hands of workers
SILENCE = "!"  # behind the channel: the pace's row of the silence that was asked for
LONGEST, SHORTEST = 1.0, 0.01  # seconds between looks


@dataclass(frozen=True, slots=True)
class Parcel:
    """One reply to carry: `doubtful` when an earlier try may already have arrived. `notice`: the one it is, if any."""

    id: int
    attempt: int
    chat: str
    reply: Carried
    doubtful: bool
    notice: str = ""
    leaves_at: int = 0  # UTC epoch milliseconds


class NotJustNow(Exception):
    """The store is in trouble while a file is made: nothing is wrong with the file, and it is tried again, however often."""


class Withheld(Exception):
    """A file that whoever it was meant for may not have (any more)."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file ready to send."""

    name: str
    content: bytes
    photo: bool | None = None  # whether it is shown in the chat itself; None: as its name says


def claim(office: Office, lanes: int = outbox.BEHIND) -> Parcel | None:
    """The next reply that may leave; it is ours until its lease ends. What was to be said unasked is written down now.

    Where the channel has limits, `leaves_at` is its turn among the messages of all workers, and nothing is given out while
    too many wait for theirs: what is said unasked only when its turn is at once, so that replies pass it.
    """
    parcels, _ = turnover(office, (), lanes, 1)
    return parcels[0] if parcels else None


def turnover(office: Office, arrived: Sequence[tuple[Parcel, int]], lanes: int, most: int) -> tuple[list[Parcel], float]:
    """What has arrived (with the ids of its messages) is marked, and up to so many replies are claimed, or it is said how many
    seconds to wait for one. One transaction, because under load it is their writing that answers wait for."""
    parcels: list[Parcel] = []
    while True:
        notice: tuple[outbox.Outgoing, int] | None = None
        with writing(office.engine) as c:
            for parcel, message_id in arrived:
                _sent(c, office, parcel, message_id)
            while len(parcels) < most and notice is None:
                row, leaves_at = _next(c, office, lanes)
                if row is None:
                    break
                if row.kind == outbox.NOTICE:
                    notice = row, leaves_at
                elif (reply := _reply(c, office, row)) is not None:
                    parcels.append(replace(reply, leaves_at=leaves_at))
            if notice is None:
                return parcels, 0 if parcels or not most else _patience(c, office)
        said, arrived = _notice(office, notice[0]), ()
        if said is not None:
            parcels.append(replace(said, leaves_at=notice[1]))
        if parcels:
            return parcels, 0


def _next(c: Connection, office: Office, lanes: int) -> tuple[outbox.Outgoing | None, int]:
    limits, now = office.limits, office.clock()
    if limits is None:
        return outbox.claim(c, now, office.channel, owner=office.worker, lanes=lanes), 0
    moment = office.millis()
    free = paces.free_at(c, office.channel)
    if free > moment + QUEUE:
        return None, 0
    if free > moment:
        lanes = 0
    row = outbox.claim(c, now, office.channel, owner=office.worker, lanes=lanes, room=moment + limits.ahead)
    if row is None or row.kind == outbox.TOAST:
        return row, 0
    paces.turn(c, row.chat, moment, limits.chat_gap)
    return row, paces.turn(c, office.channel, moment, limits.gap)


def _patience(c: Connection, office: Office) -> float:
    """Seconds until something may leave that may not just now: at most a second, so that nothing is overlooked."""
    moment, limits = office.millis(), office.limits
    if limits is None:
        due = outbox.next_due(c)
        turn = None if due is None else 1000 * due
    elif (turn := paces.free_at(c, office.channel)) <= moment:  # else it is everybody's turn that is waited for
        turn = outbox.next_turn(c, limits.ahead)
    if turn is None or turn <= moment:  # nothing waits, or it is in somebody else's hands, or for a free one of ours
        return LONGEST
    return min(LONGEST, max(SHORTEST, (turn - moment) / 1000))


def _reply(c: Connection, office: Office, row: outbox.Outgoing) -> Parcel | None:
    """The reply of a claimed row; None when it cannot be made out, which must hold up nobody else: later, or set aside."""
    try:
        reply = from_data(row.kind, row.body)
        if isinstance(reply, Slip):
            reply = slip(c, office, reply.invitation, office.clock())
        if isinstance(reply, Question):
            reply = enquiries.slip(c, office, reply.proposal, office.clock())
        if office.private:
            reply = leaving(c, office, row.chat, reply)
    except (DBAPIError, c.dialect.loaded_dbapi.Error):  # the store is in trouble, not the reply
        raise
    except Exception:
        log.exception("row %s cannot be made out", row.id)
        _set_aside(c, office, row)
        return None
    return Parcel(row.id, row.attempts, row.chat, reply, row.ambiguous)


def _set_aside(c: Connection, office: Office, row: outbox.Outgoing) -> bool:
    """After a defect: to be tried again later; True when it was tried often enough, and is given up."""
    if row.attempts < PATIENCE:
        outbox.retry(c, row.id, row.attempts, office.clock() + PAUSE * row.attempts, "failed")
        return False
    return outbox.park(c, row.id, row.attempts, "failed")


def _notice(office: Office, row: outbox.Outgoing) -> Parcel | None:
    """A notice as it leaves; None when it does not, and its row makes way."""
    notice = str(row.body["notice"])
    try:
        said = dispatching.leave(office, row)
    except OperationalError:  # the store is in trouble, not the notice
        raise
    except Exception:  # a defect in writing it: it must not hold up its chat for ever
        log.exception("notice %s failed", notice)
        with writing(office.engine) as c:
            if _set_aside(c, office, row):
                sending.void(c, notice, office.clock(), "failed")
        return None
    if said is None:
        with writing(office.engine) as c:
            outbox.park(c, row.id, row.attempts, "withdrawn")
        return None
    if office.private:
        with writing(office.engine) as c:
            return Parcel(row.id, row.attempts, row.chat, leaving(c, office, row.chat, said), row.ambiguous, notice)
    return Parcel(row.id, row.attempts, row.chat, said, row.ambiguous, notice)


def take_over(office: Office) -> None:
    """Free what a serving process held when it died. Only SQLite: there, no other one can be serving (bot/alone.py)."""
    if office.engine.dialect.name == "sqlite":
        with writing(office.engine) as c:
            outbox.release(c, office.clock())
            evidence.release(c, office.clock())


def sent(office: Office, parcel: Parcel, message_id: int) -> None:
    """It has arrived as this message."""
    with writing(office.engine) as c:
        _sent(c, office, parcel, message_id)


def _sent(c: Connection, office: Office, parcel: Parcel, message_id: int) -> None:
    ours = outbox.sent(c, parcel.id, parcel.attempt, message_id)
    sending.reached(c, parcel.chat)
    if ours and parcel.notice:
        sending.arrived(c, parcel.notice, office.clock())


def put_back(office: Office, parcel: Parcel) -> None:
    """It was not tried: whoever comes next may."""
    with writing(office.engine) as c:
        outbox.put_back(c, parcel.id, parcel.attempt)


def let_go(office: Office, but: Sequence[int]) -> None:
    """Whatever this worker has claimed and does not carry, as after a commit nobody knows the end of: whoever comes next may."""
    with writing(office.engine) as c:
        outbox.release_but(c, office.clock(), office.worker, but)


def hold(office: Office, parcel: Parcel, seconds: int) -> None:
    """The channel wants silence for so long: nothing leaves, from no worker."""
    with writing(office.engine) as c:
        outbox.retry(c, parcel.id, parcel.attempt, office.clock() + seconds, "429")
        if office.limits is not None:
            until = office.millis() + 1000 * seconds
            for key in (office.channel, office.channel + SILENCE):
                paces.hold(c, key, until)


def silent_until(office: Office) -> int:
    """Until when the channel wants silence, whichever worker it has told so; UTC epoch milliseconds."""
    with reading(office.engine) as c:
        return paces.free_at(c, office.channel + SILENCE)


def later(office: Office, parcel: Parcel, seconds: int, why: str) -> None:
    """Try again after so many seconds. A notice for somebody who has blocked us waits until they write again instead."""
    now = office.clock()
    with writing(office.engine) as c:
        if why == outbox.BLOCKED:
            sending.blocked(c, parcel.chat, now)
        if why == outbox.BLOCKED and parcel.notice:
            if outbox.park(c, parcel.id, parcel.attempt, why):
                sending.back(c, parcel.notice, now, why)
            return
        outbox.retry(c, parcel.id, parcel.attempt, now + seconds, why)


def give_up(office: Office, parcel: Parcel, why: str) -> None:
    """It can never be delivered; set it aside so that it does not hold up the chat."""
    with writing(office.engine) as c:
        if outbox.park(c, parcel.id, parcel.attempt, why) and parcel.notice:
            sending.void(c, parcel.notice, office.clock(), why)


def sheet(office: Office, reply: File | Picture | Made, chat: str) -> Sheet:
    """The file behind a reply: a document drafted from the answers recorded with it, the same bytes every time, or one made now.

    Raises Withheld when the person of the chat has lost the right to see it since it was asked for, and NotJustNow.
    """
    try:
        with reading(office.engine) as c:
            told = conversations.load(c, chat)
        return sheet_for(office, reply, told.person_id if told else "")
    except OperationalError as e:
        raise NotJustNow from e


def sheet_for(office: Office, reply: File | Picture | Made, person: str) -> Sheet:
    """The same for whoever gets it outside a chat."""
    with reading(office.engine) as c:
        rights = people.rights_of(c, person)
    if isinstance(reply, Made):
        return makers()[reply.kind](office, reply.key, person)
    with reading(office.engine) as c:
        row = documents.load(c, reply.document)
        filing = filings.filing(c, row.filing_id)
        assert filing is not None
        if not rights.may(Action.READ, filing.place):
            raise Withheld
        form = form_of(c, filing)
        inputs = documents.inputs_of(row, form, partial(edition_of, c))
    answers, around = inputs.answers, inputs.around
    unit, project = around.unit or filing.unit_name, around.project
    whose = f"{unit}{project}"
    if isinstance(reply, Picture):
        from templates.pictures import score_picture

        rough = is_provisional(form, answers)
        picture = score_picture(form, score(form, answers), project or unit, provisional=rough)
        return Sheet(file_name(f"{whose}得分.png"), picture)
    content = drafted(office, row, form, inputs, unit)
    final = check_up(form, answers).final and not unfinished(form, project, around.beside)
    kind = row.document.partition(".")[2] or "docx"
    standing = "审定稿" if inputs.reviewed else "定稿" if final else "草稿"
    name = f"{whose}{filing.year}年度{row.title}_第{row.version}版_{standing}.{kind}"
    return Sheet(file_name(name), content)
