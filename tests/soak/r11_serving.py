"""R11: the disk of a whole `ziping serve` is full, its log's and its temporary files' too; whoever writes is told that it
cannot be stored just now, nothing is lost, documents come after all, and it goes on without a restart.
"""

import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random

from dialogs.store.engine import upgrade
from templates import labels
from tests.botapi import BotApiServer
from tests.soak import expect
from tests.soak.crashing.compiling import disk
from tests.soak.crashing.crowd import Crowd, Service
from tests.soak.crashing.places import memory
from tests.soak.crashing.planting import SILENT

GOAL = "R11"
AMOUNT = {"quick": 2, "full": 40}  # times the disk is full
TEETH = (SILENT,)

HURRIED = 20
PATIENCE, BRIEF = 30, 3  # seconds without anything new
MOST = 60_000  # bytes of room
TOLD = "暂时存不进去"


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    disk()
    with tempfile.TemporaryDirectory(prefix="ziping-told-", dir=memory()) as folder, BotApiServer() as server:
        url = f"sqlite:///{folder}/store.db"
        upgrade(url)
        store = sqlite3.connect(f"{folder}/store.db")
        crowd = Crowd(server, seed, 5, 100, hurries=(1, 2))

        def query(sql: str) -> list[tuple[object, ...]]:
            return store.execute(sql).fetchall()

        try:
            with Service(server, url, Path(folder), HURRIED, planted) as service:
                figures = _Full(crowd, service, server, BRIEF if planted else PATIENCE).so_often(amount, Random(f"{seed}/full"))
            expect(query("PRAGMA integrity_check") == [("ok",)], "the store is broken")
            return figures | crowd.verdict(query)
        finally:
            store.close()


class _Full:
    """Fillers at work, and somebody who wants documents whenever there is no room to draft them."""

    def __init__(self, crowd: Crowd, service: Service, server: BotApiServer, patience: float) -> None:
        self.crowd, self.service, self.patience = crowd, service, patience
        self.clerk = server.person(900, "办事员")
        self.wanted = 0

    def noted(self) -> int:
        return sum(len(filler.read_back) for filler in self.crowd.fillers.values())

    def complaints(self) -> int:
        return sum(TOLD in entry.text for n in self.crowd.fillers for entry in self.crowd.server.chat(n))

    def until(self, count: Callable[[], int], more: int, what: str) -> None:
        goal = count() + more
        self.crowd.until(lambda: count() >= goal, self.patience, what)

    def so_often(self, amount: int, chance: Random) -> dict[str, object]:
        self.clerk.says("/start")
        self.clerk.says("大县办事处")
        self.clerk.says("对，开始")
        self.clerk.says("1")
        for n in range(amount):
            self.until(self.noted, 5, "nobody is served")
            self.service.told("space", chance.randrange(MOST), str(self.service.folder))
            if n % 2 == 0:
                self.clerk.says(labels.DRAFT)
                self.wanted += 1
            self.until(self.complaints, 1, "nobody was told that nothing can be stored")
            self.service.told("space", -1, str(self.service.folder))
        self.crowd.stops()
        self.crowd.until(lambda: self.crowd.ends, self.patience, "not everything was answered")
        self.crowd.until(lambda: len(self.clerk.documents) >= self.wanted, self.patience, "the documents never came")
        return {"times full": amount, "told": self.complaints(), "documents": len(self.clerk.documents)}
