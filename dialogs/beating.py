"""The heartbeat of a worker over the common store: it says that it lives, and frees what the dead had in their hands.

Killed at any instant, a worker is replaced within seconds by whoever beats next. Not here: how often (bot/heart.py).
"""

import logging

from sqlalchemy import Connection

from dialogs.office import Office
from dialogs.store import evidence, jobs, leases, outbox, retention, setback
from dialogs.store.engine import writing

log = logging.getLogger(__name__)

LIFE = 15  # seconds after its last beat that a worker counts as dead
POLLING = "poll:"  # the lease of whoever polls for a bot
TIDYING, BETWEEN = "tidy", 600  # the lease of clearing up, which nobody frees: its end says when it is time again


def beat(office: Office) -> tuple[str, ...]:
    """Say that this worker lives; the dead that were found and whose work is free now."""
    now = office.clock()
    with writing(office.engine) as c:
        back = setback.mend(c, now)
        leases.renew(c, office.worker, now, LIFE)
        dead = tuple(worker for worker in leases.dead(c, now) if leases.bury(c, worker, now))
        for worker in dead:
            _free(c, worker, now)
    if back:
        log.warning("the clock has been set back by %d s; what waited waits no longer for it", back)
    for worker in dead:
        log.warning("worker %s has died; what it had in hand is free", worker)
    return dead


def hold_polling(office: Office, bot: str) -> bool:
    """Be the one worker that polls for this bot, or stay it."""
    with writing(office.engine) as c:
        return leases.take(c, POLLING + bot, office.worker, office.clock(), LIFE)


def leave(office: Office) -> None:
    """A polite end: nobody has to wait until this worker counts as dead."""
    with writing(office.engine) as c:
        leases.free_all(c, office.worker)
        _free(c, office.worker, office.clock())


def tidy(office: Office) -> int:
    """Clear up a little, if it is time; how many rows went."""
    now = office.clock()
    with writing(office.engine) as c:
        if not leases.take(c, TIDYING, f"{office.worker}@{now}", now, BETWEEN):
            return 0
        gone = retention.tidy(c, now)
        if gone >= retention.AT_ONCE:
            leases.free(c, TIDYING, f"{office.worker}@{now}")  # there is more
        return gone


def _free(c: Connection, worker: str, now: int) -> None:
    outbox.release(c, now, worker)
    evidence.release(c, now, worker)
    jobs.release(c, worker)
