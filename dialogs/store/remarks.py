"""Remarks of a review: about an item, an indicator or the filing as a whole; done when the filler has seen to it.

What the filler answers to a remark is kept beside it, done from the beginning. Not here: who may write them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from dialogs.store.tables import people, remarks

About = Literal["filing", "item", "indicator"]


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark. `place`: the id of the item or indicator it is about."""

    id: str
    round: int
    about: About
    place: str
    person_id: str
    at: int
    text: str
    done_at: int | None = None
    done_by: str | None = None
    name: str = ""  # of the person

    @property
    def is_answer(self) -> bool:
        """Whether it is what the filler answered to a remark about the same."""
        return self.done_by == self.person_id and self.done_at == self.at

    @property
    def open(self) -> bool:
        """Whether somebody still has to see to it."""
        return self.done_at is None

    @property
    def where(self) -> tuple[str, str]:
        """What it is about."""
        return self.about, self.place


_r = remarks.c
_this = _r.filing_id == bindparam("of_filing")
_ADD = insert(remarks)
_STORED = tuple(name for name in Remark.__dataclass_fields__ if name != "name")
_ALL = (
    select(*(_r[name] for name in _STORED), people.c.name)
    .join_from(remarks, people, people.c.id == _r.person_id)
    .where(_this)
    .order_by(_r.at, _r.id)
)
_TAKE_BACK = delete(remarks).where(_this, _r.id == bindparam("this"), _r.done_at.is_(None))
_DONE = (
    update(remarks)
    .where(_this, _r.id == bindparam("this"), _r.done_at.is_(None))
    .values(done_at=bindparam("when"), done_by=bindparam("by"))
)


def add(c: Connection, filing: str, remark: Remark) -> None:
    """Keep a remark."""
    c.execute(_ADD, {"filing_id": filing} | {name: getattr(remark, name) for name in _STORED})


def of_filing(c: Connection, filing: str) -> tuple[Remark, ...]:
    """All remarks of a filing, the oldest first."""
    rows: Sequence[Any] = c.execute(_ALL, {"of_filing": filing}).fetchall()
    return tuple(Remark(*row) for row in rows)


def take_back(c: Connection, filing: str, id: str) -> bool:
    """Remove a remark that nobody has seen to; that it was not sent is the caller's to know."""
    return c.execute(_TAKE_BACK, {"of_filing": filing, "this": id}).rowcount == 1


def done(c: Connection, filing: str, ids: Sequence[str], person: str, at: int) -> int:
    """Somebody has seen to these. How many were open."""
    return sum(c.execute(_DONE, {"of_filing": filing, "this": id, "by": person, "when": at}).rowcount for id in ids)
