"""The worker of a serving process: events out of the inbox one by one, beside polling and delivery.

All writing goes through one thread, because SQLite has one writer and a waiting event loop serves nobody.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from bot.clock import Clock
from bot.delivery import Apologise, Delivery
from bot.errands import Errands
from bot.jobs import Jobs
from bot.pace import Pace
from bot.telegram.channel import TelegramChannel
from bot.telegram.connection import make_bot
from bot.telegram.files import fetch
from bot.telegram.introduction import learn_name
from bot.telegram.polling import poll
from bot.waiting import first_of
from dialogs.events import Arrival
from dialogs.handling import Trouble, handle_next
from dialogs.office import Office
from dialogs.outgoing import take_over
from dialogs.replies import Message
from dialogs.store import inbox, office_settings
from dialogs.store.engine import reading, writing
from scoring.errors import ZipingError
from templates.messages import message

log = logging.getLogger(__name__)

TROUBLE_PAUSE = 3  # seconds before the store is tried again
IDLE = 1.0  # seconds between looks at the inbox when nobody calls


class Worker:
    """Handles events until told to stop; `wake` is set when new ones have been stored."""

    def __init__(self, office: Office, in_thread: Callable[..., Awaitable[object]], apologise: Apologise) -> None:
        self.office = office
        self.in_thread = in_thread
        self.apologise = apologise
        self.wake = asyncio.Event()
        self.told: set[str] = set()  # chats that know of the trouble of the moment

    async def run(self, stop: asyncio.Event, handled: Callable[[], None]) -> None:
        """`handled` is called after each event, so that delivery need not wait."""
        while not stop.is_set():
            try:
                chat = await self.in_thread(handle_next, self.office)
            except Trouble as trouble:
                log.error("the store cannot be written just now; the event waits in the inbox")
                if trouble.chat not in self.told:  # once, not at every try
                    self.told.add(trouble.chat)
                    await self.apologise(trouble.chat, message("store_trouble"))
                await self._pause(stop, TROUBLE_PAUSE)
                continue
            self.told.clear()
            if chat is None:
                await self._pause(stop, IDLE)
            else:
                handled()

    async def _pause(self, stop: asyncio.Event, seconds: float) -> None:
        await first_of(self.wake, stop, seconds=seconds)
        self.wake.clear()


async def serve(office: Office, address: tuple[str, str, str], pace: Pace, stop: asyncio.Event) -> None:
    """Poll, work and deliver until `stop`. What is in hand then is finished, what is not stays in the store.

    `address` is the bot's token, the base of a local Bot API server (or empty), and a proxy (or empty).
    """
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="store") as thread:

        async def in_thread(function: Callable[..., object], *arguments: object) -> object:
            return await loop.run_in_executor(thread, partial(function, *arguments))

        async with make_bot(*address) as line:
            channel = TelegramChannel(line.bot)

            async def apologise(chat: str, text: str) -> None:
                if chat:
                    await channel.try_to_say(chat, Message(text))

            delivery = Delivery(office, channel.carry_out, apologise, in_thread, pace)
            worker = Worker(office, in_thread, apologise)
            clock = Clock(office, in_thread, delivery.wake.set)

            def to_say() -> None:
                delivery.wake.set()
                clock.look.set()

            errands = Errands(office, partial(fetch, line.bot), in_thread, to_say)
            jobs = Jobs(office, partial(fetch, line.bot), in_thread, to_say)

            def handled() -> None:
                to_say()
                errands.wake.set()
                jobs.wake.set()

            async def receive(arrivals: Sequence[Arrival]) -> None:
                await in_thread(_receive, office, arrivals)
                worker.wake.set()

            await in_thread(take_over, office)
            await in_thread(_tell_if_paused, office)
            log.info("serving")
            try:
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(poll(line, receive, stop))
                    tasks.create_task(worker.run(stop, handled))
                    tasks.create_task(delivery.run(stop))
                    tasks.create_task(clock.run(stop))
                    tasks.create_task(errands.run(stop))
                    tasks.create_task(jobs.run(stop))
                    tasks.create_task(learn_name(line, partial(in_thread, _keep_name, office), stop))
            except* ZipingError as told:
                raise told.exceptions[0] from None
    log.info("stopped")


def _tell_if_paused(office: Office) -> None:
    with reading(office.engine) as c:
        why = office_settings.get(c, office_settings.PAUSED)
    if why:
        log.warning("reminders are paused (%s); `ziping admin resume` lets them go on", why)


def _keep_name(office: Office, name: str) -> None:
    with writing(office.engine) as c:
        office_settings.put(c, office_settings.BOT_NAME, name)


def _receive(office: Office, arrivals: Sequence[Arrival]) -> None:
    with writing(office.engine) as c:
        inbox.receive(c, arrivals, office.clock())
