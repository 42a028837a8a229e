"""The clock of reminders, beside worker and delivery: every little while, what is due is collected and sent on its way.

Each step is one short transaction, and the events of fillers go on in between. Not here: what is due (dialogs/reminding).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot import counting
from bot.waiting import first_of
from dialogs.office import Office
from dialogs.reminding.ticking import Ticked, tick

log = logging.getLogger(__name__)

PAUSE = 5.0  # seconds between looks at what is due
BUSY = 1.0  # seconds while more waits than the outbox may hold, and after an event that may have had something said


class Clock:
    """Ticks until told to stop. `in_thread` runs blocking store work off the event loop; `wake` is called for delivery.

    `look` is set when an event was handled: what it has said to somebody else need not wait.
    """

    def __init__(self, office: Office, in_thread: Callable[..., Awaitable[object]], wake: Callable[[], None]) -> None:
        self.office = office
        self.in_thread = in_thread
        self.wake = wake
        self.look = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set; the step at hand is finished."""
        while not stop.is_set():
            try:
                seconds = await self.turn()
            except Exception:  # the store is in trouble; what is due stays due
                counting.erred("clock")
                log.exception("reminders could not be looked at; they wait")
                seconds = PAUSE
            if seconds:
                await first_of(stop, seconds=min(seconds, BUSY))
            if seconds > BUSY and not stop.is_set():
                await first_of(stop, self.look, seconds=seconds - BUSY)
            self.look.clear()

    async def turn(self) -> float:
        """One step; how long to wait before the next one."""
        done = await self.in_thread(tick, self.office)
        assert isinstance(done, Ticked)
        counting.reminded(done.queued)
        if done.queued:
            self.wake()
        return 0 if done.more else BUSY if done.queued else PAUSE
