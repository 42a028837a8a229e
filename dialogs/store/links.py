"""Links to the office's own server: each for one person, one thing, one time. Only the hash of a token is here.

A link is used up by one conditional UPDATE, so that of any number of people with the same link exactly one gets in.
Not here: what is behind one (dialogs/private), or how long its row is kept (retention.py).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, bindparam, insert, select, update

from dialogs.store.tables import links

HOUR = 3600


@dataclass(frozen=True, slots=True)
class Link:
    """A link. `target`: the thing behind it; `detail`: what is said of it; `tries`: how often it was fetched."""

    id: str
    person: str
    purpose: str
    target: str
    detail: Mapping[str, Any]
    at: int
    expires_at: int
    used_at: int | None
    tries: int


_l = links.c
_COLUMNS = (_l.id, _l.person_id, _l.purpose, _l.target, _l.detail, _l.at, _l.expires_at, _l.used_at, _l.tries)
_MAKE = insert(links)
_by_hash = _l.token_hash == bindparam("hash")
_good = and_(_by_hash, _l.used_at.is_(None), _l.expires_at > bindparam("now"))
_GOOD = select(*_COLUMNS).where(_good)
_for_this = _l.purpose == bindparam("for_what")
_USE = update(links).where(_good, _for_this).values(used_at=bindparam("when")).returning(*_COLUMNS)
_TRY = update(links).where(_good, _for_this, _l.tries < bindparam("most")).values(tries=_l.tries + 1).returning(*_COLUMNS)
_same = and_(_l.person_id == bindparam("of_person"), _l.purpose == bindparam("for_what"), _l.target == bindparam("for_whom"))
_RETIRE = update(links).where(_same, _l.used_at.is_(None), _l.expires_at > bindparam("now")).values(expires_at=bindparam("now"))
_LATEST = (
    select(*_COLUMNS)
    .where(_l.person_id == bindparam("of_person"), _l.purpose.in_(bindparam("purposes", expanding=True)))
    .where(_l.at > bindparam("since"))
    .order_by(_l.at.desc(), _l.id.desc())
)


def make(
    c: Connection, id: str, hash: str, person: str, purpose: str, target: str, detail: Mapping[str, Any], now: int, until: int
) -> None:
    """A new link. Whoever has an older one to the same thing goes in by the new one only."""
    c.execute(_RETIRE, {"of_person": person, "for_what": purpose, "for_whom": target, "now": now})
    row = {"id": id, "token_hash": hash, "person_id": person, "purpose": purpose, "target": target, "at": now}
    c.execute(_MAKE, row | {"detail": json.dumps(detail, ensure_ascii=False), "expires_at": until})


def good(c: Connection, hash: str, now: int) -> Link | None:
    """The link that a token opens just now; None when it is unknown, used or expired. Looking uses nothing up."""
    row = c.execute(_GOOD, {"hash": hash, "now": now}).first()
    return None if row is None else _made(row)


def use(c: Connection, hash: str, purpose: str, now: int) -> Link | None:
    """Use a link for this purpose up; None when somebody else has, or it opens nothing any more."""
    row = c.execute(_USE, {"hash": hash, "for_what": purpose, "now": now, "when": now}).first()
    return None if row is None else _made(row)


def fetch(c: Connection, hash: str, purpose: str, now: int, most: int) -> Link | None:
    """One more fetch by a link that allows a few; None when it allows no more."""
    row = c.execute(_TRY, {"hash": hash, "for_what": purpose, "now": now, "most": most}).first()
    return None if row is None else _made(row)


def latest(c: Connection, person: str, purposes: tuple[str, ...], since: int, most: int) -> list[Link]:
    """What a person was last given links to, the latest first, each thing once; used, expired or not."""
    found: dict[tuple[str, str], Link] = {}
    for row in c.execute(_LATEST, {"of_person": person, "purposes": purposes, "since": since}):
        link = _made(row)
        found.setdefault((link.purpose, link.target), link)
        if len(found) == most:
            break
    return list(found.values())


def _made(row: Any) -> Link:
    id, person, purpose, target, detail, *times = row
    return Link(id, person, purpose, target, json.loads(detail), *times)
