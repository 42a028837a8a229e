"""Return, approve, reopen: the deeds of a reviewer, the same from the chat, from a job over many filings, and from the
command line. Whoever asks has passed the permission gate; whether it is still time is decided here, by the store.

    said = return_filing(doing, "f1", "请补佐证")     said.done, said.text
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dialogs.access.permissions import State
from dialogs.orders import Doing
from dialogs.reminding.planning import replan
from dialogs.replies import Message, Reply
from dialogs.review import dossier, papers, snapshot
from dialogs.review.dossier import Dossier
from dialogs.review.words import OWN, too_late
from dialogs.store import filings, journal, members, remarks, standing, submissions
from dialogs.store.errors import Conflict
from dialogs.store.filings import Filing
from dialogs.store.notices import Notice
from dialogs.store.remarks import Remark
from dialogs.store.submissions import APPROVED, RETURNED
from scoring.numbers import plain
from scoring.review.verified import verified_card
from templates import labels
from templates.messages import message

SHORTEST, LONGEST = 2, 500  # characters of a remark or a reason
NO_REASON = "退回要让填报人知道改什么：写一句话，或者先在要改的题上写意见。没有动。"


@dataclass(frozen=True, slots=True)
class Decided:
    """Whether it was done, and what is to be said: what was done, or why not."""

    done: bool
    text: str = ""


def return_filing(doing: Doing, filing: str, remark: str = "") -> Decided:
    """Give a filing back to be mended, with the remarks that wait and perhaps a sentence about the whole."""
    remark = " ".join(remark.split())
    if len(remark) > LONGEST:
        return Decided(False, f"意见最多 {LONGEST} 个字，收到 {len(remark)} 个字，没有退回。")
    ready = _ready(doing, filing)
    if isinstance(ready, Decided):
        return ready
    own, found = ready
    if len(remark) < SHORTEST and not found.fresh:
        return Decided(False, NO_REASON)
    if not standing.move(doing.c, filing, (State.SUBMITTED,), State.RETURNED, doing.at):
        raise Conflict(filing)
    if remark:
        _add(doing, own, remark)
    _close(doing, own, RETURNED, remark)
    replan(doing.c, doing.office, [filing])
    count = len(found.fresh) + bool(remark)
    journal.note(doing.c, doing.person, "returned", own.place, {"round": own.round, "remarks": count}, doing.at)
    facts = {"unit": own.unit_name, "project": own.project, "year": own.year, "remark": remark, "count": count}
    _tell(doing, own, "returned", message("review/notice_returned", **facts), labels.RETURNED_LIST, "returned")
    return Decided(True, f"已退回，{count} 条意见发给填报人了。")


def approve_filing(doing: Doing, filing: str, remark: str = "") -> Decided:
    """Approve a filing: it is locked, and its documents are issued with 核查分."""
    ready = _ready(doing, filing)
    if isinstance(ready, Decided):
        return ready
    own, _ = ready
    if not standing.move(doing.c, filing, (State.SUBMITTED,), State.APPROVED, doing.at):
        raise Conflict(filing)
    _close(doing, own, APPROVED, " ".join(remark.split())[:LONGEST])
    form, inputs = snapshot.handed_in(doing.c, own)
    found = dossier.load(doing.c, filing)
    inputs = replace(inputs, reviewed=papers.reviewed(form, inputs, found, doing.office.zone))
    version = papers.issue(doing, own, form, inputs)
    submissions.issued(doing.c, filing, own.round, version)
    card = verified_card(form, inputs.answers, found.verdicts)
    detail = {"round": own.round, "version": version, "total": plain(card.total)}
    journal.note(doing.c, doing.person, "approved", own.place, detail, doing.at)
    facts = {"unit": own.unit_name, "project": own.project, "year": own.year, "title": form.title}
    scored = {"total": plain(card.total) if form.indicators else "", "grade": card.grade}
    _tell(doing, own, "approved", message("review/notice_approved", **facts, **scored), labels.PAPERS, "papers")
    return Decided(True, f"已通过并锁定，第 {version} 版文件是审定稿。")


def reopen_filing(doing: Doing, filing: str, reason: str) -> Decided:
    """Unlock an approved filing, for a reason that the filler reads and the journal keeps."""
    reason = " ".join(reason.split())
    if not SHORTEST <= len(reason) <= LONGEST:
        return Decided(False, f"重新打开要写原因（{SHORTEST}–{LONGEST} 个字），没有动。")
    own = filings.filing(doing.c, filing)
    if own is None:
        return Decided(False, "没有这份填报。")
    if not standing.move(doing.c, filing, (State.APPROVED,), State.RETURNED, doing.at):
        return Decided(False, "这份现在没有锁定，不用重新打开。")
    _add(doing, own, f"重新打开：{reason}")
    replan(doing.c, doing.office, [filing])
    detail = {"round": own.round, "reason": reason}
    journal.note(doing.c, doing.person, "reopened", own.place, detail, doing.at)
    facts = {"unit": own.unit_name, "project": own.project, "year": own.year, "remark": f"重新打开，原因：{reason}", "count": 1}
    _tell(doing, own, "reopened", message("review/notice_returned", **facts), labels.RETURNED_LIST, "returned")
    return Decided(True, "已重新打开，填报人可以改了。")


def _ready(doing: Doing, filing: str) -> tuple[Filing, Dossier] | Decided:
    """The filing and its dossier where this person can decide now; else why not."""
    own = filings.filing(doing.c, filing)
    if own is None:
        return Decided(False, "没有这份填报。")
    found = dossier.load(doing.c, filing)
    late = too_late(own.place.state, found, doing.office.zone)
    if late:
        return Decided(False, late)
    if found.present is not None and found.present.person_id == doing.person:
        return Decided(False, OWN)
    return own, found


def _close(doing: Doing, own: Filing, verdict: str, remark: str) -> None:
    if not submissions.decide(doing.c, own.id, own.round, verdict, doing.person, doing.at, remark):
        raise Conflict(own.id)


def _add(doing: Doing, own: Filing, text: str) -> None:
    """A remark about the filing as a whole."""
    remarks.add(doing.c, own.id, Remark(doing.office.new_id(), own.round, "filing", "", doing.person, doing.at, text))


def _tell(doing: Doing, own: Filing, kind: str, text: str, label: str, then: str) -> None:
    """Let the fillers know."""
    key = f"{kind}:{own.id}:{own.round}" if kind != "reopened" else f"reopened:{own.id}:{own.round}:{doing.at}"
    for person in (m.id for m in members.fillers_of(doing.c, own.place.unit)):
        if person != doing.person:
            told = "returned" if kind == "reopened" else kind
            doing.say(Notice(person, told, key, text, [[(label, f"goto:{own.id}:{then}")]]))


def _carried(decided: Decided) -> Sequence[Reply]:
    """In the chat, the page that follows says how things stand; only a refusal is a message of its own."""
    return () if decided.done else (Message(decided.text),)


def carry_return(doing: Doing, filing: str, remark: str) -> Sequence[Reply]:
    """The order of the chat to return a filing."""
    return _carried(return_filing(doing, filing, remark))


def carry_approve(doing: Doing, filing: str, remark: str = "") -> Sequence[Reply]:
    """The order of the chat to approve a filing."""
    return _carried(approve_filing(doing, filing, remark))


def carry_reopen(doing: Doing, filing: str, reason: str) -> Sequence[Reply]:
    """The order of the chat to reopen a filing."""
    return _carried(reopen_filing(doing, filing, reason))
