"""The heart of a serving process: a beat every few seconds, by the database's clock where several machines share one.

Not here: what a beat says and frees (dialogs/beating.py).
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from bot import counting
from bot.storeclock import StoreClock
from bot.waiting import first_of
from dialogs.beating import beat, leave, tidy
from dialogs.office import Office

log = logging.getLogger(__name__)

BETWEEN = 3.0  # seconds between two beats


class Heart:
    """Beats until told to stop. `in_thread` runs blocking store work off the event loop; `last` is when it last could."""

    def __init__(self, office: Office, clock: StoreClock, in_thread: Callable[..., Awaitable[object]]) -> None:
        self.office = office
        self.clock = clock
        self.in_thread = in_thread
        self.last = time.monotonic()

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set; then its leases are freed."""
        while not stop.is_set():
            try:
                await self.in_thread(self.clock.set, self.office.engine)
                await self.in_thread(beat, self.office)
                await self.in_thread(tidy, self.office)
                self.last = time.monotonic()
            except Exception:  # the store is in trouble; whoever reaches it frees what we hold
                counting.erred("heart")
                log.exception("no sign of life could be given")
            await first_of(stop, seconds=BETWEEN)

    async def end(self) -> None:
        """The last beat."""
        try:
            await self.in_thread(leave, self.office)
        except Exception:
            log.exception("leases could not be freed; they run out by themselves")
