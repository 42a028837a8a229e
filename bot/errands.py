"""Errands of a serving process: files people sent are fetched, looked at and kept; then their senders are told.

Off the conversation's path: nobody waits for a download. Not here: what may be kept (dialogs/evidence).
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot import counting
from bot.outcomes import Refused, TryAgain, Wait
from bot.waiting import first_of
from dialogs.evidence import fetching
from dialogs.evidence.inspecting import LARGEST
from dialogs.office import Office
from dialogs.store.evidence import Errand
from dialogs.surveying.closing import close_due

log = logging.getLogger(__name__)

Fetch = Callable[[str, int], Awaitable[bytes]]  # (reference, most bytes) → the bytes; raises Wait, TryAgain or Refused
InThread = Callable[..., Awaitable[object]]

IDLE = 1.0  # seconds between looks when nobody calls
REST = 0.2  # seconds between two looks in vain, however often somebody calls: every answer does, and few send files
CLOSING = 30  # looks between surveys that may be due


class Errands:
    """Runs errands until told to stop. `told` is called when something was put into the outbox."""

    def __init__(self, office: Office, fetch: Fetch, in_thread: InThread, told: Callable[[], None], hands: int = 2) -> None:
        self.office = office
        self.fetch = fetch
        self.in_thread = in_thread
        self.told = told
        self.hands = hands
        self.wake = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set; a file in hand is finished."""
        async with asyncio.TaskGroup() as tasks:
            for _ in range(self.hands):
                tasks.create_task(self._again_and_again(self.fetch_one, stop))
            tasks.create_task(self._again_and_again(self.tell_one, stop))
            tasks.create_task(self._again_and_again(self.close_one, stop, idle=CLOSING * IDLE, called=False))

    async def _again_and_again(
        self, work: Callable[[], Awaitable[bool]], stop: asyncio.Event, idle: float = IDLE, *, called: bool = True
    ) -> None:
        while not stop.is_set():
            try:
                busy = await work()
            except Exception:  # the store is in trouble, or a defect: rows stay where they are and are tried again
                counting.erred("errands")
                log.exception("an errand failed")
                busy = False
            if not busy:
                self.wake.clear()
                await first_of(stop, seconds=REST)
                await first_of(*([self.wake] if called else []), stop, seconds=idle - REST)

    async def fetch_one(self) -> bool:
        """Fetch and keep the next file; False when there is none."""
        errand = await self.in_thread(fetching.claim, self.office)
        if not isinstance(errand, Errand):
            return False
        try:
            content = await self.fetch(errand.source, LARGEST)
        except Wait as e:
            await self.in_thread(fetching.later, self.office, errand, e.seconds)
        except TryAgain:
            await self.in_thread(fetching.later, self.office, errand)
        except Refused as e:
            await self.in_thread(fetching.refuse, self.office, errand, str(e))
        else:
            found = await asyncio.to_thread(fetching.look_at, content, errand.name)
            await self.in_thread(fetching.keep, self.office, errand, content, found)
        return True

    async def tell_one(self) -> bool:
        """Tell one chat what became of its files; False when there is nothing to tell."""
        told = bool(await self.in_thread(fetching.tell, self.office))
        if told:
            self.told()
        return told

    async def close_one(self) -> bool:
        """Close the surveys whose last day is over."""
        if await self.in_thread(close_due, self.office):
            self.told()
        return False
