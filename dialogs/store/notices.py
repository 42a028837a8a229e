"""Notices: what is said unasked — a filing was opened, returned, is due — once per person and key, with buttons that
stay alive on their own.

A button of a notice carries the notice's id and a place in its list of actions; both mean something only for the
person it was sent to. Not here: when a notice leaves, or what a digest of reminders says.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from dialogs.store.statements import Prepared, either
from dialogs.store.tables import notices

Rows = Sequence[Sequence[tuple[str, str]]]  # rows of (label, action)

_n = notices.c
_POST = Prepared(either(lambda insert: insert(notices).on_conflict_do_nothing(index_elements=["person_id", "key"])))
_ACTIONS = Prepared(select(_n.actions).where(_n.id == bindparam("this"), _n.person_id == bindparam("of_person")))
_KIND = Prepared(select(_n.kind).where(_n.id == bindparam("this"), _n.person_id == bindparam("of_person")))


@dataclass(frozen=True, slots=True)
class Notice:
    """What is to be said to one person."""

    person: str
    kind: str
    key: str
    text: str
    rows: Rows = ()


def post(c: Connection, id: str, notice: Notice, due_at: int, now: int) -> bool:
    """Have it said from `due_at` on; `id` has twelve characters. False when this person has one of this key already."""
    labels = [[label for label, _ in row] for row in notice.rows]
    actions = [action for row in notice.rows for _, action in row]
    body = json.dumps({"text": notice.text, "labels": labels}, ensure_ascii=False)
    row = {"id": id, "person_id": notice.person, "kind": notice.kind, "key": notice.key, "due_at": due_at, "at": now}
    return bool(_POST.run(c, row | {"body": body, "actions": json.dumps(actions)}).rowcount == 1)


def action_of(c: Connection, id: str, person: str, index: int) -> str:
    """What a button of a notice means when this person presses it; empty when it means nothing to them."""
    row = _ACTIONS.run(c, {"this": id, "of_person": person}).fetchone()
    actions = [] if row is None else json.loads(row[0])
    return str(actions[index]) if index < len(actions) else ""


def kind_of(c: Connection, id: str, person: str) -> str:
    """The kind of a notice to this person; empty for anybody else's."""
    row = _KIND.run(c, {"this": id, "of_person": person}).fetchone()
    return "" if row is None else str(row[0])
