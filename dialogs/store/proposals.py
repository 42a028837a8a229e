"""Questions put to a colleague, and the replies that wait for the owner's word.

A reply is given once and decided once, each by one conditional statement. Of the code in a one-time link only the hash is
kept. Not here: how a reply is read, or what accepting it does to the answer (dialogs/together).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, bindparam, insert, or_, select, update

from dialogs.store.tables import filings, proposals


@dataclass(frozen=True, slots=True)
class Proposal:
    """One question to one colleague; `asked_of` None when it went out as a link. `answer`: packed, once there is a reply."""

    id: str
    filing_id: str
    item: str
    asked_by: str
    asked_of: str | None
    question: str
    created_at: int
    expires_at: int
    answer: Mapping[str, Any] | None = None
    answered_by: str | None = None
    answered_at: int | None = None
    verdict: str = ""
    decided_at: int | None = None

    def state(self, now: int) -> str:
        """open, answered, accepted, declined, withdrawn or expired."""
        if self.verdict:
            return self.verdict
        if self.answer is not None:
            return "answered"
        return "open" if now < self.expires_at else "expired"


_p = proposals.c
_NAMES = ("id", "filing_id", "item", "asked_by", "asked_of", "question", "created_at", "expires_at", "answer")
_COLUMNS = [_p[name] for name in (*_NAMES, "answered_by", "answered_at", "verdict", "decided_at")]
_SELECT = select(*_COLUMNS)
_this = _p.id == bindparam("this")
_undecided = _p.verdict == ""
_ASK = insert(proposals)
_BY_ID = _SELECT.where(_this)
_BY_CODE = _SELECT.where(_p.code_hash == bindparam("hash"))
_OF_FILING = _SELECT.where(_p.filing_id == bindparam("of_filing")).order_by(_p.created_at, _p.id)
_REHASH = (
    update(proposals)
    .where(_this, _undecided, _p.answer.is_(None), _p.expires_at > bindparam("when"))
    .values(code_hash=bindparam("hash"))
)
_ANSWER = (
    update(proposals)
    .where(_this, _undecided, _p.answer.is_(None), _p.expires_at > bindparam("when"))
    .values(answer=bindparam("reply"), answered_by=bindparam("by"), answered_at=bindparam("when"), asked_of=bindparam("by"))
)
_DECIDE = (
    update(proposals)
    .where(_this, _undecided, _p.answer.is_not(None))
    .values(verdict=bindparam("word"), decided_at=bindparam("when"))
)
_WITHDRAW = (
    update(proposals).where(_this, _undecided, _p.answer.is_(None)).values(verdict="withdrawn", decided_at=bindparam("when"))
)
_of_unit = _p.filing_id.in_(select(filings.c.id).where(filings.c.unit_id == bindparam("of_unit")))
_pending = and_(_undecided, or_(_p.answer.is_not(None), _p.expires_at > bindparam("when")))
_MOVE_ASKING = update(proposals).where(_p.asked_by == bindparam("before"), _of_unit, _pending)
_TO_ONESELF = (
    update(proposals)
    .where(_p.asked_by == bindparam("after"), _p.asked_of == bindparam("after"), _of_unit, _undecided, _p.answer.is_(None))
    .values(verdict="withdrawn", decided_at=bindparam("when"))
)
_MOVE_ASKED = update(proposals).where(_p.asked_of == bindparam("before"), _of_unit, _pending, _p.answer.is_(None))


def ask(c: Connection, proposal: Proposal, code_hash: str | None = None) -> None:
    """Keep a question that is put to somebody."""
    row = {name: getattr(proposal, name) for name in _NAMES if name != "answer"}
    c.execute(_ASK, row | {"code_hash": code_hash})


def rehash(c: Connection, id: str, code_hash: str, now: int) -> bool:
    """Let another code lead to a question; False when nobody waits for a reply to it any more."""
    return c.execute(_REHASH, {"this": id, "hash": code_hash, "when": now}).rowcount == 1


def load(c: Connection, id: str) -> Proposal | None:
    """The question with this id."""
    return _read(c.execute(_BY_ID, {"this": id}).first())


def by_code(c: Connection, code_hash: str) -> Proposal | None:
    """The question a link leads to."""
    return _read(c.execute(_BY_CODE, {"hash": code_hash}).first())


def of_filing(c: Connection, filing: str) -> tuple[Proposal, ...]:
    """All questions put to colleagues about a filing, oldest first."""
    found = (_read(row) for row in c.execute(_OF_FILING, {"of_filing": filing}))
    return tuple(p for p in found if p is not None)


def _read(row: Any) -> Proposal | None:
    if row is None:
        return None
    values = list(row)
    values[8] = None if values[8] is None else json.loads(values[8])
    return Proposal(*values)


def answer(c: Connection, id: str, reply: Mapping[str, Any], person: str, now: int) -> bool:
    """Keep the reply. False when there is one, when it came too late, or when the question was withdrawn."""
    values = {"this": id, "reply": json.dumps(reply, ensure_ascii=False), "by": person, "when": now}
    return c.execute(_ANSWER, values).rowcount == 1


def decide(c: Connection, id: str, verdict: str, now: int) -> bool:
    """Accept or decline a reply. False when that was done before."""
    return c.execute(_DECIDE, {"this": id, "word": verdict, "when": now}).rowcount == 1


def withdraw(c: Connection, id: str, now: int) -> bool:
    """Take a question back that nobody has answered. False when somebody has, or it was taken back before."""
    return c.execute(_WITHDRAW, {"this": id, "when": now}).rowcount == 1


def move(c: Connection, before: str, after: str, unit: str, now: int) -> int:
    """Let every open question of a person in a unit be somebody else's: those asked by them, and those put to them. How many.
    What the successor was asked by the predecessor is nobody's question any more."""
    where = {"before": before, "of_unit": unit, "when": now}
    asking = c.execute(_MOVE_ASKING.values(asked_by=after), where).rowcount
    asked = c.execute(_MOVE_ASKED.values(asked_of=after), where).rowcount
    c.execute(_TO_ONESELF, {"after": after, "of_unit": unit, "when": now})
    return asking + asked
