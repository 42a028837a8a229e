"""What is needed no longer goes: messages dealt with long ago, paces of quiet chats, links that have run out.

A little at a time, oldest first, so that nobody waits. Not here: deleting what is about a person (personal.py), and old
bytes in the files of the database (purging.py).
"""

from sqlalchemy import Connection, Table, bindparam, delete, select

from dialogs.store.tables import DONE, PARKED, SENT, inbox, links, outbox, paces

DAY = 86_400
KEPT = 9 * DAY  # seconds: Telegram repeats an update for a day; late repetitions of that are still recognised
SET_ASIDE = 30 * DAY  # what could not be handled or delivered stays to be looked at
LINKS = 30 * DAY
QUIET = 3_600
AT_ONCE = 500  # rows of a table in one transaction


def tidy(c: Connection, now: int, at_once: int = AT_ONCE) -> int:
    """Delete a batch of what is old; how many rows went."""
    gone = 0
    for table, done in ((inbox, DONE), (outbox, SENT)):
        gone += _oldest(c, table, [done], now - KEPT, at_once) + _oldest(c, table, [PARKED], now - SET_ASIDE, at_once)
    gone += c.execute(_QUIET, {"before": (now - QUIET) * 1000}).rowcount
    return gone + c.execute(_RUN_OUT, {"before": now - LINKS}).rowcount


_QUIET = delete(paces).where(paces.c.free_at < bindparam("before"))
_RUN_OUT = delete(links).where(links.c.expires_at < bindparam("before"))


def _oldest(c: Connection, table: Table, states: list[object], before: int, most: int) -> int:
    old = select(table.c.id).where(table.c.at < before, table.c.state.in_(states)).order_by(table.c.at).limit(most)
    return c.execute(delete(table).where(table.c.id.in_(old))).rowcount
