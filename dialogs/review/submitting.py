"""Handing in and taking back: the deeds. A submission keeps what was handed in, with total and grade, as it was then.

Both are orders: the gate is asked when they are carried out; also the command line gives them. Not here: their pages
(handing.py).
"""

import json
from collections.abc import Sequence

from dialogs.access.permissions import State
from dialogs.access.rights import Place
from dialogs.editions import form_of
from dialogs.orders import Doing
from dialogs.reminding.planning import replan
from dialogs.replies import Message, Reply
from dialogs.review import dossier, snapshot
from dialogs.review.hindrances import gaps_allowed, hindrances
from dialogs.store import announced, documents, filings, journal, members, standing, submissions
from dialogs.store.documents import Inputs
from dialogs.store.errors import Conflict
from dialogs.store.notices import Notice
from dialogs.store.submissions import AT_WORK, Submission
from scoring.form import Form
from scoring.goals.deviations import deviations
from scoring.numbers import plain
from scoring.scorecard import Scorecard, is_out, score
from templates import labels
from templates.messages import message


def submit(doing: Doing, filing: str) -> Sequence[Reply]:
    """Hand a filing in. Raises Conflict when it is no longer what the page about it said."""
    c, at = doing.c, doing.at
    if not standing.move(c, filing, AT_WORK, State.SUBMITTED, at, new_round=True):
        return (Message("这份刚才已经提交过了，没有再提交一次。"),)
    own = filings.filing(c, filing)
    assert own is not None
    form, inputs = snapshot.live(c, own)  # nobody can change an answer any more: what is read now is what is kept
    found = hindrances(form, inputs.answers, own.project, inputs.around.beside)
    if found.hinder(gaps_allowed=gaps_allowed(c, own.place.county)):
        raise Conflict(filing)
    card = score(form, inputs.answers)
    round = Submission(
        own.round, doing.person, at, found.gaps, form.edition, plain(card.total), card.grade, "", None, None, "", None
    )
    submissions.record(c, filing, round, snapshot_of(form, inputs, card))
    detail = {"round": own.round, "gaps": found.gaps, "total": round.total}
    journal.note(c, doing.person, "submitted", own.place, detail, at)
    for person in recipients(doing, own.place):
        key = f"submitted:{filing}:{own.round}"
        facts = {"unit": own.unit_name, "project": own.project, "year": own.year, "title": form.title, "round": own.round}
        text = message("review/notice_submitted", total=round.total, grade=round.grade, gaps=found.gaps, **facts)
        doing.say(Notice(person, "submitted", key, text, [[(labels.GO_REVIEW, f"filing:{filing}")]]))
    return ()


def snapshot_of(form: Form, inputs: Inputs, card: Scorecard) -> str:
    """What documents record, with the points of each indicator and the number of deviation notes beside it: a county's
    summary reads thousands of these and scores none."""
    points = {x.indicator.id: None if x.points is None else plain(x.points) for x in card.lines}
    notes = sum(bool(d.note) for d in deviations(form, inputs.answers))
    recorded = json.loads(documents.pack(inputs))
    out = [x.indicator.id for x in card.lines if is_out(form, x)]
    return json.dumps({**recorded, "points": points, "out": out, "notes": notes}, ensure_ascii=False)


def recipients(doing: Doing, place: Place) -> tuple[str, ...]:
    """Who is told that something waits: the reviewers, else the administrators; not the one who hands it in."""
    reviewers = [p for p in members.reviewers(doing.c, place) if p != doing.person]
    return tuple(reviewers or [p for p in members.administrators(doing.c, place.county) if p != doing.person])


def withdraw(doing: Doing, filing: str) -> Sequence[Reply]:
    """Take a filing back before anybody has decided: it stands where it stood before it was handed in."""
    c, at = doing.c, doing.at
    own = filings.filing(c, filing)
    assert own is not None
    found = dossier.load(c, filing)
    after = State.RETURNED if found.told else State.OPEN
    if not standing.move(c, filing, (State.SUBMITTED,), after, at):
        return (Message("这份刚才已经审核过了，撤不回来了；请看一眼现在的结果。"),)
    if not submissions.decide(c, filing, own.round, submissions.WITHDRAWN, None, at):
        raise Conflict(filing)
    replan(c, doing.office, [filing])
    journal.note(c, doing.person, "withdrawn", own.place, {"round": own.round}, at)
    key = f"submitted:{filing}:{own.round}"
    facts = {"unit": own.unit_name, "project": own.project, "year": own.year, "title": form_of(c, own).title}
    for person in announced.take_back(c, key, recipients(doing, own.place)):
        doing.say(Notice(person, "submitted", f"withdrawn:{filing}:{own.round}", message("review/notice_withdrawn", **facts)))
    return ()
