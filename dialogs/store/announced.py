"""Announcements: how far they have come, and taken back while they wait. One key for all who get the same.

Not here: posting (notices.py), or when they leave (dialogs/reminding).
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, bindparam, case, func, select, update

from dialogs.store.digests import in_turn
from dialogs.store.tables import notices, people


class Reach(NamedTuple):
    """Of one announcement: reached, waiting to leave, held up by a block, withdrawn or given up."""

    reached: int
    waiting: int
    blocked: int
    void: int

    @property
    def all(self) -> int:
        return self.reached + self.waiting + self.blocked + self.void


class Announced(NamedTuple):
    """An announcement: its key, when it was posted, its body as JSON, to how many."""

    key: str
    at: int
    body: str
    people: int


_n = notices.c
_open = _n.state.in_(["waiting", "queued"])
_blocked = and_(_open, people.c.blocked_at.is_not(None))


def _count(condition: ColumnElement[bool]) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


_STATES: Sequence[Any] = (
    _count(_n.state == "sent"),
    _count(and_(_open, people.c.blocked_at.is_(None))),
    _count(_blocked),
    _count(_n.state == "void"),
)
_REACH = select(*_STATES).join_from(notices, people, people.c.id == _n.person_id).where(_n.key == bindparam("of_key"))
_WITHDRAW = update(notices).where(_n.key == bindparam("of_key"), _open).values(state="void", reason="withdrawn")
_these = and_(_n.person_id.in_(bindparam("whom", expanding=True)), _n.key == bindparam("of_key"))
_TAKE_BACK = update(notices).where(_these, _open).values(state="void", reason="withdrawn")
_HAVE_IT = select(_n.person_id).where(_these, _n.state == "sent").order_by(_n.person_id)
_LATEST = (
    select(_n.key, func.max(_n.at), func.max(_n.body), func.count())
    .where(_n.kind == "announcement", func.substr(_n.key, 1, bindparam("length")) == bindparam("prefix"))
    .group_by(_n.key)
    .order_by(func.max(_n.at).desc())
    .limit(5)
)


def reach(c: Connection, key: str) -> Reach:
    """How far it has come."""
    return Reach(*(int(n) for n in c.execute(_REACH, {"of_key": key}).one()))


def withdraw(c: Connection, key: str) -> int:
    """Take back what has not left. How many."""
    in_turn(c)
    return c.execute(_WITHDRAW, {"of_key": key}).rowcount


def take_back(c: Connection, key: str, people: Sequence[str]) -> tuple[str, ...]:
    """What has not left to these people is not said any more; those of them who have got it already."""
    values = {"of_key": key, "whom": list(people)}
    c.execute(_TAKE_BACK, values)
    return tuple(c.execute(_HAVE_IT, values).scalars())


def latest(c: Connection, prefix: str) -> list[Announced]:
    """The latest announcements whose key begins so."""
    rows = c.execute(_LATEST, {"prefix": prefix, "length": len(prefix)}).fetchall()
    return [Announced(*row) for row in rows]
