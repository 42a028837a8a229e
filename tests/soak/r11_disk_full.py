"""R11: the disk is full after so many bytes, again and again; nothing acknowledged is lost, whoever waits is told, the store
stays whole, and everything goes on without a restart when there is room again. SQLite, all its files and the log of its writes.

The disk is shim/disk.c; a write that fits only in part is cut off there, as a real disk does it. The budgets go evenly over
what a few answers write, so that it fills up in the middle of every kind of write. Not here: `ziping serve` as a whole, its
log and its drafts (tests/bot/test_disk_full.py).
"""

import sqlite3
import tempfile
import time
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from dialogs.store.engine import upgrade
from tests.soak import expect
from tests.soak.crashing.compiling import disk
from tests.soak.crashing.filling_up import SAID_ALL_THE_SAME
from tests.soak.crashing.nursery import nursery
from tests.soak.crashing.places import memory
from tests.soak.crashing.telegram import Telegram, answer
from tests.soak.crashing.verdict import something_waits, verdict

GOAL = "R11"
AMOUNT = {"quick": 12, "full": 1_200}  # byte budgets
TEETH = (SAID_ALL_THE_SAME,)

MOST = 120_000  # bytes: more than an answer writes
FULL = 4  # attempts that fail before there is room again
RESTED = 5  # polls in a row with nothing to do
RECOVERED = 3  # messages that are shown again before the disk fills up once more


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    disk()
    with tempfile.TemporaryDirectory(prefix="ziping-full-", dir=memory()) as folder:
        url = f"sqlite:///{folder}/store.db"
        upgrade(url)
        house = nursery()
        about = {"url": url, "packs": str(house.packs), "folder": folder, "epoch": int(time.time()), "planted": planted}
        child = house.bears("tests.soak.crashing.filling_up:fills_up", **about)
        try:
            return _Filled(Path(folder), seed, amount).so_often(child.line)
        finally:
            child.dies()


class _Filled:
    def __init__(self, folder: Path, seed: int, amount: int) -> None:
        self.folder, self.amount = folder, amount
        self.telegram = Telegram(seed, 6, 100)
        self.chance = Random(f"{seed}/budgets")
        self.met: dict[str, int] = {"refused": 0, "told": 0, "waits": 0}

    def so_often(self, line: Connection) -> dict[str, object]:
        """So many times full, then everybody finishes. Red when something is lost, or the store broken."""
        telegram, budgets, failed, good, idle = self.telegram, 0, 0, RECOVERED, 0
        room: int | None = None
        while not (telegram.at_rest and idle > RESTED and not something_waits(self._query)):
            call = line.recv()
            if call[0] == "poll":
                updates, order = telegram.updates(call[1]), None
                idle = 0 if updates else idle + 1
                expect(idle < 20_000, f"everything is done, but not for {telegram.still}")
                if room is None and good >= RECOVERED and not telegram.ends:
                    budgets, failed = budgets + 1, 0
                    order = room = budgets * MOST // self.amount + self.chance.randrange(-2_048, 2_048)
                    order = room = max(0, room)
                elif room is not None and failed >= FULL:
                    self._whole()
                    order, room, good = -1, None, 0
                    if budgets == self.amount:
                        telegram.stops()
                line.send((updates, order))
            elif call[0] in self.met:
                self.met[call[0]] += 1
                failed += 1
                telegram.cannot_wait()
                line.send(None)
            else:
                good += call[0] == "shows"
                line.send(answer(telegram, call))
        self._whole()
        figures = verdict(self._query, telegram)
        expect(all(self.met.values()) or self.amount < 100, f"one kind of trouble was never met: {self.met}")
        return {"budgets": budgets, "lines": telegram.numbers, **self.met, **figures}

    def _whole(self) -> None:
        said = self._query("PRAGMA integrity_check")
        expect(said == [("ok",)], f"the store is broken: {said[:1]}")

    def _query(self, sql: str) -> list[tuple[object, ...]]:
        store = sqlite3.connect(self.folder / "store.db")
        try:
            return store.execute(sql).fetchall()
        finally:
            store.close()
