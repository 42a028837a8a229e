"""What processes of the simulation stand on: the store and its copies, the injected clock and chance, deliveries on their way.

Not here: what they do (world.py).
"""

import sqlite3
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from types import coroutine
from typing import Any

from sqlalchemy import Engine, event

from bot.telegram.updates import understand
from dialogs.events import Arrival
from dialogs.office import Office
from dialogs.store import inbox
from dialogs.store.engine import make_engine, writing
from tests.simulation.faults import Fate, Fragile, Life
from tests.simulation.town import CHANNEL, FORMS, START, Town

ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"
MOST_PROCESSES = 3


def receive(office: Office, arrivals: list[Arrival]) -> int:
    """Updates into the inbox, as polling and webhook put them there."""
    with writing(office.engine) as c:
        return inbox.receive(c, arrivals, office.clock())


@coroutine
def switch() -> Any:
    """Everybody else may go on meanwhile."""
    yield


@dataclass(frozen=True)
class Op:
    """One piece of work at the store that left something there: enough to do it again (twin.py)."""

    serial: int
    now: int
    worker: str
    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    fate: Fate | None


@dataclass(eq=False)
class Flight:
    """A delivery on its way."""

    process: "Process"
    work: Coroutine[Any, Any, bool] | None = None
    row: int = 0


@dataclass(eq=False)
class Process:
    """One process: an office of its own over the common store, its deliveries, and its life."""

    engine: Engine
    life: Life
    office: Office
    flights: list[Flight] = field(default_factory=list)


class Clockwork:
    """What is injected: the clock, ids and secrets, which follow from the piece of work that asks for them."""

    def __init__(self, seed: int) -> None:
        self.seed, self.now, self.serial, self._drawn, self._workers = seed, START, 0, 0, 0

    def begins(self, serial: int) -> None:
        self.serial, self._drawn = serial, 0

    def random(self, length: int) -> bytes:
        self._drawn += 1
        return sha256(f"{self.seed}/{self.serial}/{self._drawn}".encode()).digest()[:length]

    def new_id(self) -> str:
        return "".join(ALPHABET[b % 36] for b in self.random(8))

    def office(self, engine: Engine, packs: tuple[Path, ...]) -> Office:
        """An office that knows the time and draws its ids from here."""
        self._workers += 1
        clock, parsers, name = (lambda: self.now), {CHANNEL: understand}, f"worker {self._workers}"
        return Office(engine, clock, self.new_id, parsers, FORMS, packs, random=self.random, worker=name)


class Bench:
    """Where stores lie, one seed after the other under the same name: engines keep what they have compiled."""

    def __init__(self, folder: Path, town: Town, name: str = "store") -> None:
        self.path, self.town = folder / f"{name}.db", town
        self.seats = [(self._engine(life := Life()), life) for _ in range(MOST_PROCESSES + 1)]

    @property
    def spare(self) -> Engine:
        """An engine that no process uses."""
        return self.seats[-1][0]

    def lays_out(self) -> None:
        """A fresh store."""
        self.clears()
        self.town.copy(self.path)

    def looks(self) -> sqlite3.Connection:
        """A connection of somebody who only looks."""
        return sqlite3.connect(self.path, isolation_level=None, cached_statements=256)

    def clears(self) -> None:
        for engine, life in self.seats:
            engine.dispose()
            life.fate, life.commits = None, 0
        for part in ("", "-wal", "-shm"):
            Path(f"{self.path}{part}").unlink(missing_ok=True)

    def _engine(self, life: Life) -> Engine:
        """An engine whose connections meet the fate of this life. Nobody pulls the plug: it need not wait for the disk."""
        engine = make_engine(f"sqlite:///{self.path}")

        def connects(_: Any, __: Any, words: list[Any], named: dict[str, Any]) -> Fragile:
            c = sqlite3.connect(*words, factory=Fragile, **named)
            c.life = life
            return c

        def hurry(raw: Any, _: Any) -> None:
            raw.execute("PRAGMA synchronous=OFF")

        event.listen(engine, "do_connect", connects)
        event.listen(engine, "connect", hurry)
        return engine
