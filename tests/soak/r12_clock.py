"""R12: the machine's clock jumps — back and ahead, by seconds or hours — while fillers write; nothing is lost, and nobody waits
for a moment that has become hours away.
"""

import sqlite3
import tempfile
import time
from pathlib import Path
from random import Random

from dialogs.store.engine import upgrade
from tests.botapi import BotApiServer
from tests.soak.crashing.crowd import Crowd, Service
from tests.soak.crashing.places import memory
from tests.soak.crashing.planting import FAITHFUL

GOAL = "R12"
AMOUNT = {"quick": 2, "full": 80}  # jumps
TEETH = (FAITHFUL,)

JUMPS = (-3_600, 3_600, -30, 30, -86_400, 86_400)  # seconds
NEAR = 8  # seconds
MORE = 20  # answers
PATIENCE, BRIEF = 30, 3  # seconds without anything new


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    with tempfile.TemporaryDirectory(prefix="ziping-clock-", dir=memory()) as folder, BotApiServer() as server:
        url = f"sqlite:///{folder}/store.db"
        upgrade(url)
        store = sqlite3.connect(f"{folder}/store.db")
        crowd, chance = Crowd(server, seed, 8, 60 + 4 * amount, hurries=(1, 2, 4)), Random(f"{seed}/jumps")
        with Service(server, url, Path(folder), hurried=20, planted=planted) as service:
            jumping = _Jumping(crowd, service, store, BRIEF if planted else PATIENCE)
            jumping.goes_on()
            for n in range(amount):
                jumping.jumps(JUMPS[n] if n < len(JUMPS) else chance.choice(JUMPS))
                jumping.goes_on()
            crowd.stops()
            crowd.until(lambda: crowd.ends, PATIENCE, "not everything was answered")
        figures = crowd.verdict(lambda sql: store.execute(sql).fetchall())
        store.close()
        return {"jumps": amount} | figures


class _Jumping:
    def __init__(self, crowd: Crowd, service: Service, store: sqlite3.Connection, patience: float) -> None:
        self.crowd, self.service, self.store, self.patience = crowd, service, store, patience
        self.set = self.last = 0

    def jumps(self, seconds: int) -> None:
        self.set, self.last = self.set + seconds, seconds
        self.service.told("clock", seconds)

    def noted(self) -> int:
        return sum(len(filler.read_back) for filler in self.crowd.fillers.values())

    def looked(self) -> bool:
        """Whether the worker has looked at the clock as it is now: between two looks it can know nothing of a jump."""
        seen = self.store.execute("SELECT until FROM leases WHERE name LIKE 'worker:%'").fetchall()
        return any(abs(until - time.time() - self.set) < NEAR for (until,) in seen)

    def goes_on(self) -> None:
        """More is noted than can have been on its way when the worker looked at the clock as it is now."""
        what = f"after a jump by {self.last} s nobody is served"
        self.crowd.until(self.looked, self.patience, what)
        goal = self.noted() + MORE
        self.crowd.until(lambda: self.noted() >= goal or self.crowd.ends, self.patience, what)
