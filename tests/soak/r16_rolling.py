"""R16: workers told to stop one after the other while people type; all answers go on, in order, and nobody notices anything.

Pushed with one worker on SQLite; with the full amount also with three on PostgreSQL, pushed and polling. Each leaves politely
within ten seconds: no message comes twice, none speaks of trouble, and whatever it does not finish another one does.
"""

import os
import signal
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import closing
from dataclasses import dataclass

from dialogs.store.engine import open_store, upgrade
from tests.bot.serving import free_address
from tests.botapi import BotApiServer, Hang
from tests.soak import expect
from tests.soak.crashing.nursery import Child
from tests.soak.crowd import LINES, TROUBLE, Crowd
from tests.soak.served import ADDRESS, FINISHES, RUNS_OFF, begun
from tests.stores import new_postgres_database

GOAL = "R16"
AMOUNT = {"quick": 90, "full": 10_000}  # lines typed with three workers that are pushed to; a fifth of it in the other ways
TEETH = (FINISHES, RUNS_OFF)

GRACE = 10.0  # seconds until kill -9; a planted bug is not waited for that long
GRACE_PLANTED = 0.5
RESTARTS = 50  # with the full amount, in each way of running
LATENCY = 0.05  # seconds Telegram takes for a message, so that some are always on their way
STUCK = 60.0  # seconds without anything new: it will never end


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    small = amount <= AMOUNT["quick"]
    with tempfile.TemporaryDirectory(prefix="ziping-r16-") as folder:
        ways = {"SQLite": (f"sqlite:///{folder}/store.db", 1, False, amount if small else amount // 5)}
        if not small:
            ways["PostgreSQL×3, pushed"] = (new_postgres_database(), 3, False, amount)
            ways["PostgreSQL×3, polling"] = (new_postgres_database(), 3, True, amount // 5)
        figures: dict[str, object] = {}
        for name, (url, workers, polling, lines) in ways.items():
            upgrade(url)
            told = _Roll(url, workers, polling, planted, small).run(seed, lines)
            figures |= told if small else {f"{name}: {what}": figure for what, figure in told.items()}
    return figures


def _hanging(server: BotApiServer, places: "_Places", crowd: Crowd) -> float:
    """A send to which no answer comes does not hold up the end; whoever comes after sends it again, and says so."""
    server.clear_faults()
    server.fail_next("sendMessage", Hang())
    person = crowd.people[0]
    before = len(person.chat)
    person.says("目录")
    server.waits_for(lambda: len(person.chat) > before + 1, STUCK)
    took = places.restarted(0)
    server.waits_for(lambda: len(person.chat) > before + 2, STUCK)
    expect(person.chat[-1].text == person.chat[-2].text, "what nobody answered for was not sent again")
    return took


@dataclass
class _Roll:
    """One way of running, from the first line to the last answer."""

    url: str
    workers: int
    polling: bool
    planted: str
    small: bool

    def run(self, seed: int, lines: int) -> dict[str, object]:
        restarts = 3 if self.small else RESTARTS
        store = open_store(self.url)
        with BotApiServer() as server, closing(_Places(self, server)) as places:
            crowd = Crowd(server, seed, lines, max(3, min(50, lines // LINES)))
            server.fail_next("sendMessage", Hang(LATENCY), times=1_000_000)
            longest = 0.0
            for n in range(restarts):
                sends = len(server.called("sendMessage"))
                crowd.types(lines // restarts if n < restarts - 1 else lines)
                server.waits_for(lambda sends=sends: len(server.called("sendMessage")) > sends + 3, STUCK)  # type: ignore[misc]
                longest = max(longest, places.restarted(n % self.workers))
            heard, news = time.monotonic(), (0, 0)
            while not crowd.answered(store):
                time.sleep(0.02)
                if news != (news := (len(server.pending), len(server.calls))):
                    heard = time.monotonic()
                expect(not (lost := crowd.lost(store)), f"{lost} accepted updates are not in the store")
                expect(time.monotonic() - heard < STUCK, f"nothing moves any more: {server.pending[:3]} wait")
            store.dispose()
            for person in crowd.people:
                seen = [word for entry in person.chat if entry.who == "bot" for word in TROUBLE if word in entry.text]
                expect(not seen, f"{person.name} was told of trouble: {seen[:1]}")
            told = crowd.verdict(self.url, doubled=False)
            if not self.small and self.workers == 1:
                told["longest end while Telegram hangs"] = f"{_hanging(server, places, crowd):.1f} s"
        return {"lines": sum(crowd.typed), "restarts": restarts, "longest end": f"{longest:.1f} s"} | told


class _Places:
    """The places of the workers, each taken by one process after the other."""

    def __init__(self, way: _Roll, server: BotApiServer) -> None:
        self.way, self.server = way, server
        self.listen = [free_address() for _ in range(way.workers)]
        server.behind(ADDRESS, *(f"http://{place}/telegram/hook" for place in self.listen))
        self.alive: dict[int, Child] = {}
        for n in range(way.workers):
            self._begins(n)

    def _begins(self, n: int) -> None:
        """A process at this place, once it says that it is ready."""
        way = self.way
        self.alive[n] = begun(self.server, way.url, self.listen[n], way.planted, polling=way.polling)
        began = time.monotonic()
        while not _ready(self.listen[n]):
            expect(not self.alive[n].line.poll(0.01), "a worker ended instead of serving")
            expect(time.monotonic() - began < STUCK, "a worker does not become ready")

    def restarted(self, n: int) -> float:
        """Told to stop, waited for, begun anew; how long it took to end. Red when it has to be killed."""
        child = self.alive.pop(n)
        began = time.monotonic()
        os.kill(child.number, signal.SIGTERM)  # nobody waits for it before we ask, so the number is still its own
        politely = child.line.poll(GRACE_PLANTED if self.way.planted else GRACE)
        took = time.monotonic() - began
        ended = child.line.recv() if politely and self.way.planted != RUNS_OFF else None
        if politely:
            child.gone()
        else:
            child.dies()
            child.line.close()
        expect(politely, f"told to stop, it was still there after {took:.1f} s")
        expect(ended == ("ended", 0) or ended is None, f"it ended with {ended}")
        self._begins(n)
        return took

    def close(self) -> None:
        for child in self.alive.values():
            child.dies()
            child.line.close()


def _ready(listen: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://{listen}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
