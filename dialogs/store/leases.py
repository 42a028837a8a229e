"""Leases: what only one worker does at a time, and which workers are alive at all.

Held for a while, renewed while its owner lives, free for anybody afterwards. Not here: who beats, and when (dialogs/beating.py).
"""

from sqlalchemy import Connection, bindparam, delete, or_, select, update

from dialogs.store.statements import Prepared, either
from dialogs.store.tables import leases

CLOCK = "clock"  # no lease, but the latest moment at which anybody was seen alive (setback.py)
ALIVE = "worker:"  # the lease of a worker's own life, by its name

_l = leases.c
_TAKE = Prepared(
    either(
        lambda insert: (
            (taking := insert(leases).values(name=bindparam("of_name"), owner=bindparam("me"), until=bindparam("end")))
            .on_conflict_do_update(
                index_elements=["name"],
                set_={"owner": taking.excluded.owner, "until": taking.excluded.until},
                where=or_(_l.owner == taking.excluded.owner, _l.until <= bindparam("now")),
            )
            .returning(leases.c.owner)
        )
    )
)
_FREE = delete(leases).where(_l.name == bindparam("of_name"), _l.owner == bindparam("me"))
_FREE_ALL = delete(leases).where(_l.owner == bindparam("me"))
_RENEW = update(leases).where(_l.owner == bindparam("me"), _l.until > bindparam("now")).values(until=bindparam("end"))
_DEAD = select(_l.owner).where(_l.name.startswith(ALIVE), _l.until <= bindparam("now")).order_by(_l.owner)
_BURY = delete(leases).where(_l.name == bindparam("of_name"), _l.until <= bindparam("now"))
_HELD = select(_l.name, _l.owner, _l.until).where(_l.name != CLOCK).order_by(_l.name)


def take(c: Connection, name: str, me: str, now: int, seconds: int) -> bool:
    """Take or renew a lease; False while somebody else holds it."""
    row = _TAKE.run(c, {"of_name": name, "me": me, "end": now + seconds, "now": now}).fetchone()
    return row is not None


def renew(c: Connection, me: str, now: int, seconds: int) -> None:
    """A worker lives on, and so does everything it holds that nobody has taken meanwhile."""
    take(c, ALIVE + me, me, now, seconds)
    c.execute(_RENEW, {"me": me, "now": now, "end": now + seconds})


def free(c: Connection, name: str, me: str) -> None:
    """Let go of a lease, if it is ours."""
    c.execute(_FREE, {"of_name": name, "me": me})


def free_all(c: Connection, me: str) -> None:
    """Let go of everything, one's own life included."""
    c.execute(_FREE_ALL, {"me": me})


def dead(c: Connection, now: int) -> tuple[str, ...]:
    """The workers that have shown no sign of life in time."""
    return tuple(c.execute(_DEAD, {"now": now}).scalars())


def bury(c: Connection, worker: str, now: int) -> bool:
    """Strike a dead worker off; False when it has come back, or somebody else has done it."""
    return c.execute(_BURY, {"of_name": ALIVE + worker, "now": now}).rowcount == 1


def held(c: Connection) -> tuple[tuple[str, str, int], ...]:
    """Every lease: name, owner, until."""
    return tuple((name, owner, until) for name, owner, until in c.execute(_HELD))
