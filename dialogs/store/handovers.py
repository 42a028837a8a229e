"""What moves from one person to their successor in a unit, and how the unit's filings stand.

Not here: parts (assignments.py) and questions (proposals.py), which move by functions of their own.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, and_, bindparam, exists, func, or_, select, update

from dialogs.store.tables import filings, notices, remarks


@dataclass(frozen=True, slots=True)
class Standing:
    """How one filing stands, as lists know it: `done` of `total` questions, `returned`: remarks nobody has seen to yet."""

    id: str
    form_id: str
    year: int
    project: str
    state: str
    done: int
    total: int
    returned: int


_f, _n = filings.c, notices.c
_remarks = (
    select(func.count())
    .where(remarks.c.filing_id == _f.id, remarks.c.round == _f.round, remarks.c.done_at.is_(None))
    .scalar_subquery()
)
_STANDINGS = (
    select(_f.id, _f.form_id, _f.year, _f.project, _f.state, _f.done, _f.total, _remarks)
    .where(_f.unit_id == bindparam("of_unit"), _f.state != "approved")
    .order_by(_f.year.desc(), _f.created_at, _f.id)
)
_other = notices.alias("other")
_MOVE = update(notices).where(
    _n.person_id == bindparam("before"),
    _n.state == "waiting",
    _n.kind.in_(("assigned", "proposal", "returned", "opened", "moved", "submitted", "approved")),
    ~exists().where(and_(_other.c.person_id == bindparam("after"), _other.c.key == _n.key)),
)


def standings(c: Connection, unit: str) -> tuple[Standing, ...]:
    """The filings of a unit that are not approved yet, the latest year first."""
    return tuple(Standing(*row) for row in c.execute(_STANDINGS, {"of_unit": unit}))


def move_notices(c: Connection, before: str, after: str, filing_ids: Iterable[str], proposal_ids: Iterable[str]) -> int:
    """Let what waits to be said to somebody about these filings and questions be said to somebody else. How many."""
    about = [_n.actions.contains(f":{id}", autoescape=True) for id in (*filing_ids, *proposal_ids)]
    if not about:
        return 0
    return c.execute(_MOVE.where(or_(*about)).values(person_id=after), {"before": before, "after": after}).rowcount
