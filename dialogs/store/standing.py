"""How a filing stands: its state, and how far it is — what lists of thousands are made from without reading answers.

Every change is one conditional statement, so that of two people who act at once only one does.
Not here: who may change it (dialogs/access), or what a submission holds.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, select, update

from dialogs.access.permissions import State
from dialogs.store.statements import Prepared
from dialogs.store.tables import OPEN, RETURNED, filings

_this = filings.c.id == bindparam("this")
_ANSWERED = Prepared(
    update(filings)
    .where(_this, filings.c.state.in_([OPEN, RETURNED]))
    .values(done=bindparam("so_far"), total=bindparam("of_all"), at_item=bindparam("next_item"), answered_at=bindparam("when"))
)
_MOVE = (
    update(filings)
    .where(_this, filings.c.state.in_(bindparam("before", expanding=True)))
    .values(state=bindparam("after"), state_at=bindparam("when"), round=filings.c.round + bindparam("more"))
)


_HELD = select(filings.c.id).where(_this, filings.c.state.in_(bindparam("among", expanding=True))).with_for_update(read=True)


def hold(c: Connection, filing: str, states: Iterable[State]) -> bool:
    """Keep a filing in one of these states until the transaction ends. False when it is in none of them (any more)."""
    return c.execute(_HELD, {"this": filing, "among": [str(s) for s in states]}).first() is not None


def answered(c: Connection, filing: str, done: int, total: int, at_item: str, now: int) -> bool:
    """Note how far a filing is. False when it is not to be answered any more: submitted or approved meanwhile."""
    row = {"this": filing, "so_far": done, "of_all": total, "next_item": at_item, "when": now}
    return bool(_ANSWERED.run(c, row).rowcount == 1)


def move(c: Connection, filing: str, before: Iterable[State], after: State, now: int, *, new_round: bool = False) -> bool:
    """Bring a filing from one of these states to another. False when it is in none of them (any more)."""
    values = {"this": filing, "before": [str(s) for s in before], "after": str(after), "when": now, "more": int(new_round)}
    return c.execute(_MOVE, values).rowcount == 1
