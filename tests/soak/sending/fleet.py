"""Workers over one store that carry what is in its outbox: real delivery, channel and beats; any may die at any wait.

Not here: the Bot API they meet (messenger.py), and what must hold (the proofs).
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random

from sqlalchemy import func, select
from telegram import Bot

from bot.delivery import Delivery
from bot.telegram.channel import TelegramChannel
from dialogs.beating import beat
from dialogs.office import Office
from dialogs.replies import Message, to_data
from dialogs.store import outbox
from dialogs.store.engine import Engine, reading, writing
from dialogs.store.paces import Limits
from dialogs.store.tables import outbox as rows
from tests.soak.sending.messenger import Messenger, Wire

BEGAN = 1_780_000_000  # UTC epoch seconds at the loop's 0
TOKEN = "1:" + "x" * 35


@contextmanager
def unheard() -> Iterator[None]:
    """Thousands of planned failures are nothing to log; afterwards everything is as it was."""
    loggers = [logging.getLogger(name) for name in ("bot", "dialogs")]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, before, strict=True):
            logger.setLevel(level)


class Fleet:
    """Workers that come and go; `says` puts something into the outbox."""

    def __init__(self, engine: Engine, messenger: Messenger, limits: Limits | None, size: int) -> None:
        self.engine, self.messenger, self.limits, self.size = engine, messenger, limits, size
        self.stop = asyncio.Event()
        self.crews: list[list[asyncio.Task[None]]] = []
        self.deaths = 0
        self.hired = 0
        self.asked: dict[str, float] = {}  # when a text was put into the outbox

    def now(self) -> float:
        return asyncio.get_running_loop().time()

    def hire(self) -> None:
        """One more worker."""
        self.hired += 1
        millis = self._millis()
        office = Office(
            self.engine,
            lambda: millis() // 1000,
            lambda: "id",
            {"telegram": lambda _, __: None},
            (),
            worker=f"w{self.hired}",
            limits=self.limits,
            precise=millis,
        )
        wire = Wire(self.messenger)
        channel = TelegramChannel(Bot(TOKEN, request=wire, get_updates_request=wire))
        delivery = Delivery(office, channel.carry_out, _apologise, _at_once)
        self.crews.append([asyncio.create_task(delivery.run(self.stop)), asyncio.create_task(self._beats(office))])

    def _millis(self) -> Callable[[], int]:
        loop = asyncio.get_running_loop()
        return lambda: round(1000 * (BEGAN + loop.time()))

    async def _beats(self, office: Office) -> None:
        while True:
            beat(office)
            await asyncio.sleep(3)

    async def loses_one(self, chance: Random) -> None:
        """A worker dies where it stands, whatever it was waiting for; another one is hired."""
        crew = self.crews.pop(chance.randrange(len(self.crews)))
        for task in crew:
            task.cancel()
        for task in [t for t in asyncio.all_tasks() if t.get_coro().__qualname__ == "Delivery._carry_away" and _of(t, crew)]:
            task.cancel()
        await asyncio.gather(*crew, return_exceptions=True)
        self.deaths += 1
        self.hire()

    def says(self, chat: int, *texts: str, unasked: bool = False) -> None:
        """Texts in a chat; each is told apart from all others."""
        with writing(self.engine) as c:
            outbox.enqueue(c, f"telegram:{chat}", None, [to_data(Message(t)) for t in texts], int(BEGAN + self.now()))
            if unasked:
                c.execute(rows.update().where(rows.c.chat == f"telegram:{chat}").values(lane=outbox.BEHIND))
        self.asked |= dict.fromkeys(texts, self.now())

    def left(self) -> int:
        """How many have not been sent or set aside."""
        with reading(self.engine) as c:
            return c.execute(select(func.count()).select_from(rows).where(rows.c.state.in_(["new", "sending"]))).scalar_one()

    def ambiguous(self) -> int:
        """How many the store knows may have arrived twice."""
        with reading(self.engine) as c:
            return c.execute(select(func.count()).select_from(rows).where(rows.c.ambiguous == 1)).scalar_one()

    async def ends(self) -> None:
        self.stop.set()
        for crew in self.crews:
            await crew[0]
            crew[1].cancel()


def _of(task: asyncio.Task[object], crew: list[asyncio.Task[None]]) -> bool:
    """Whether a send in hand is of this worker's delivery."""
    mine = crew[0].get_coro().cr_frame  # type: ignore[union-attr]
    theirs = task.get_coro().cr_frame  # type: ignore[union-attr]
    return bool(mine and theirs and mine.f_locals.get("self") is theirs.f_locals.get("self"))


async def _at_once(function: Callable[..., object], *arguments: object) -> object:
    return function(*arguments)


async def _apologise(chat: str, text: str) -> None:
    raise AssertionError(f"an apology to {chat}: {text}")
