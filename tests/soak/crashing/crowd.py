"""Fillers in front of the Bot API server of the tests, with their oracle; and `ziping serve` on its other side.

    with BotApiServer() as server:
        crowd, service = Crowd(server, seed, 50, 100), Service(server, url, folder)

Not here: when the service dies.
"""

import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from tests.botapi import BotApiServer
from tests.soak import expect
from tests.soak.crashing.form import FORM, filling, read_back
from tests.soak.crashing.nursery import Child, nursery
from tests.soak.crashing.telegram import Filler
from tests.soak.crashing.verdict import Query, follows_the_oracle, found, something_waits

FIRST = 1001
SILENCE = 1.0  # seconds


class Crowd:
    """`types` lets everybody go on who has been answered; `ends` is when all have filled everything."""

    def __init__(
        self, server: BotApiServer, seed: int, fillers: int, questions: int, hurries: tuple[int, ...] = (1, 1, 2)
    ) -> None:
        chance = Random(f"{seed}/crowd")
        self.server = server
        self.fillers: dict[int, Filler] = {}
        self.seen: dict[int, int] = {}
        self.doubled = 0
        self.query: Query | None = None
        for n in range(FIRST, FIRST + fillers):
            lines = filling(f"大县第{n}单位", Random(f"{seed}/{n}"), questions)
            self.fillers[n] = Filler(str(n), lines, chance.choice(hurries))
            server.person(n)
            self.seen[n] = 0

    def types(self) -> bool:
        """Everybody looks at the phone and goes on; whether anything was new."""
        news = False
        for n, filler in self.fillers.items():
            log = self.server.chat(n)
            for entry in log[self.seen[n] :]:
                news = True
                if entry.who != "bot":
                    continue
                if (fact := read_back(entry.text)) is not None and filler.read_back[-1:] == [fact]:
                    self.doubled += 1
                else:
                    filler.sees(entry.text)
            self.seen[n] = len(log)
            while (line := filler.types()) is not None:
                self.server.person(n).says(line)
                news = True
        return news

    def stops(self) -> None:
        """Nobody types anything more."""
        for filler in self.fillers.values():
            filler.ended = True

    @property
    def ends(self) -> bool:
        return not self.server.pending and all(f.ended and len(f.read_back) == len(f.promised) for f in self.fillers.values())

    @property
    def typed(self) -> int:
        return sum(filler.typed for filler in self.fillers.values())

    def watch(self, query: Query) -> None:
        """Look into this store when nothing moves: is there anything left to wait for?"""
        self.query = query

    def _hopeless(self) -> bool:
        """Nobody has anything in hand, and yet not everybody has been answered."""
        if self.query is None or self.server.pending:
            return False
        return not something_waits(self.query) and not self.types()

    def until(self, holds: Callable[[], bool], seconds: float, what: str) -> None:
        """They go on until this holds; Red when it never does."""
        last = looked = time.monotonic()
        while not holds():
            if self.types():
                last = looked = time.monotonic()
            if time.monotonic() - looked > SILENCE:
                expect(not self._hopeless(), f"everything is done, and yet {what}")
                looked = time.monotonic()
            expect(time.monotonic() - last < seconds, f"nothing moved for {seconds:.0f} s: {what}")
            time.sleep(0.01)

    def verdict(self, query: Query) -> dict[str, object]:
        """Everybody has finished: the store beside what was typed and seen. Red when anything was lost or doubled."""
        there = found(query)
        ((known,),) = query("SELECT count(*) FROM outbox WHERE ambiguous = 1")
        expect(not there.parked and not there.waiting, f"{there.parked} updates parked, {there.waiting} wait")
        follows_the_oracle(there, {filler.chat: filler.states for filler in self.fillers.values()})
        for filler in self.fillers.values():
            done = there.done.get(filler.chat, 0)
            expect(done == filler.typed, f"chat {filler.chat}: {filler.typed} typed, {done} done")
            expect(filler.read_back == filler.promised, f"chat {filler.chat}: not everything was read back, or not in order")
        expect(self.doubled <= known, f"{self.doubled} messages came twice, {known} are known to be doubtful")
        return {"typed": self.typed, "lost": 0, "applied twice": 0, "sent twice, recorded": self.doubled}


class Service:
    """One `ziping serve` at a time in this place."""

    def __init__(
        self, server: BotApiServer, url: str, folder: Path, hurried: int = 1, planted: str = "", **settings: str
    ) -> None:
        self.house = nursery()
        self.folder, self.hurried, self.planted = folder, hurried, planted
        self.log = folder / "serve.log"
        self.environment = {
            "TELEGRAM_TOKEN": server.token,
            "TELEGRAM_API_BASE": server.url,
            "DATABASE_URL": url,
            "FORMS": FORM,
            "PACKS": str(self.house.packs),
            "JOINING": "open",
            "MESSAGES_PER_SECOND": "2000",
            "MESSAGES_PER_CHAT": "100",
            "LOG_LEVEL": "INFO",
            "XDG_CACHE_HOME": str(folder / "cache"),
            "TMPDIR": str(folder),
            **settings,
        }
        self.child: Child | None = None
        self.young = True

    def starts(self) -> None:
        self.young = True
        self.child = self.house.bears(
            "tests.soak.crashing.serving:serves",
            environment=self.environment,
            log=str(self.log),
            hurried=self.hurried,
            planted=self.planted,
        )

    def dies(self) -> None:
        if self.child is not None:
            self.child.dies()
            self.child.line.close()
            self.child = None

    def supervised(self) -> bool:
        """Starts it again when it has ended by itself, as a supervisor does; whether it had."""
        assert self.child is not None
        if not self.child.line.poll():
            return False
        try:
            said = self.child.line.recv()
        except EOFError:
            said = None
        expect(said is None or "StoreError" in said[1], f"it ended for another reason than the store: {said}")
        self.child.gone()
        self.starts()
        return True

    def told(self, *order: object) -> None:
        assert self.child is not None
        self.child.line.send(order)

    def lag(self) -> float:
        """Seconds the event loop was held up at the longest since it was asked last; what a start takes does not count."""
        self.told("lag")
        assert self.child is not None
        lag = float(self.child.line.recv())
        young, self.young = self.young, False
        return 0.0 if young else lag

    def __enter__(self) -> "Service":
        self.starts()
        return self

    def __exit__(self, *_: object) -> None:
        self.dies()
