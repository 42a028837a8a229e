"""Surveys and what was answered: anonymous, one answer a person. Not here: what the tallies come to (surveying).

A respondent is a salted hash; the salt is destroyed when the survey closes, so that from then on nobody can find out
who answered. When somebody answered is kept to the day only.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hmac import new as hmac
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from dialogs.store.statements import either
from dialogs.store.tables import survey_answers, surveys

DAY = 86_400


@dataclass(frozen=True, slots=True)
class Stored:
    """A survey. `questions` as JSON; `issued`: 发放, where the filler has said it; `closed_at`: None while it runs."""

    id: str
    filing: str
    item: str
    code: str
    salt: str
    questions: str
    issued: int | None
    minimum: int
    opens_at: int
    closes_at: int | None
    closed_at: int | None
    person: str

    def runs(self, now: int) -> bool:
        """Whether it may be answered."""
        return self.closed_at is None and (self.closes_at is None or now < self.closes_at)


Marks = tuple[int | None, ...]

_s = surveys.c
_COLUMNS = (
    *(_s.id, _s.filing_id, _s.item, _s.code, _s.salt, _s.questions, _s.issued, _s.minimum),
    *(_s.opens_at, _s.closes_at, _s.closed_at, _s.created_by),
)
_CREATE = insert(surveys)
_BY_ID = select(*_COLUMNS).where(_s.id == bindparam("this"))
_BY_CODE = select(*_COLUMNS).where(_s.code == bindparam("of_code"))
_OF_FILING = select(*_COLUMNS).where(_s.filing_id == bindparam("of_filing")).order_by(_s.at, _s.id)
_DUE = select(*_COLUMNS).where(_s.closed_at.is_(None), _s.closes_at <= bindparam("now")).order_by(_s.closes_at, _s.id)
_open_one = (_s.id == bindparam("this"), _s.closed_at.is_(None))
_CLOSE = update(surveys).where(*_open_one).values(closed_at=bindparam("now"), salt="")
_CLOSES = update(surveys).where(*_open_one).values(closes_at=bindparam("then"))
_ISSUED = update(surveys).where(_s.id == bindparam("this")).values(issued=bindparam("count"))
_a = survey_answers.c
_this = (_a.survey_id == bindparam("of_survey"), _a.respondent == bindparam("by"))
_OPEN = either(lambda insert: insert(survey_answers).on_conflict_do_nothing(index_elements=["survey_id", "respondent"]))
_MARKS = select(_a.marks, _a.valid).where(*_this)
_MARK = update(survey_answers).where(*_this, _a.valid == 0).values(marks=bindparam("given"), valid=bindparam("whole"))
_TAKE_OUT = delete(survey_answers).where(_a.survey_id == bindparam("of_survey")).returning(*survey_answers.columns)
_PUT_IN = insert(survey_answers)
_ANSWERS = select(_a.marks, _a.valid).where(_a.survey_id == bindparam("of_survey"))


def _stored(row: Any) -> Stored:
    return Stored(*row)


def create(c: Connection, survey: Stored, now: int) -> None:
    """A new survey."""
    row = {"id": survey.id, "filing_id": survey.filing, "item": survey.item, "code": survey.code, "salt": survey.salt}
    row |= {"questions": survey.questions, "issued": survey.issued, "minimum": survey.minimum, "opens_at": survey.opens_at}  # type: ignore[dict-item]
    c.execute(_CREATE, row | {"closes_at": survey.closes_at, "closed_at": None, "created_by": survey.person, "at": now})


def by_id(c: Connection, id: str) -> Stored | None:
    """The survey with this id."""
    row = c.execute(_BY_ID, {"this": id}).first()
    return None if row is None else _stored(row)


def by_code(c: Connection, code: str) -> Stored | None:
    """The survey a link leads to."""
    row = c.execute(_BY_CODE, {"of_code": code}).first()
    return None if row is None else _stored(row)


def of_filing(c: Connection, filing: str) -> tuple[Stored, ...]:
    """The surveys of a filing, oldest first."""
    return tuple(_stored(row) for row in c.execute(_OF_FILING, {"of_filing": filing}))


def latest(c: Connection, filing: str, item: str) -> Stored | None:
    """The newest survey for an item."""
    return next((s for s in reversed(of_filing(c, filing)) if s.item == item), None)


def due(c: Connection, now: int) -> tuple[Stored, ...]:
    """The surveys whose time is over and that nobody has closed."""
    return tuple(_stored(row) for row in c.execute(_DUE, {"now": now}))


def close(c: Connection, id: str, now: int) -> bool:
    """Close a survey and destroy its salt. False when somebody else has closed it.

    The answers are written anew by their hashes: the order in which they lie tells nobody who came when.
    """
    if c.execute(_CLOSE, {"this": id, "now": now}).rowcount != 1:
        return False
    rows = [dict(row) for row in c.execute(_TAKE_OUT, {"of_survey": id}).mappings()]
    if rows:
        c.execute(_PUT_IN, sorted(rows, key=itemgetter("respondent")))
    return True


def prolong(c: Connection, id: str, then: int) -> bool:
    """Another last moment for a survey that runs."""
    return c.execute(_CLOSES, {"this": id, "then": then}).rowcount == 1


def set_issued(c: Connection, id: str, count: int) -> None:
    """发放, as the filler says it."""
    c.execute(_ISSUED, {"this": id, "count": count})


def hashed(survey: Stored, person: str) -> str:
    """Who answers, as nobody can read it back."""
    return hmac(survey.salt.encode(), person.encode(), "sha256").hexdigest()[:32]


def open_answer(c: Connection, survey: Stored, person: str, questions: int, now: int) -> None:
    """Somebody has opened the survey; once a person."""
    row = {"survey_id": survey.id, "respondent": hashed(survey, person), "marks": json.dumps([None] * questions), "valid": 0}
    c.execute(_OPEN[c.dialect.name], row | {"at": now - now % DAY})


def marks_of(c: Connection, survey: Stored, person: str) -> tuple[Marks, bool] | None:
    """What a person has ticked so far, and whether that is all of it; None for one who has not opened it."""
    row = c.execute(_MARKS, {"of_survey": survey.id, "by": hashed(survey, person)}).first()
    return None if row is None else (tuple(json.loads(row[0])), bool(row[1]))


def mark(c: Connection, survey: Stored, person: str, n: int, option: int) -> bool:
    """Tick an option of question n (from 0). False when the person's answer was complete already, or never opened."""
    known = marks_of(c, survey, person)
    if known is None or known[1] or n >= len(known[0]):
        return False
    marks = [*known[0][:n], option, *known[0][n + 1 :]]
    whole = int(all(m is not None for m in marks))
    values = {"of_survey": survey.id, "by": hashed(survey, person), "given": json.dumps(marks), "whole": whole}
    return c.execute(_MARK, values).rowcount == 1


def answers(c: Connection, survey: str) -> Sequence[tuple[Marks, bool]]:
    """Everything that came in, by nobody in particular."""
    return [(tuple(json.loads(row[0])), bool(row[1])) for row in c.execute(_ANSWERS, {"of_survey": survey})]
