"""What is done to surveys, in the transaction of the event: made, prolonged, closed, opened by a respondent, ticked.

Not here: what is shown (pages.py, making.py, responding.py).
"""

from collections.abc import Sequence
from datetime import date

from dialogs.access.rights import Place
from dialogs.orders import Doing
from dialogs.replies import Reply
from dialogs.store import inbox, journal, surveys
from dialogs.surveying.dates import moment_after


def create(doing: Doing, place: Place, item: str, questions: str, minimum: int, day: str) -> Sequence[Reply] | None:
    """A new survey, unless one for this item runs already."""
    running = surveys.latest(doing.c, place.filing, item)
    if running is not None and running.closed_at is None:
        return None
    new_id = doing.office.new_id
    survey = surveys.Stored(
        id=(new_id() + new_id())[:12],
        filing=place.filing,
        item=item,
        code=new_id() + new_id(),
        salt="".join(new_id() for _ in range(4)),
        questions=questions,
        issued=None,
        minimum=minimum,
        opens_at=doing.at,
        closes_at=moment_after(date.fromisoformat(day), doing.office.zone),
        closed_at=None,
        person=doing.person,
    )
    surveys.create(doing.c, survey, doing.at)
    journal.note(doing.c, doing.person, "survey", place, {"survey": survey.id, "item": item, "until": day}, doing.at)
    return None


def prolong(doing: Doing, place: Place, survey: str, day: str) -> Sequence[Reply] | None:
    """Another last day."""
    if surveys.prolong(doing.c, survey, moment_after(date.fromisoformat(day), doing.office.zone)):
        journal.note(doing.c, doing.person, "survey moved", place, {"survey": survey, "until": day}, doing.at)
    return None


def close(doing: Doing, place: Place, survey: str) -> Sequence[Reply] | None:
    """The survey is over; from now on nobody can find out who answered."""
    if surveys.close(doing.c, survey, doing.at):
        journal.note(doing.c, doing.person, "survey closed", place, {"survey": survey}, doing.at)
    return None


def count_out(doing: Doing, survey: str, count: int) -> Sequence[Reply] | None:
    """发放, as the filler says it."""
    surveys.set_issued(doing.c, survey, count)
    return None


def opened(doing: Doing, survey: str, questions: int) -> Sequence[Reply] | None:
    """A respondent has opened the survey."""
    stored = surveys.by_id(doing.c, survey)
    if stored is not None and stored.runs(doing.at):
        surveys.open_answer(doing.c, stored, doing.person, questions, doing.at)
    return None


def ticked(doing: Doing, survey: str, question: int, option: int) -> Sequence[Reply] | None:
    """A respondent has ticked an option; the update that said which is forgotten at once."""
    stored = surveys.by_id(doing.c, survey)
    if stored is not None and stored.runs(doing.at):
        surveys.mark(doing.c, stored, doing.person, question, option)
    return forgotten(doing, doing.at)


def forgotten(doing: Doing, since: int) -> Sequence[Reply] | None:
    """What the respondent tapped is taken out of the updates as they arrived: only the tallies know it."""
    if doing.inbox_id is not None:
        inbox.blank(doing.c, doing.chat, since, doing.inbox_id)
    return None
