"""The seals of the audit: every line of the journal and of the history gets one, and each vouches for the one before it.

A seal is made a moment after the deed, never on the way of an answer: the transaction of the deed knows nothing of it.
Its `digest` is of the row, its `hash` of the seal before, of its own number and of everything else it says; how far the
chain reaches (the head) stands in the settings of the office and, from time to time, in the log, out of reach of whoever
writes to the database. A row that was rightly changed is sealed anew, with the reason. Not here: whether the chain still
holds (sealed.py).
"""

import hashlib
import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Engine, bindparam, insert, select, text, update

from dialogs.store import office_settings
from dialogs.store.engine import reading, writing
from dialogs.store.tables import history, journal, seals

log = logging.getLogger(__name__)

HEAD = "audit_head"  # the key in the settings of the office
BATCH = 500  # rows of each source sealed in one transaction: a few milliseconds
LATE = 120  # seconds in which a row with a smaller number may still be committed, on PostgreSQL
HOUR = 3600
LOCK = 7_434_912  # any number, the same in every process: one sealer at a time on PostgreSQL

Random = Callable[[int], bytes]

# What of a row is sealed. A column that comes later is no part of it: the seals of old rows must keep holding.
_j, _h = journal.c, history.c
SOURCES: Mapping[str, Sequence[Any]] = {
    "journal": (_j.id, _j.at, _j.person_id, _j.act, _j.county_id, _j.unit_id, _j.filing_id, _j.detail),
    "history": (_h.id, _h.filing_id, _h.item, _h.old, _h.new, _h.person_id, _h.at, _h.inbox_id, _h.message),
}


@dataclass(frozen=True, slots=True)
class Head:
    """How far the chain reaches: the number of a seal and its hash. Whoever keeps it elsewhere can hold it against the chain."""

    number: int
    hash: str

    def __str__(self) -> str:
        return f"{self.number}:{self.hash}"

    @classmethod
    def read(cls, words: str) -> "Head":
        """A head as it was written. Raises ValueError."""
        number, _, hash = words.strip().partition(":")
        if len(hash) != len(START.hash) or not number.isdecimal():
            raise ValueError("应像 1207:3f5a… ，就是日志里 audit head 后面的那一串")
        return cls(int(number), hash)


START = Head(0, "0" * 64)

_s = seals.c
_ADD = insert(seals)
_LAST = select(_s.seq, _s.hash, _s.at).order_by(_s.seq.desc()).limit(1)
_HIGHEST = select(_s.row_id).where(_s.source == bindparam("of_source")).order_by(_s.row_id.desc()).limit(1)
_SETTLED = _HIGHEST.where(_s.at <= bindparam("until"))
_SEALED = select(_s.row_id).where(_s.source == bindparam("of_source"), _s.row_id.in_(bindparam("ids", expanding=True))).distinct()
_UNSALT = (
    update(seals).where(_s.source == bindparam("of_source"), _s.row_id.in_(bindparam("ids", expanding=True))).values(salt="")
)
ROWS = {name: select(*row).where(row[0].in_(bindparam("ids", expanding=True))).order_by(row[0]) for name, row in SOURCES.items()}
_UNSEALED = {
    name: select(*row)
    .outerjoin(seals, (_s.source == name) & (_s.row_id == row[0]))
    .where(row[0] > bindparam("floor"), _s.seq.is_(None))
    .order_by(row[0])
    .limit(bindparam("batch"))
    for name, row in SOURCES.items()
}


Line = tuple[str, Sequence[Any]]  # of which source, and the row


def seal(engine: Engine, now: int, random: Random, batch: int = BATCH) -> int:
    """Seal what has come in since the last time; how many rows. Several processes may try: one of them does it."""
    with reading(engine) as c:
        if not _waiting(c, now, 1):
            return 0
    with writing(engine) as c:
        if not _alone(c, wait=False):
            return 0
        fresh = _new_hour(c, now)
        waiting = _waiting(c, now, batch)
        head = _append(c, waiting, "", now, random)
    if fresh and waiting:
        log.info("audit head %s", head)
    return len(waiting)


def reseal(c: Connection, source: str, ids: Sequence[int], reason: str, now: int, random: Random) -> int:
    """Seal rows anew that were rightly changed in this transaction; how many. What was not sealed yet needs no second seal.

    The seals from before stay in the chain; their salt goes, so that nobody can find out by trying what the row once said.
    """
    _alone(c, wait=True)  # a sealer at work may be sealing these very rows as they were
    sealed = list(c.execute(_SEALED, {"of_source": source, "ids": list(ids)}).scalars())
    if sealed:
        c.execute(_UNSALT, {"of_source": source, "ids": sealed})
        _append(c, [(source, row) for row in c.execute(ROWS[source], {"ids": sealed})], reason, now, random)
    return len(sealed)


def digest(salt: str, row: Sequence[Any]) -> str:
    """What a seal says of a row."""
    return _hash([salt, *row])


def link(before: str, number: int, source: str, row_id: int, row: str, reason: str, at: int) -> str:
    """The hash of a seal: of the one before it, its number, and all it says."""
    return _hash([before, number, source, row_id, row, reason, at])


def head(c: Connection) -> Head:
    """How far the chain reaches, as the settings of the office have it."""
    kept = office_settings.get(c, HEAD)
    return Head.read(kept) if kept else START


def _hash(parts: Sequence[Any]) -> str:
    return hashlib.sha256(json.dumps(parts, separators=(",", ":")).encode()).hexdigest()


def _append(c: Connection, lines: Sequence[Line], reason: str, now: int, random: Random) -> Head:
    """Go on from the recorded head, not from the last seal: a seal taken from the end leaves a gap for ever."""
    kept, last = head(c), c.execute(_LAST).first()
    if (last.seq, last.hash) != (kept.number, kept.hash) if last else kept != START:
        log.error("the chain of the audit does not end where it was left (%s): run ziping db verify", kept)
    number, hash = max(kept.number, last.seq if last else 0), kept.hash
    made = []
    for source, row in lines:
        number, salt = number + 1, random(16).hex()
        said = digest(salt, row)
        hash = link(hash, number, source, row[0], said, reason, now)
        words = {"seq": number, "source": source, "row_id": row[0], "digest": said, "salt": salt}
        made.append({**words, "hash": hash, "reason": reason, "at": now})
    if made:
        c.execute(_ADD, made)
        office_settings.put(c, HEAD, str(Head(number, hash)))
    return Head(number, hash)


def _waiting(c: Connection, now: int, batch: int) -> list[Line]:
    return [
        (source, row)
        for source in SOURCES
        for row in c.execute(_UNSEALED[source], {"floor": _floor(c, source, now), "batch": batch})
    ]


def _floor(c: Connection, source: str, now: int) -> int:
    """No row up to this number is still to be sealed. SQLite has one writer, so numbers come in order; on PostgreSQL a smaller
    one may be committed a little later, and once an hour everything is looked through for one that came later still."""
    if c.dialect.name == "sqlite":
        return c.execute(_HIGHEST, {"of_source": source}).scalar() or 0
    if _new_hour(c, now):
        return 0
    return c.execute(_SETTLED, {"of_source": source, "until": now - LATE}).scalar() or 0


def _new_hour(c: Connection, now: int) -> bool:
    last = c.execute(_LAST).first()
    return last is None or last.at // HOUR != now // HOUR


def _alone(c: Connection, *, wait: bool) -> bool:
    """Be the only sealer until the transaction ends; False when another one is at it and we do not wait. SQLite has one writer."""
    if c.dialect.name == "sqlite":
        return True
    asked = "SELECT pg_advisory_xact_lock(:key)" if wait else "SELECT pg_try_advisory_xact_lock(:key)"
    got = c.execute(text(asked), {"key": LOCK}).scalar()
    return wait or bool(got)
