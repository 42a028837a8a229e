"""R12: PostgreSQL is stopped hard at any moment and started again, takes no more connections, or one worker's wire to it falls
silent without hanging up; two whole `ziping serve` go on by themselves, nothing is lost, no event loop stands still.
"""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import psycopg

from dialogs.store.engine import make_engine, reading, upgrade
from tests.botapi import BotApiServer
from tests.soak import expect
from tests.soak.crashing.crowd import Crowd, Service
from tests.soak.crashing.planting import PASSED_OVER
from tests.soak.crashing.postgres import Server, Wire, server
from tests.soak.r12_locked import BLOCKED

GOAL = "R12"
AMOUNT = {"quick": 1, "full": 24}  # troubles
TEETH = (PASSED_OVER,)

HURRIED = 5
PATIENCE = 90  # seconds without anything new
CROWDED = 3.0  # seconds without a free connection
FROZEN = 3.0  # seconds of silence on the wire


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    hard = server()
    database, wire = hard.database(), Wire(hard)
    try:
        upgrade(database)
        with tempfile.TemporaryDirectory(prefix="ziping-hard-") as folder, BotApiServer() as telegram:
            return _Troubles(hard, database, wire, Path(folder), telegram, seed, amount, planted).all()
    finally:
        wire.close()


class _Troubles:
    def __init__(
        self,
        server: Server,
        database: str,
        wire: Wire,
        folder: Path,
        telegram: BotApiServer,
        seed: int,
        amount: int,
        planted: str,
    ) -> None:
        self.server, self.database, self.wire, self.amount = server, database, wire, amount
        self.chance = Random(f"{seed}/troubles")
        small = amount <= AMOUNT["quick"]
        self.crowd = Crowd(telegram, seed, 6 if small else 40, 12 if small else 100, hurries=(1, 2))
        self.crowd.watch(self._query)
        self.services = []
        for name, url in (("near", database), ("far", wire.leads_to(database))):
            (folder / name).mkdir()
            self.services.append(Service(telegram, url, folder / name, 20 if small else HURRIED, planted))
        self.met: dict[str, int] = {}

    def all(self) -> dict[str, object]:
        near, far = self.services
        longest, restarts = 0.0, 0
        kinds: tuple[Callable[[], None], ...] = (self._stopped, self._stopped_while_all_wait, self._crowded, self._silent)
        with near, far:
            self._more(3)
            for service in self.services:
                service.lag()
            for n in range(self.amount):
                trouble = self._stopped_while_all_wait if self.amount == 1 else kinds[n] if n < 4 else self.chance.choice(kinds)
                trouble()
                self.met[trouble.__name__.strip("_")] = self.met.get(trouble.__name__.strip("_"), 0) + 1
                self._more(5)
                for service in self.services:
                    if service.supervised():
                        restarts += 1
                    else:
                        longest = max(longest, service.lag())
            self.crowd.stops()
            self.crowd.until(lambda: self.crowd.ends, PATIENCE, "not everything was answered")
        if self.amount > AMOUNT["quick"]:
            expect(longest < BLOCKED, f"an event loop stood still for {longest:.2f} s")
        return {**self.met, "restarted": restarts, "loop stood still": f"{longest * 1000:.0f} ms at most"} | self.crowd.verdict(
            self._query
        )

    def _query(self, sql: str) -> list[tuple[object, ...]]:
        engine = make_engine(self.database)
        try:
            with reading(engine) as c:
                return [tuple(row) for row in c.exec_driver_sql(sql)]
        finally:
            engine.dispose()

    def _more(self, count: int) -> None:
        def noted() -> int:
            return sum(len(filler.read_back) for filler in self.crowd.fillers.values())

        goal = noted() + count
        self.crowd.until(lambda: noted() >= goal or self.crowd.ends, PATIENCE, f"nobody is served after {self.met}")

    def _stopped(self) -> None:
        time.sleep(self.chance.uniform(0, 0.2))
        self.server.stops_hard()
        self._types_for(self.chance.uniform(0, 1.0))
        self.server.starts()

    def _stopped_while_all_wait(self) -> None:
        """Everybody has been answered, and types only when the database is gone: what comes then cannot be stored."""
        deadline = time.monotonic() + PATIENCE
        while self.crowd.server.pending or self._query("SELECT 1 FROM inbox WHERE state = 'new' LIMIT 1"):
            expect(time.monotonic() < deadline, "what was typed is not dealt with")
            time.sleep(0.02)
        self.server.stops_hard()
        self._types_for(0.5)
        self.server.starts()

    def _crowded(self) -> None:
        """Others take every connection there is."""
        taken = []
        end = time.monotonic() + CROWDED
        try:
            while time.monotonic() < end:
                try:
                    taken.append(psycopg.connect(self.database, connect_timeout=2))
                except psycopg.OperationalError:
                    self._types_for(0.1)
        finally:
            for connection in taken:
                connection.close()

    def _silent(self) -> None:
        """The wire of one worker falls silent; it is replaced, as its supervisor would, once the other has gone on without."""
        self.wire.freezes()
        self._types_for(FROZEN)
        self._more(5)
        self.wire.thaws()
        self.services[1].dies()
        self.services[1].starts()

    def _types_for(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.crowd.types()
            time.sleep(0.02)
