"""How the store is, for those who watch over it: what waits and for how long, what was set aside, who is alive.

Cheap however much is stored: only what waits or was set aside is looked at, by indexes that hold nothing else. Not here:
what is done about it.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, and_, bindparam, case, func, select
from sqlalchemy.exc import SQLAlchemyError

from dialogs.store.engine import reading
from dialogs.store.errors import SchemaTooNew, StoreError
from dialogs.store.jobs import RUNNING
from dialogs.store.jobs import WAITING as WANTED
from dialogs.store.leases import CLOCK
from dialogs.store.outbox import BLOCKED
from dialogs.store.schema import check_schema
from dialogs.store.tables import NEW, PARKED, SENDING, inbox, jobs, leases, outbox

LANES = {0: "reply", 1: "notice"}


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in a queue. `oldest`: for how many seconds the one that has been due longest."""

    count: int = 0
    oldest: int = 0


@dataclass(frozen=True, slots=True)
class Condition:
    """The store at one moment. `blocked`: replies among the waiting ones for people who have blocked the bot."""

    inbox: Waiting
    inbox_parked: int
    outbox: Mapping[str, Waiting]
    outbox_parked: int
    blocked: int
    jobs: Mapping[str, int]
    leases: Mapping[str, int]  # name → seconds until it ends; below zero when it has


def condition(c: Connection, now: int) -> Condition:
    """How the store is."""
    moment = {"now": now}
    count, since = c.execute(_INBOX, moment).one()
    lanes = {name: Waiting() for name in LANES.values()}
    blocked = 0
    for lane, number, due, of_blocked in c.execute(_OUTBOX, moment):
        lanes[LANES[lane]] = Waiting(number, _age(now, due))
        blocked += of_blocked
    works = {WANTED: 0, RUNNING: 0}
    for state, number in c.execute(_JOBS):
        works[state] = number
    return Condition(
        Waiting(count, _age(now, since)),
        c.execute(_INBOX_PARKED).scalar_one(),
        lanes,
        c.execute(_OUTBOX_PARKED).scalar_one(),
        blocked,
        works,
        {name: until - now for name, until in c.execute(_LEASES)},
    )


def missing(engine: Engine, beat: str, now: int) -> tuple[str, ...]:
    """What a worker cannot do without and does not have: the `store`, its `schema`, its own `beat`, the lease of that name.

    A beat is written every few seconds: without one, the store can be read and yet not be written, or the worker hangs.
    """
    try:
        with reading(engine) as c:
            with suppress(SchemaTooNew):  # upgraded under us: we go on until it is our turn to be replaced
                check_schema(c)
            until = c.execute(_LEASE, {"of_name": beat}).scalar()
    except StoreError:
        return ("schema",)
    except SQLAlchemyError:
        return ("store",)
    return () if until is not None and until > now else ("beat",)


def folder_of(engine: Engine) -> Path | None:
    """Where the database's file lies; None when another machine keeps it."""
    file = engine.url.database
    return Path(file).resolve().parent if engine.dialect.name == "sqlite" and file else None


def _age(now: int, since: int | None) -> int:
    return 0 if since is None else max(0, now - since)


# Due since: when it came, or the moment before which it must not be tried again; nothing while that is still to come.
_inbox_due = case(
    (inbox.c.not_before > bindparam("now"), None), (inbox.c.not_before > inbox.c.at, inbox.c.not_before), else_=inbox.c.at
)
_INBOX = select(func.count(), func.min(_inbox_due)).where(inbox.c.state == NEW)
_INBOX_PARKED = select(func.count()).select_from(inbox).where(inbox.c.state == PARKED)
_outbox_due = case(
    (and_(outbox.c.state == NEW, outbox.c.not_before > bindparam("now")), None),
    (and_(outbox.c.state == NEW, outbox.c.not_before > outbox.c.at), outbox.c.not_before),
    else_=outbox.c.at,
)
_OUTBOX = (
    select(outbox.c.lane, func.count(), func.min(_outbox_due), func.sum(case((outbox.c.error == BLOCKED, 1), else_=0)))
    .where(outbox.c.state.in_([NEW, SENDING]))
    .group_by(outbox.c.lane)
)
_OUTBOX_PARKED = select(func.count()).select_from(outbox).where(outbox.c.state == PARKED)
_JOBS = select(jobs.c.state, func.count()).where(jobs.c.state.in_([WANTED, RUNNING])).group_by(jobs.c.state)
_LEASES = select(leases.c.name, leases.c.until).where(leases.c.name != CLOCK)
_LEASE = select(leases.c.until).where(leases.c.name == bindparam("of_name"))
