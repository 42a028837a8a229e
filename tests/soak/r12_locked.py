"""R12: somebody else holds SQLite's write lock, or reads for long, while fillers write through a whole `ziping serve`.

Nothing is lost, whoever waits is told, the event loop goes on (health checks, other chats' toasts) all the while, and the
write-ahead log that a long reader keeps from being emptied stays bounded and is emptied afterwards.
"""

import sqlite3
import tempfile
import time
from pathlib import Path

from dialogs.store.engine import upgrade
from tests.botapi import BotApiServer
from tests.soak import expect
from tests.soak.crashing.crowd import Crowd, Service
from tests.soak.crashing.places import memory
from tests.soak.crashing.planting import ON_THE_LOOP

GOAL = "R12"
AMOUNT = {"quick": 1, "full": 90}  # seconds that the lock is held, a third of them at once
TEETH = (ON_THE_LOOP,)

PATIENCE = 60
BLOCKED = 0.25  # seconds that the event loop may stand still
LOG = 200_000_000  # bytes that the write-ahead log may have


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    with tempfile.TemporaryDirectory(prefix="ziping-locked-", dir=memory()) as folder, BotApiServer() as server:
        url = f"sqlite:///{folder}/store.db"
        upgrade(url)
        crowd = Crowd(server, seed, 12, 100, hurries=(1, 2))
        other = sqlite3.connect(f"{folder}/store.db", isolation_level=None)
        other.execute("PRAGMA busy_timeout=20000")
        try:
            with Service(server, url, Path(folder), hurried=5, planted=planted) as service:
                figures = _Locked(crowd, service, other).held(max(1.0, amount / 3), times=3 if amount > AMOUNT["quick"] else 1)
            return figures | crowd.verdict(lambda sql: other.execute(sql).fetchall())
        finally:
            other.close()


class _Locked:
    def __init__(self, crowd: Crowd, service: Service, other: sqlite3.Connection) -> None:
        self.crowd, self.service, self.other = crowd, service, other
        self.log = service.folder / "store.db-wal"

    def noted(self) -> int:
        return sum(len(filler.read_back) for filler in self.crowd.fillers.values())

    def more(self, count: int) -> None:
        goal = self.noted() + count
        self.crowd.until(lambda: self.noted() >= goal or self.crowd.ends, PATIENCE, "nobody is served")

    def held(self, seconds: float, times: int) -> dict[str, object]:
        longest = 0.0
        self.more(5)
        self.service.lag()  # what the start took does not count
        for _ in range(times):
            self.other.execute("BEGIN IMMEDIATE")
            self._passes(seconds)
            self.other.execute("ROLLBACK")
            longest = max(longest, self.service.lag())
            self.more(10)
        limit = BLOCKED if times > 1 else seconds / 2  # one second on a busy machine tells nothing finer
        expect(longest < limit, f"the event loop stood still for {longest:.2f} s")
        self.other.execute("BEGIN")
        self.other.execute("SELECT count(*) FROM answers").fetchall()
        self.more(30 if times == 1 else 600)
        biggest = self.log.stat().st_size
        expect(biggest < LOG, f"behind a long reader the log has grown to {biggest} bytes")
        self.other.execute("ROLLBACK")
        self.more(20)
        self.crowd.stops()
        self.crowd.until(lambda: self.crowd.ends, PATIENCE, "not everything was answered")
        blocked, _, _ = self.other.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        expect(not blocked, "the log cannot be emptied")
        told = sum("暂时存不进去" in entry.text for n in self.crowd.fillers for entry in self.crowd.server.chat(n))
        return {
            "locked": f"{times} times {seconds:.0f} s",
            "told": told,
            "loop stood still": f"{longest * 1000:.0f} ms at most",
            "log behind a long reader": f"{biggest / 1e6:.1f} MB",
        }

    def _passes(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.crowd.types()
            time.sleep(0.02)
