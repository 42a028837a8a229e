"""Evidence rows: a file somebody sent for a place of a filing. First `waiting` to be fetched, then stored or refused.

Whoever fetches one claims it for a while with one conditional UPDATE; the number of the try proves the claim.
Not here: the bytes (files.py), or what may be kept (dialogs/evidence/inspecting.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Integer, and_, bindparam, case, exists, func, insert, select, update

from dialogs.store.statements import Prepared
from dialogs.store.tables import FETCHING, UNTOLD, evidence, files
from scoring.evidence import Exhibit

LEASE = 300  # seconds for fetching one file
SAME = "same"  # the reason of a file that was there already


@dataclass(frozen=True, slots=True)
class Sent:
    """A file on its way in. `why`: the reason when it is refused before it is fetched."""

    filing: str
    about: str
    place: str
    name: str
    source: str
    chat: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Errand:
    """A claimed row. `attempts` is the proof of the claim."""

    id: str
    attempts: int
    chat: str
    source: str
    filing: str
    about: str
    place: str
    name: str
    person: str


@dataclass(frozen=True, slots=True)
class Piece:
    """One stored file of a filing; `sha256` finds its bytes."""

    id: str
    about: str
    place: str
    name: str
    sha256: str
    size: int
    media_type: str
    person: str
    at: int

    @property
    def exhibit(self) -> Exhibit:
        """The same for documents, which know nothing of the store."""
        return Exhibit(self.about, self.place, self.name, self.sha256, self.size, self.media_type, self.at)


@dataclass(frozen=True, slots=True)
class Settled:
    """A file that was stored or refused, and of which the person has not been told."""

    id: str
    filing: str
    about: str
    place: str
    name: str
    state: str
    why: str


_e = evidence.c
_INSERT = insert(evidence)
_here = and_(_e.filing_id == bindparam("of_filing"), _e.removed_at.is_(None))
_COUNTS = Prepared(
    select(_e.about, _e.place, _e.state, func.count()).where(_here, _e.state != "refused").group_by(_e.about, _e.place, _e.state)
)
_EVER = select(func.count()).select_from(evidence).where(_e.filing_id == bindparam("of_filing"), _e.state != "refused")
_PIECE = (_e.id, _e.about, _e.place, _e.name, _e.sha256, files.c.size, files.c.media_type, _e.person_id, _e.at)
_LISTED = select(*_PIECE).join(files, files.c.sha256 == _e.sha256).where(_here, _e.state == "stored").order_by(_e.at, _e.id)
_ONE = (
    select(*_PIECE, _e.filing_id).join(files, files.c.sha256 == _e.sha256).where(_e.id == bindparam("this"), _e.state == "stored")
)
_candidate = evidence.alias("candidate")
_head = (
    select(_candidate.c.id)
    .where(
        _candidate.c.state == FETCHING,
        _candidate.c.not_before <= bindparam("now"),
        func.substr(_candidate.c.chat, 1, bindparam("length")) == bindparam("of_channel"),
    )
    .order_by(_candidate.c.not_before, _candidate.c.id)
    .limit(1)
    .with_for_update(of=_candidate, skip_locked=True)
    .scalar_subquery()
)
_CLAIM = Prepared(
    update(evidence)
    .where(_e.id == _head, _e.state == FETCHING, _e.not_before <= bindparam("now"))
    .values(attempts=_e.attempts + 1, not_before=bindparam("until"), owner=bindparam("me"))
    .returning(_e.id, _e.attempts, _e.chat, _e.source, _e.filing_id, _e.about, _e.place, _e.name, _e.person_id)
)
_mine = and_(_e.id == bindparam("this"), _e.state == FETCHING, _e.attempts == bindparam("claim"))
_LATER = (
    update(evidence).where(_mine).values(not_before=bindparam("then"), attempts=_e.attempts - bindparam("back", type_=Integer))
)
_RELEASE = update(evidence).where(_e.state == FETCHING, _e.attempts > 0).values(not_before=bindparam("now"))
_RELEASE_OF = _RELEASE.where(_e.owner == bindparam("of_owner"))
_REFUSE = update(evidence).where(_mine).values(state="refused", reason=bindparam("why"))
_twin = evidence.alias("twin")
_has_twin = exists().where(
    _twin.c.filing_id == _e.filing_id,
    _twin.c.about == _e.about,
    _twin.c.place == _e.place,
    _twin.c.sha256 == bindparam("digest"),
    _twin.c.removed_at.is_(None),
    _twin.c.state == "stored",
)
_STORE = (
    update(evidence)
    .where(_mine)
    .values(
        sha256=bindparam("digest"),
        state=case((_has_twin, "refused"), else_="stored"),
        reason=case((_has_twin, SAME), else_=""),
    )
    .returning(_e.state)
)
_own = and_(_e.id == bindparam("this"), _e.filing_id == bindparam("of_filing"), _e.state == "stored")
_REMOVE = update(evidence).where(_own, _e.removed_at.is_(None)).values(removed_at=bindparam("now"))
_PUT_BACK = update(evidence).where(_own, _e.removed_at.is_not(None)).values(removed_at=None)
_SORT = (
    update(evidence)
    .where(
        _here,
        _e.about == bindparam("from_about"),
        _e.place == bindparam("from_place"),
        _e.person_id == bindparam("of_person"),
        _e.at >= bindparam("since"),
        _e.state != "refused",
    )
    .values(about=bindparam("to_about"), place=bindparam("to_place"))
)
_UNTOLD_CHATS = (
    select(_e.chat)
    .where(_e.told == UNTOLD)
    .group_by(_e.chat)
    .having(
        func.sum(case((_e.state == "waiting", 0), else_=1)) > 0,
        func.max(_e.at) <= bindparam("quiet_since"),
        (func.sum(case((_e.state == "waiting", 1), else_=0)) == 0) | (func.min(_e.at) <= bindparam("long_since")),
    )
    .order_by(func.min(_e.at))
    .limit(1)
)
_UNTOLD = (
    select(_e.id, _e.filing_id, _e.about, _e.place, _e.name, _e.state, _e.reason)
    .where(_e.chat == bindparam("of_chat"), _e.told == UNTOLD, _e.state != "waiting")
    .order_by(_e.at, _e.id)
)
_TOLD = update(evidence).where(_e.id == bindparam("this"), _e.told == UNTOLD).values(told=1)
_WAITING = select(func.count()).where(_e.state == FETCHING, _e.person_id == bindparam("of_person"))


def receive(c: Connection, id: str, sent: Sent, person: str, now: int) -> None:
    """A file that is to be fetched, or that is refused already."""
    row = {"id": id, "filing_id": sent.filing, "about": sent.about, "place": sent.place, "name": sent.name, "source": sent.source}
    row |= {"chat": sent.chat, "person_id": person, "at": now}  # type: ignore[dict-item]
    c.execute(_INSERT, row | {"state": "refused" if sent.why else "waiting", "reason": sent.why})


def counts(c: Connection, filing: str) -> Mapping[tuple[str, str], int]:
    """How many files each place of a filing has, with those on their way."""
    found: dict[tuple[str, str], int] = {}
    for about, place, _, count in _COUNTS.run(c, {"of_filing": filing}).fetchall():
        found[about, place] = found.get((about, place), 0) + count
    return found


def ever(c: Connection, filing: str) -> int:
    """How many files a filing was ever sent, those taken down included."""
    return c.execute(_EVER, {"of_filing": filing}).scalar_one()


def waiting_of(c: Connection, person: str) -> int:
    """How many files of a person are on their way."""
    return c.execute(_WAITING, {"of_person": person}).scalar_one()


def listed(c: Connection, filing: str) -> tuple[Piece, ...]:
    """The stored files of a filing, oldest first."""
    return tuple(Piece(*row) for row in c.execute(_LISTED, {"of_filing": filing}))


def piece(c: Connection, id: str) -> tuple[str, Piece] | None:
    """The filing of a stored file, and the file, also one that was taken down since."""
    row = c.execute(_ONE, {"this": id}).first()
    return None if row is None else (str(row[-1]), Piece(*row[:-1]))


def claim(c: Connection, now: int, channel: str, owner: str = "") -> Errand | None:
    """The next file to fetch, ours for a while."""
    prefix = f"{channel}:"
    values = {"now": now, "until": now + LEASE, "of_channel": prefix, "length": len(prefix), "me": owner}
    row = _CLAIM.run(c, values).fetchone()
    return None if row is None else Errand(*row)


def release(c: Connection, now: int, owner: str = "") -> int:
    """End every claim, or those of one worker that has died, so that nobody waits for it. Returns how many."""
    if owner:
        return c.execute(_RELEASE_OF, {"now": now, "of_owner": owner}).rowcount
    return c.execute(_RELEASE, {"now": now}).rowcount


def later(c: Connection, errand: Errand, then: int, *, counted: bool = True) -> bool:
    """Try again then; a try that was not the file's fault does not count. False when the claim was lost meanwhile."""
    values = {"this": errand.id, "claim": errand.attempts, "then": then, "back": 0 if counted else 1}
    return c.execute(_LATER, values).rowcount == 1


def refuse(c: Connection, errand: Errand, why: str) -> bool:
    """It is not kept. False when the claim was lost meanwhile."""
    return c.execute(_REFUSE, {"this": errand.id, "claim": errand.attempts, "why": why}).rowcount == 1


def store(c: Connection, errand: Errand, digest: str) -> str:
    """It is kept; `refused` when its place has the same file already, empty when the claim was lost meanwhile."""
    return c.execute(_STORE, {"this": errand.id, "claim": errand.attempts, "digest": digest}).scalar() or ""


def remove(c: Connection, id: str, filing: str, now: int) -> bool:
    """Take a file down; its bytes stay, because documents issued before may hold it."""
    return c.execute(_REMOVE, {"this": id, "of_filing": filing, "now": now}).rowcount == 1


def put_back(c: Connection, id: str, filing: str) -> bool:
    """Take the taking down back."""
    return c.execute(_PUT_BACK, {"this": id, "of_filing": filing}).rowcount == 1


def sort(c: Connection, filing: str, person: str, since: int, source: tuple[str, str], target: tuple[str, str]) -> int:
    """Files a person has sent since then belong elsewhere. Returns how many."""
    values = {"of_filing": filing, "of_person": person, "since": since, "from_about": source[0], "from_place": source[1]}
    return c.execute(_SORT, values | {"to_about": target[0], "to_place": target[1]}).rowcount


def untold(c: Connection, now: int, quiet: int, patience: int) -> tuple[str, tuple[Settled, ...]] | None:
    """A chat that may be told what became of its files: nothing has come for `quiet` seconds and nothing is on its way,
    or the oldest has waited `patience` seconds for its word."""
    chat = c.execute(_UNTOLD_CHATS, {"quiet_since": now - quiet, "long_since": now - patience}).scalar()
    if chat is None:
        return None
    return chat, tuple(Settled(*row) for row in c.execute(_UNTOLD, {"of_chat": chat}))


def told(c: Connection, settled: Sequence[Settled]) -> bool:
    """The person is told of these in this very transaction; False when somebody else has done it."""
    return all(c.execute(_TOLD, {"this": s.id}).rowcount == 1 for s in settled)
