"""A clock that was set back: whatever was put off by the clock as it was before is put off by the clock as it is now.

Otherwise a message that had to wait for a second would wait for as long as the clock went back. The row `clock` of the leases
keeps the latest moment at which anybody was seen alive. Not here: what is due on a date — that is what the calendar says.
"""

from sqlalchemy import BigInteger, Connection, bindparam, select, update

from dialogs.store.leases import CLOCK
from dialogs.store.statements import either
from dialogs.store.tables import NEW, SENDING, evidence, inbox, jobs, leases, outbox, paces
from dialogs.store.tables.review import FETCHING

SLACK = 5  # seconds that clocks of several machines may differ

_SEEN = select(leases.c.until).where(leases.c.name == CLOCK).with_for_update()
_SEE = either(
    lambda insert: (seeing := insert(leases).values(name=CLOCK, owner="", until=bindparam("now"))).on_conflict_do_update(
        index_elements=["name"], set_={"until": seeing.excluded.until}
    )
)
_LATER = tuple(
    update(column.table)
    .where(*which, column > bindparam(f"now_{unit}", type_=BigInteger))
    .values({column: column - bindparam(f"back_{unit}", type_=BigInteger)})
    for column, unit, which in (
        (paces.c.free_at, "millis", ()),
        (inbox.c.not_before, "seconds", (inbox.c.state == NEW,)),
        (outbox.c.not_before, "seconds", (outbox.c.state == NEW,)),
        (outbox.c.lease_until, "seconds", (outbox.c.state == SENDING,)),
        (evidence.c.not_before, "seconds", (evidence.c.state == FETCHING,)),
        (jobs.c.lease_until, "seconds", ()),
        (leases.c.until, "seconds", (leases.c.name != CLOCK,)),
    )
)


def mend(c: Connection, now: int) -> int:
    """How many seconds the clock has gone back since anybody was last seen alive; what waits then waits no longer for it.
    Of several workers the first to notice does it."""
    seen: int = c.execute(_SEEN).scalar() or now
    c.execute(_SEE[c.dialect.name], {"now": now})
    if seen - now <= SLACK:
        return 0
    back = seen - now
    seconds, millis = {"now_seconds": now, "back_seconds": back}, {"now_millis": 1000 * now, "back_millis": 1000 * back}
    for later in _LATER:
        c.execute(later, millis if later.table is paces else seconds)
    return back
