"""Invitations: made once, used once, by whoever holds the code; and the wrong codes people tried.

Only the hash of a code is here. An invitation is used by one conditional UPDATE, so that of any number of people with the
same code exactly one gets in. Not here: what using it leads to (dialogs/access/joining.py).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, func, insert, or_, select, update

from dialogs.store.statements import Prepared
from dialogs.store.tables import counties, invitations, units, wrong_codes

HOUR = 3600


@dataclass(frozen=True, slots=True)
class Invitation:
    """One invitation: to a unit or to a county, in one role, for a person who may be named."""

    id: str
    county_id: str | None
    unit_id: str | None
    role: str
    name: str
    created_by: str
    created_at: int
    expires_at: int
    used_by: str | None = None
    used_at: int | None = None
    revoked_at: int | None = None
    place: str = ""  # the name of the unit or the county

    def state(self, now: int) -> str:
        """open, used, revoked or expired."""
        if self.used_at is not None:
            return "used"
        if self.revoked_at is not None:
            return "revoked"
        return "open" if now < self.expires_at else "expired"


_i = invitations.c
_COLUMNS = tuple(
    _i[name]
    for name in (
        "id",
        "county_id",
        "unit_id",
        "role",
        "name",
        "created_by",
        "created_at",
        "expires_at",
        "used_by",
        "used_at",
        "revoked_at",
    )
)
_closed = select(units.c.id).where(units.c.id == _i.unit_id, units.c.closed_at.is_not(None)).exists()


def _good(now: ColumnElement[int]) -> ColumnElement[bool]:
    return and_(_i.used_at.is_(None), _i.revoked_at.is_(None), _i.expires_at > now, ~_closed)


_CREATE = Prepared(insert(invitations))
_by_hash = _i.code_hash == bindparam("hash")
_GOOD = select(*_COLUMNS).where(_by_hash, _good(bindparam("now")))
_USED = select(*_COLUMNS).where(_by_hash, _i.used_by == bindparam("person"))
_USE = (
    update(invitations)
    .where(_by_hash, _good(bindparam("now")))
    .values(used_by=bindparam("person"), used_at=bindparam("at"))
    .returning(*_COLUMNS)
)
_REVOKE = (
    update(invitations)
    .where(_i.id == bindparam("this"), _i.used_at.is_(None), _i.revoked_at.is_(None))
    .values(revoked_at=bindparam("at"))
)
_REHASH = update(invitations).where(_i.id == bindparam("this"), _good(bindparam("now"))).values(code_hash=bindparam("hash"))
_place = func.coalesce(units.c.name, counties.c.name, "")
_LISTED = (
    select(*_COLUMNS, _place)
    .select_from(
        invitations.outerjoin(units, units.c.id == _i.unit_id).outerjoin(
            counties, and_(_i.unit_id.is_(None), counties.c.id == _i.county_id)
        )
    )
    .order_by(_i.created_at, _i.id)
)
_TRIED = insert(wrong_codes)
_TRIES = select(func.count()).where(wrong_codes.c.person_id == bindparam("of_person"), wrong_codes.c.at > bindparam("since"))
_FORGIVE = delete(wrong_codes).where(wrong_codes.c.at <= bindparam("until"))


def create_many(c: Connection, rows: Iterable[tuple[Invitation, str]]) -> None:
    """Keep new invitations, each with the hash of its code."""
    values: list[Mapping[str, Any]] = [
        {
            "id": i.id,
            "code_hash": hash,
            "county_id": i.county_id,
            "unit_id": i.unit_id,
            "role": i.role,
            "name": i.name,
            "created_by": i.created_by,
            "created_at": i.created_at,
            "expires_at": i.expires_at,
        }
        for i, hash in rows
    ]
    if values:
        _CREATE.many(c, values)


def good(c: Connection, hash: str, now: int) -> Invitation | None:
    """The invitation that a code opens just now; None when it is unknown, used, expired, revoked or its unit closed."""
    row = c.execute(_GOOD, {"hash": hash, "now": now}).first()
    return None if row is None else Invitation(*row)


def use(c: Connection, hash: str, person: str, now: int) -> Invitation | None:
    """Use the invitation up; None when somebody else has, or it opens nothing any more."""
    row = c.execute(_USE, {"hash": hash, "now": now, "person": person, "at": now}).first()
    return None if row is None else Invitation(*row)


def used_by(c: Connection, hash: str, person: str) -> Invitation | None:
    """The invitation of this code, if it was this person who used it."""
    row = c.execute(_USED, {"hash": hash, "person": person}).first()
    return None if row is None else Invitation(*row)


def rehash(c: Connection, id: str, hash: str, now: int) -> bool:
    """Give an open invitation another code; False when it is not open."""
    return c.execute(_REHASH, {"this": id, "hash": hash, "now": now}).rowcount == 1


def revoke(c: Connection, id: str, now: int) -> bool:
    """Take an unused invitation back; False when it was used or revoked before."""
    return c.execute(_REVOKE, {"this": id, "at": now}).rowcount == 1


def invitation(c: Connection, id: str) -> Invitation | None:
    """The invitation with this id."""
    row = c.execute(_LISTED.where(_i.id == id)).first()
    return None if row is None else Invitation(*row)


def listed(
    c: Connection, *, county: str = "", unit: str = "", by: str = "", open_at: int | None = None
) -> tuple[Invitation, ...]:
    """Invitations to a county and all its units, to one unit, or made by one person; with `open_at` only those still good then."""
    statement = _LISTED
    if county:
        statement = statement.where(or_(_i.county_id == county, units.c.county_id == county))
    if unit:
        statement = statement.where(_i.unit_id == unit)
    if by:
        statement = statement.where(_i.created_by == by)
    if open_at is not None:
        statement = statement.where(_i.used_at.is_(None), _i.revoked_at.is_(None), _i.expires_at > open_at)
    return tuple(Invitation(*row) for row in c.execute(statement))


def tried(c: Connection, person: str, now: int) -> None:
    """Remember that somebody tried a code that opens nothing; tries long past are forgotten."""
    c.execute(_FORGIVE, {"until": now - 24 * HOUR})
    c.execute(_TRIED, {"person_id": person, "at": now})


def tries(c: Connection, person: str, now: int) -> int:
    """How many wrong codes somebody tried within the last hour."""
    count: int = c.execute(_TRIES, {"of_person": person, "since": now - HOUR}).scalar_one()
    return count
