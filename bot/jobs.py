"""Work that takes a while, in a serving process: one piece at a time, in a thread of its own beside the conversation.

Not here: the work (dialogs/bureau), or what is said of it.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot import counting
from bot.outcomes import Refused, TryAgain, Wait
from bot.waiting import first_of
from dialogs.bureau import working
from dialogs.bureau.sheets import LARGEST
from dialogs.office import Office
from dialogs.store.jobs import Job

log = logging.getLogger(__name__)

Fetch = Callable[[str, int], Awaitable[bytes]]  # (reference, most bytes) → the bytes; raises Wait, TryAgain or Refused
InThread = Callable[..., Awaitable[object]]

IDLE = 2.0  # seconds between looks when nobody calls
REST = 0.2  # seconds between two looks in vain, however often somebody calls: every answer does
PATIENCE = 4  # tries to fetch a file
PAUSE = 2  # seconds between them, where the channel names none
TIDYING = 900  # looks between two tidyings
REFUSED = {"too_big": "这个文件太大了，请只留名单那一页再发。", "gone": "文件取不到了，请再发一次。"}


class Jobs:
    """Runs work until told to stop; what is at hand then is given back, to be begun again. `told` is called when
    something may have been put into the outbox."""

    def __init__(self, office: Office, fetch: Fetch, in_thread: InThread, told: Callable[[], None]) -> None:
        self.office = office
        self.fetch = fetch
        self.in_thread = in_thread
        self.told = told
        self.wake = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set."""
        await self.in_thread(working.take_over, self.office)
        looks = 0
        while not stop.is_set():
            try:
                busy = await self.work_one(stop)
                if looks % TIDYING == 0:
                    await self.in_thread(working.tidy, self.office)
            except Exception:  # the store is in trouble: what is wanted stays wanted
                counting.erred("jobs")
                log.exception("work could not be looked at; it waits")
                busy = False
            looks += 1
            if not busy:
                self.wake.clear()
                await first_of(stop, seconds=REST)
                await first_of(self.wake, stop, seconds=IDLE - REST)

    async def work_one(self, stop: asyncio.Event) -> bool:
        """The next piece of work, to its end; False when there is none."""
        job = await self.in_thread(working.claim, self.office)
        self.told()
        if not isinstance(job, Job):
            return False
        if working.wants_file(job):
            fetched = await self._fetched(job)
            if fetched is None:
                self.told()
                return True
            job = fetched
        work = asyncio.create_task(asyncio.to_thread(working.work, self.office, job, stop.is_set))
        while not work.done():
            await asyncio.wait([work], timeout=1)
            self.told()
        await work
        self.told()
        return True

    async def _fetched(self, job: Job) -> Job | None:
        """The job with its file; None when that cannot be had."""
        for _ in range(PATIENCE):
            try:
                content = await self.fetch(str(job.body["source"]), LARGEST)
            except (Wait, TryAgain) as e:
                await asyncio.sleep(e.seconds if isinstance(e, Wait) else PAUSE)
                continue
            except Refused as e:
                await self.in_thread(working.unfetched, self.office, job, REFUSED.get(str(e), REFUSED["gone"]))
                return None
            kept = await self.in_thread(working.fetched, self.office, job, content)
            assert isinstance(kept, Job)
            return kept
        await self.in_thread(working.unfetched, self.office, job, REFUSED["gone"])
        return None
