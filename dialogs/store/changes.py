"""Every change of an answer as its line of history tells it, the latest of one item, and answers that were offered and not taken.

An answer that somebody gave while another one stood already has a line of its own, under `$aside:` and the item: it is kept,
and no part of the answers. Not here: writing answers (filings.py).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from dialogs.store.statements import Prepared
from dialogs.store.tables import history

ASIDE = "$aside:"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of history with both answers packed, as they were kept. `aside`: `new` was offered beside `old`, and not taken."""

    id: int
    item: str
    old: Mapping[str, Any] | str | None
    new: Mapping[str, Any] | str | None
    person: str
    at: int
    inbox_id: int | None
    message: int
    aside: bool = False


_h = history.c
_LINES = select(_h.id, _h.item, _h.old, _h.new, _h.person_id, _h.at, _h.inbox_id, _h.message)
_of_filing = _h.filing_id == bindparam("of_filing")
_OF_ITEM = _LINES.where(_of_filing, _h.item.in_([bindparam("of_item"), bindparam("aside")])).order_by(_h.id)
_ALL = _LINES.where(_of_filing).order_by(_h.id)
_LATEST = Prepared(_LINES.where(_of_filing, _h.item == bindparam("of_item")).order_by(_h.id.desc()).limit(1))
_REMEMBER = Prepared(insert(history))


def latest(c: Connection, filing: str, item: str) -> Line | None:
    """The last change of an answer; None where there was none."""
    row = _LATEST.run(c, {"of_filing": filing, "of_item": item}).fetchone()
    return None if row is None else _line(row)


def of_item(c: Connection, filing: str, item: str) -> tuple[Line, ...]:
    """Every change of one answer and everything offered beside it, oldest first."""
    return tuple(_line(row) for row in c.execute(_OF_ITEM, {"of_filing": filing, "of_item": item, "aside": ASIDE + item}))


def of_filing(c: Connection, filing: str) -> tuple[Line, ...]:
    """Every line of history of a filing, oldest first, with the names its project has had."""
    return tuple(_line(row) for row in c.execute(_ALL, {"of_filing": filing}))


def _line(row: Any) -> Line:
    id, item, old, new, person, at, inbox_id, message = row
    before, after = (None if words is None else json.loads(words) for words in (old, new))
    return Line(id, item.removeprefix(ASIDE), before, after, person, at, inbox_id, message, item.startswith(ASIDE))


def set_aside(
    c: Connection,
    filing: str,
    item: str,
    stands: Mapping[str, Any] | None,
    offered: Mapping[str, Any],
    person: str,
    at: int,
    inbox_id: int | None,
    message: int,
) -> None:
    """Keep an answer that was given while another one stood."""
    old, new = (None if words is None else json.dumps(words, ensure_ascii=False) for words in (stands, offered))
    line = {"filing_id": filing, "item": ASIDE + item, "old": old, "new": new, "person_id": person, "at": at}
    _REMEMBER.run(c, {**line, "inbox_id": inbox_id, "message": message})
