"""The worker of a serving process: events out of the inbox one by one, beside polling and delivery.

On SQLite all writing goes through one thread, because it has one writer; on PostgreSQL several events are in hand at
once, of different chats. Not here: the process around it (service.py).
"""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Iterable

from bot import counting
from bot.delivery import Apologise
from bot.waiting import first_of
from dialogs.handling import Handled, Trouble, handle
from dialogs.office import Office
from templates.messages import message

log = logging.getLogger(__name__)

TROUBLE_PAUSE = 3  # seconds before the store is tried again
IDLE = 1.0  # seconds between looks at the inbox when nobody calls
AT_ONCE = 4  # events handled before replies to the first of them may leave


class Worker:
    """Handles events until told to stop; `wake` is set when new ones have been stored."""

    def __init__(self, office: Office, in_thread: Callable[..., Awaitable[object]], apologise: Apologise, hands: int = 1) -> None:
        self.office = office
        self.in_thread = in_thread
        self.apologise = apologise
        self.hands = hands
        self.wake = asyncio.Event()
        self.told: set[str] = set()  # chats that know of the trouble of the moment
        self.telling: set[asyncio.Future[None]] = set()

    async def run(self, stop: asyncio.Event, handled: Callable[[], None]) -> None:
        """`handled` is called after each few events, so that delivery need not wait."""
        async with asyncio.TaskGroup() as hands:
            for _ in range(self.hands):
                hands.create_task(self._work(stop, handled))

    async def _work(self, stop: asyncio.Event, handled: Callable[[], None]) -> None:
        lately: frozenset[str] = frozenset()
        while not stop.is_set():
            began = time.perf_counter()
            try:
                some = await self.in_thread(self._some, lately)
                assert isinstance(some, list)
            except Trouble as trouble:
                counting.handled("trouble", time.perf_counter() - began)
                log.error("the store cannot be written just now; the event waits in the inbox")
                self.owns_up((trouble.chat,))
                await self._pause(stop, TROUBLE_PAUSE)
                continue
            lately = frozenset(done.chat for done, _ in some)
            for done, seconds in some:
                counting.handled(done.how, seconds, done.answers)
            if some:
                self.told.clear()
                handled()
            else:
                await self._pause(stop, IDLE)

    def _some(self, lately: frozenset[str]) -> list[tuple[Handled, float]]:
        """A few events, one transaction each, with the seconds each has taken: under load the way from this thread to the
        loop and back costs as much as an event's own writing. In trouble, what was handled before it counts.

        Not several of one chat, nor of one heard just before (`lately`): its replies leave one by one, and whoever types
        ahead would have more unread than they could ever read."""
        some: list[tuple[Handled, float]] = []
        while len(some) < AT_ONCE:
            began = time.perf_counter()
            try:
                done = handle(self.office)
            except Trouble:
                if some:
                    break
                raise
            if done is None:
                break
            some.append((done, time.perf_counter() - began))
            if done.chat in lately:
                break
            lately |= {done.chat}
        return some

    def owns_up(self, chats: Iterable[str]) -> None:
        """Tell the people of these chats that the store is in trouble: once, not at every try; nobody waits for it."""
        for chat in chats:
            if chat and chat not in self.told:
                self.told.add(chat)
                telling = asyncio.ensure_future(self.apologise(chat, message("store_trouble")))
                self.telling.add(telling)
                telling.add_done_callback(self.telling.discard)

    async def _pause(self, stop: asyncio.Event, seconds: float) -> None:
        await first_of(self.wake, stop, seconds=seconds)
        self.wake.clear()
