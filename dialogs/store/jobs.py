"""Work that takes a while: what is wanted, how far it is, what came of it. Claimed for a while, like the rows of the outbox.

A worker proves its claim by the end of its lease; one that comes too late, or whose work was stopped, finds that it is no
longer theirs. Not here: the work itself (dialogs/bureau).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, and_, bindparam, exists, insert, or_, select, update
from sqlalchemy import delete as removal

from dialogs.store.statements import either
from dialogs.store.tables import evidence, files, jobs, notices, outbox

LEASE = 120  # seconds without a sign of life
WAITING, RUNNING, DONE, FAILED, CANCELLED = "waiting", "running", "done", "failed", "cancelled"


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of work. `lease` is the proof of the claim; `tries`: how often it was begun; `spoken`: the outbox row of
    the message that tells how far it is."""

    id: str
    person: str
    chat: str
    kind: str
    body: Mapping[str, Any]
    state: str
    done: int
    total: int
    lease: int
    result: Mapping[str, Any] = field(default_factory=dict)
    at: int = 0

    @property
    def tries(self) -> int:
        return int(self.result.get("tries", 0))

    @property
    def spoken(self) -> int:
        return int(self.result.get("spoken", 0))


_j = jobs.c
_COLUMNS = (_j.id, _j.person_id, _j.chat, _j.kind, _j.body, _j.state, _j.done, _j.total, _j.lease_until, _j.result, _j.at)
_ADD = insert(jobs)
_BUTTONS = either(lambda insert: insert(notices).on_conflict_do_nothing(index_elements=["person_id", "key"]))
_ACTIONS = update(notices).where(notices.c.id == bindparam("this")).values(actions=bindparam("all"))
_BY_ID = select(*_COLUMNS).where(_j.id == bindparam("this"))
_OF_PERSON = (
    select(*_COLUMNS).where(_j.person_id == bindparam("of_person"), _j.state.in_([WAITING, RUNNING])).order_by(_j.at, _j.id)
)
_candidate = jobs.alias("candidate")
_due = or_(_candidate.c.state == WAITING, and_(_candidate.c.state == RUNNING, _candidate.c.lease_until <= bindparam("now")))
_next = (
    select(_candidate.c.id)
    .where(_due, _candidate.c.lease_until <= bindparam("now"))
    .order_by(_candidate.c.at, _candidate.c.id)
    .limit(1)
    .with_for_update(skip_locked=True)
    .scalar_subquery()
)
_CLAIM = (
    update(jobs)
    .where(_j.id == _next, or_(_j.state == WAITING, and_(_j.state == RUNNING, _j.lease_until <= bindparam("now"))))
    .values(state=RUNNING, lease_until=bindparam("until"), updated_at=bindparam("now"), owner=bindparam("me"))
    .returning(*_COLUMNS)
)
_mine = and_(_j.id == bindparam("this"), _j.state == RUNNING, _j.lease_until == bindparam("claim"))
_BEAT = (
    update(jobs)
    .where(_mine)
    .values(done=bindparam("so_far"), total=bindparam("of_all"), lease_until=bindparam("until"), updated_at=bindparam("now"))
)
_RESULT = update(jobs).where(_mine).values(result=bindparam("told"))
_END = (
    update(jobs)
    .where(_mine)
    .values(state=bindparam("how"), result=bindparam("told"), updated_at=bindparam("now"), lease_until=bindparam("later"))
)
_CANCEL = (
    update(jobs)
    .where(_j.id == bindparam("this"), _j.state.in_([WAITING, RUNNING]))
    .values(state=CANCELLED, updated_at=bindparam("now"))
)
_RELEASE = update(jobs).where(_j.state == RUNNING).values(lease_until=0)
_RELEASE_OF = _RELEASE.where(_j.owner == bindparam("of_owner"))
_KEEP = either(lambda insert: insert(files).on_conflict_do_nothing(index_elements=["sha256"]))
_CONTENT = select(files.c.content).where(files.c.sha256 == bindparam("this"))
_OLD = select(_j.id, _j.result, _j.body).where(
    _j.state.in_([DONE, FAILED, CANCELLED]), _j.updated_at < bindparam("before"), _j.result != "{}"
)
_WITH_FILES = select(_j.id, _j.result, _j.body).where(or_(_j.result != "{}", _j.state.in_([WAITING, RUNNING])))
_FORGET = removal(files).where(
    files.c.sha256.in_(bindparam("these", expanding=True)), ~exists().where(evidence.c.sha256 == files.c.sha256)
)
_FORGOTTEN = update(jobs).where(_j.id == bindparam("this")).values(result="{}")
_SPEAK = insert(outbox).returning(outbox.c.id)
_SPOKEN = select(outbox.c.state, outbox.c.message_id).where(outbox.c.id == bindparam("this"))


def add(c: Connection, id: str, person: str, chat: str, kind: str, body: Mapping[str, Any], now: int) -> None:
    """Something to be done; `id` has twelve characters, and its message's buttons carry it."""
    row = {"id": id, "person_id": person, "chat": chat, "kind": kind, "at": now, "updated_at": now}
    c.execute(_ADD, row | {"body": json.dumps(body, ensure_ascii=False)})


def set_buttons(c: Connection, id: str, person: str, actions: Sequence[str], now: int) -> None:
    """What the buttons of a job's message mean, by their place: they stay alive whatever else is on the screen."""
    row = {"id": id, "person_id": person, "kind": "job", "key": f"job:{id}", "due_at": now, "at": now, "state": "sent"}
    told = json.dumps(list(actions))
    c.execute(_BUTTONS[c.dialect.name], row | {"actions": told})
    c.execute(_ACTIONS, {"this": id, "all": told})


def job(c: Connection, id: str) -> Job | None:
    """The job with this id."""
    row = c.execute(_BY_ID, {"this": id}).first()
    return None if row is None else _made(row)


def open_of(c: Connection, person: str) -> list[Job]:
    """What somebody has under way."""
    return [_made(row) for row in c.execute(_OF_PERSON, {"of_person": person})]


def claim(c: Connection, now: int, lease: int = LEASE, owner: str = "") -> Job | None:
    """The oldest job that is due, ours for a while, begun once more."""
    row = c.execute(_CLAIM, {"now": now, "until": now + lease, "me": owner}).first()
    if row is None:
        return None
    taken = _made(row)
    told = {**taken.result, "tries": taken.tries + 1}
    c.execute(_RESULT, {"this": taken.id, "claim": taken.lease, "told": json.dumps(told, ensure_ascii=False)})
    return _made((*row[:9], json.dumps(told), row[10]))


def note(c: Connection, taken: Job, result: Mapping[str, Any]) -> bool:
    """Keep something of a job under way. False when it is no longer ours."""
    told = json.dumps(result, ensure_ascii=False)
    return c.execute(_RESULT, {"this": taken.id, "claim": taken.lease, "told": told}).rowcount == 1


def beat(c: Connection, taken: Job, done: int, total: int, now: int, lease: int = LEASE) -> int | None:
    """A sign of life: how far it is. The new end of the lease; None when it was stopped or taken over."""
    until = now + lease
    values = {"this": taken.id, "claim": taken.lease, "so_far": done, "of_all": total, "until": until, "now": now}
    return until if c.execute(_BEAT, values).rowcount == 1 else None


def end(c: Connection, taken: Job, how: str, result: Mapping[str, Any], now: int, later: int = 0) -> bool:
    """It is done, failed or (WAITING) to be begun again from `later` on. False when it is no longer ours."""
    told = json.dumps(result, ensure_ascii=False)
    values = {"this": taken.id, "claim": taken.lease, "how": how, "told": told, "now": now, "later": later}
    return c.execute(_END, values).rowcount == 1


def cancel(c: Connection, id: str, now: int) -> bool:
    """Stop it. False when it has ended already."""
    return c.execute(_CANCEL, {"this": id, "now": now}).rowcount == 1


def release(c: Connection, owner: str = "") -> int:
    """End every lease, or those of one worker that has died. How many."""
    return c.execute(_RELEASE_OF, {"of_owner": owner}).rowcount if owner else c.execute(_RELEASE).rowcount


def keep(c: Connection, sha256: str, content: bytes, media_type: str, now: int) -> None:
    """Keep what a job made, or works from, until it is forgotten."""
    row = {"sha256": sha256, "size": len(content), "media_type": media_type, "content": content, "at": now}
    c.execute(_KEEP[c.dialect.name], row)


def kept(c: Connection, sha256: str) -> bytes | None:
    """What was kept; None once it is forgotten."""
    content: bytes | None = c.execute(_CONTENT, {"this": sha256}).scalar()
    return content


def forget(c: Connection, before: int) -> int:
    """Forget the files of jobs that ended long ago; what is anybody's evidence stays. How many jobs."""
    old = c.execute(_OLD, {"before": before}).fetchall()
    gone = {id for id, _, _ in old}
    still = {sha for id, result, body in c.execute(_WITH_FILES) if id not in gone for sha in _files(result, body)}
    for id, result, body in old:
        if shas := _files(result, body) - still:  # the same bytes may have been made again since
            c.execute(_FORGET, {"these": sorted(shas)})
        c.execute(_FORGOTTEN, {"this": id})
    return len(old)


def _files(result: str, body: str) -> set[str]:
    told = json.loads(result)
    return {f["sha256"] for f in told.get("files", [])} | {
        sha for part in (told, json.loads(body)) if (sha := part.get("sha256"))
    }


def speak(c: Connection, chat: str, kind: str, body: Mapping[str, Any], now: int) -> int:
    """Put a reply into the outbox; the number of its row."""
    row = {"chat": chat, "kind": kind, "body": json.dumps(body, ensure_ascii=False), "at": now}
    return int(c.execute(_SPEAK, row).scalar_one())


def spoken(c: Connection, row: int) -> tuple[str, int]:
    """What became of a row of the outbox: its state, and the message it became (0 for none yet)."""
    found = c.execute(_SPOKEN, {"this": row}).first()
    return ("", 0) if found is None else (found[0], found[1] or 0)


def _made(row: Any) -> Job:
    id, person, chat, kind, body, state, done, total, lease, result, at = row
    return Job(id, person, chat, kind, json.loads(body), state, done, total, lease, json.loads(result), at)
