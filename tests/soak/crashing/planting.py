"""The bugs planted in a worker's process, by name; what they break is put in the place of the program's own.

Not here: bugs of the shape "it is told before it is so", which the jobs plant where they tell.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, suppress

from sqlalchemy import select, update

import bot.service
from bot.worker import Worker
from dialogs import handling
from dialogs.events import Arrival
from dialogs.office import Office
from dialogs.store import inbox, setback
from dialogs.store.engine import writing
from dialogs.store.statements import Prepared
from dialogs.store.tables import DONE, NEW
from dialogs.store.tables import inbox as table

TWO_TRANSACTIONS = "inbox row and answer in two transactions"
FROM_MEMORY = "a batch taken, then worked off from memory"
ANY_ORDER = "events of one chat taken in any order"
SILENT = "nobody is told that the store is in trouble"
ON_THE_LOOP = "the store is written on the event loop itself"
FAITHFUL = "whatever moment is stored is waited for"
PASSED_OVER = "what cannot be stored is passed over"
EARLY = "confirmed before it is stored"


def plant(bug: str) -> None:
    """In this process, until it dies."""
    if bug == TWO_TRANSACTIONS:
        handling.handle_next = _in_two  # type: ignore[assignment]
    if bug == PASSED_OVER:
        bot.service._receive = _passes_over
    if bug == FAITHFUL:
        setback.mend = lambda *_: 0
    if bug == ON_THE_LOOP:
        bot.service._threads = _no_threads  # type: ignore[assignment]
    if bug == SILENT:
        Worker.owns_up = lambda *_: None  # type: ignore[method-assign]
    if bug == ANY_ORDER:
        inbox._TAKE = _take_any()
    if bug == FROM_MEMORY:
        handling.handle_next = _from_memory  # type: ignore[assignment]


def _in_two(office: Office) -> str | None:
    with writing(office.engine) as c:
        taken = inbox.take(c, office.clock(), office.channel)
    if taken is None:
        return None
    with writing(office.engine) as c:
        handling._handle(c, office, taken)
    return taken.chat


_in_memory: list[inbox.Taken] = []


def _from_memory(office: Office) -> str | None:
    if not _in_memory:
        with writing(office.engine) as c:
            while (taken := inbox.take(c, office.clock(), office.channel)) is not None:
                _in_memory.append(taken)
    if not _in_memory:
        return None
    with writing(office.engine) as c:
        handling._handle(c, office, taken := _in_memory.pop(0))
    return taken.chat


def _take_any() -> Prepared:
    """Whatever waits, the newest first: as a queue that knows no chats."""
    waits = select(table.c.id).where(table.c.state == NEW).order_by(table.c.id.desc()).limit(1)
    columns = (table.c[name] for name in ("id", "channel", "bot", "chat", "person", "body", "at", "attempts"))
    head = waits.with_for_update(skip_locked=True).scalar_subquery()
    return Prepared(update(table).where(table.c.id == head).values(state=DONE).returning(*columns))


@asynccontextmanager
async def _no_threads(name: str, count: int) -> AsyncIterator[Callable[..., Awaitable[object]]]:
    async def at_once(function: Callable[..., object], *arguments: object) -> object:
        await asyncio.sleep(0)
        return function(*arguments)

    yield at_once


def _passes_over(office: Office, arrivals: Sequence[Arrival]) -> None:
    with suppress(Exception), writing(office.engine) as c:
        inbox.receive(c, arrivals, office.clock())
