"""A serving process: receiving, the worker, delivery, the clock, errands, jobs and the heart, side by side until told to stop.

Several of them may run over one PostgreSQL; one that dies is replaced by the others. Not here: any of these parts.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from bot import counting
from bot.alone import alone
from bot.clock import Clock
from bot.delivery import Delivery
from bot.errands import Errands
from bot.heart import Heart
from bot.jobs import Jobs
from bot.storeclock import StoreClock
from bot.telegram.channel import TelegramChannel
from bot.telegram.connection import make_bot
from bot.telegram.files import fetch
from bot.telegram.introduction import learn_name
from bot.telegram.polling import poll
from bot.telegram.receiving import announce
from bot.waiting import until
from bot.web.doors import Doors, open_doors
from bot.web.pages import Pages
from bot.worker import Worker
from dialogs.beating import beat, hold_polling
from dialogs.events import Arrival
from dialogs.office import Office
from dialogs.outgoing import take_over
from dialogs.replies import Message
from dialogs.store import home, inbox, office_settings
from dialogs.store.engine import writing
from scoring.errors import ZipingError

log = logging.getLogger(__name__)

LAST_WORDS = 9.0  # seconds after which nothing in hand is waited for any longer when told to stop
HANDS = 3  # events in hand at once, where the store has several writers
InThread = Callable[..., Awaitable[object]]


@dataclass(frozen=True)
class Address:
    """How Telegram is reached: the bot's token, the base of a local Bot API server (or empty), a proxy (or empty)."""

    token: str
    api_base: str = ""
    proxy: str = ""

    @property
    def bot(self) -> str:
        """The bot's number, which is no secret."""
        return self.token.partition(":")[0]


async def serve(office: Office, clock: StoreClock, address: Address, doors: Doors, stop: asyncio.Event) -> None:
    """Receive, work and deliver until `stop`. What is in hand then is finished, what is not stays in the store."""
    several = office.engine.dialect.name == "postgresql"
    with alone(office.engine):
        async with (
            _threads("store", HANDS + 2 if several else 1) as in_thread,
            _threads("drafting", 1) as aside,
            make_bot(address.token, address.api_base, address.proxy) as line,
        ):
            channel = TelegramChannel(line.bot)

            async def apologise(chat: str, text: str) -> None:
                if chat:
                    await channel.try_to_say(chat, Message(text))

            delivery = Delivery(office, channel.carry_out, apologise, in_thread, aside)
            worker = Worker(office, in_thread, apologise, HANDS if several else 1)
            ticking = Clock(office, in_thread, delivery.wake.set)
            heart = Heart(office, clock, in_thread)

            def to_say() -> None:
                delivery.wake.set()
                ticking.look.set()

            errands = Errands(office, partial(fetch, line.bot), in_thread, to_say)
            jobs = Jobs(office, partial(fetch, line.bot), in_thread, to_say)

            def handled() -> None:
                to_say()
                errands.wake.set()
                jobs.wake.set()

            pages = Pages(office, in_thread, handled)

            async def receive(arrivals: Sequence[Arrival]) -> None:
                try:
                    await in_thread(_receive, office, arrivals)
                except Exception:  # not confirmed, so it comes again; whoever wrote need not wait in silence
                    worker.owns_up(sorted({a.chat for a in arrivals if a.chat == a.person}))
                    raise
                worker.wake.set()

            await in_thread(beat, office)  # before anything is taken: nobody would miss a worker that was never heard of
            await in_thread(take_over, office)
            await in_thread(_tell_if_paused, office)
            log.info("worker %s is serving", office.worker)

            async def all_of_it() -> None:
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(heart.run(stop))
                    tasks.create_task(open_doors(doors, office, address.bot, receive, pages.routes(), stop))
                    if doors.webhook_url:
                        tasks.create_task(announce(line, doors.webhook_url, doors.webhook_secret, stop))
                    else:
                        ours = partial(in_thread, hold_polling, office, address.bot)
                        tasks.create_task(poll(line, receive, ours, stop))
                    tasks.create_task(worker.run(stop, handled))
                    tasks.create_task(delivery.run(stop))
                    tasks.create_task(ticking.run(stop))
                    tasks.create_task(errands.run(stop))
                    tasks.create_task(jobs.run(stop))
                    tasks.create_task(learn_name(line, partial(in_thread, _keep_name, office), stop))

            try:
                await until(stop, all_of_it(), LAST_WORDS)
            except* ZipingError as told:
                raise told.exceptions[0] from None
            finally:
                await heart.end()
    log.info("worker %s has stopped", office.worker)


@asynccontextmanager
async def _threads(name: str, count: int) -> AsyncIterator[InThread]:
    """A function that runs others in threads of their own, off the event loop."""
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(max_workers=count, thread_name_prefix=name) as threads:

        async def in_thread(function: Callable[..., object], *arguments: object) -> object:
            return await loop.run_in_executor(threads, partial(function, *arguments))

        yield in_thread


def _tell_if_paused(office: Office) -> None:
    """A store that was brought here from elsewhere is paused first."""
    with writing(office.engine) as c:
        home.settle(c)
        why = office_settings.get(c, office_settings.PAUSED)
    if why:
        log.warning("reminders are paused (%s); `ziping admin resume` lets them go on", why)


def _keep_name(office: Office, name: str) -> None:
    with writing(office.engine) as c:
        office_settings.put(c, office_settings.BOT_NAME, name)


def _receive(office: Office, arrivals: Sequence[Arrival]) -> None:
    with writing(office.engine) as c:
        counting.received(inbox.receive(c, arrivals, office.clock()))
