"""`ziping serve` as it is, forked instead of started: ready in a moment, killed at any. A job of the nursery.

It is told through the line how much room its disk has, and tells how long its event loop was held up. Not here: what stands
on the other side of its HTTP (tests/botapi), or when it dies.
"""

import asyncio
import ctypes
import logging
import os
import time
from argparse import Namespace
from multiprocessing.connection import Connection
from pathlib import Path
from threading import Thread
from typing import Any

import bot.commands.serve
import bot.delivery
import bot.heart
import bot.storeclock
import bot.telegram.polling
import bot.worker
import dialogs.beating
import dialogs.store.moments
from tests.soak.crashing.planting import plant
from tests.soak.crashing.stock import STOCK, serve_stock

LOOK = 0.01  # seconds between two looks of the event loop at the time


class Watched:
    """How long the event loop was held up at the longest, in seconds."""

    def __init__(self) -> None:
        self.longest = 0.0
        self.looked = 0.0  # not yet: before the loop runs, nothing can hold it up

    async def look(self) -> None:
        while True:
            self.looked = time.monotonic()
            await asyncio.sleep(LOOK)
            self.longest = max(self.longest, self.waited)

    @property
    def waited(self) -> float:
        """How long the present look is late."""
        return time.monotonic() - self.looked - LOOK if self.looked else 0.0

    def told(self) -> float:
        """The longest since it was told last, also while it lasts."""
        longest, self.longest = max(self.longest, self.waited), 0.0
        return longest


class Clock:
    """The machine's clock in the place of the module `time`, for those who say what time it is; it can be set."""

    def __init__(self) -> None:
        self.set = 0

    def time_ns(self) -> int:
        return time.time_ns() + self.set * 1_000_000_000

    def jumps(self, seconds: int) -> None:
        self.set += seconds


def serves(line: Connection, environment: dict[str, str], log: str, hurried: int, planted: str) -> None:
    """Serve with these settings until killed or told to end. `hurried`: so many times sooner a dead worker is noticed,
    and what failed is tried again."""
    os.environ.update(environment)
    if "LD_PRELOAD" in os.environ:
        _disk().space(-1, str(Path(log).parent).encode())  # from now on what lies there counts
    os.chdir(Path(log).parent)
    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), 2)
    logging.disable(logging.NOTSET)
    if planted == STOCK:
        serve_stock()
    plant(planted)
    dialogs.beating.LIFE = max(2, dialogs.beating.LIFE // hurried)  # whole seconds: one might be none
    bot.heart.BETWEEN /= hurried
    bot.telegram.polling.TURN /= hurried
    bot.telegram.polling.FIRST_PAUSE /= hurried
    bot.telegram.polling.LONGEST_PAUSE /= hurried
    bot.worker.TROUBLE_PAUSE /= hurried  # type: ignore[assignment]
    bot.delivery.IDLE /= hurried
    bot.delivery.RETRY /= hurried  # type: ignore[assignment]
    watched, clock = Watched(), Clock()
    bot.storeclock.time = dialogs.store.moments.time = clock  # type: ignore[assignment,attr-defined]
    Thread(target=_obeys, args=(line, watched, clock), daemon=True).start()
    really = bot.commands.serve.serve

    async def serve(*arguments: Any) -> None:
        looking = asyncio.create_task(watched.look())
        await really(*arguments)
        looking.cancel()

    bot.commands.serve.serve = serve
    bot.commands.serve.run(Namespace(packs=()))


def _obeys(line: Connection, watched: Watched, clock: Clock) -> None:
    while True:
        try:
            order = line.recv()
        except EOFError:
            os._exit(0)
        if order[0] == "space":
            _disk().space(order[1], order[2].encode())
        elif order[0] == "clock":
            clock.jumps(order[1])
        elif order[0] == "lag":
            line.send(watched.told())


def _disk() -> ctypes.CDLL:
    disk = ctypes.CDLL(None)
    disk.space.argtypes = [ctypes.c_int64, ctypes.c_char_p]
    return disk
