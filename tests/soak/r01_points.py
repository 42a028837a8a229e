"""R1: a worker dies at every point on the way of every answer — before each statement, between any two deeds — on SQLite.

Every line of a filling of a hundred questions is died upon at every one of its points; the next worker takes over.
"""

import tempfile

from dialogs.store.engine import open_store, reading, upgrade
from tests.soak import expect
from tests.soak.crashing.nursery import Child, nursery
from tests.soak.crashing.places import memory
from tests.soak.crashing.planting import EARLY, TWO_TRANSACTIONS
from tests.soak.crashing.telegram import Telegram, answer
from tests.soak.crashing.verdict import verdict

GOAL = "R1"
AMOUNT = {"quick": 24, "full": 5_000}  # deaths
TEETH = (TWO_TRANSACTIONS, EARLY)

POINTS = 48  # more than there are on the way of any line; a line that has fewer is simply answered


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    with tempfile.TemporaryDirectory(prefix="ziping-point-", dir=memory()) as folder:
        url = f"sqlite:///{folder}/store.db"
        upgrade(url)
        return Deaths(url, seed, planted).so_many(amount)


class Deaths:
    """One filler after the other; the n-th line of the f-th is died upon at its point n + f, round and round."""

    def __init__(self, url: str, seed: int, planted: str) -> None:
        self.url, self.planted = url, planted
        self.telegram = Telegram(seed, 1, 100, hurries=(1,))
        self.died_at: dict[int, int] = {}  # point: how often
        self.survived: set[int] = set()
        self.child = self._born()

    def _born(self) -> Child:
        house = nursery()
        return house.bears("tests.soak.crashing.dying:dies", url=self.url, packs=str(house.packs), planted=self.planted)

    def so_many(self, amount: int) -> dict[str, object]:
        """Until so many have died; then the filler finishes in peace. Red when anything was lost or doubled."""
        tried, deaths, point, rests = set[int](), 0, 0, 0
        while not (self.telegram.at_rest and rests):
            try:
                call = self.child.line.recv()
            except EOFError:
                self.child.gone()
                self.died_at[point] = self.died_at.get(point, 0) + 1
                self.child, deaths, point = self._born(), deaths + 1, 0
                if deaths == amount:
                    self.telegram.stops()
                continue
            if call[0] != "rests":
                self.child.line.send(answer(self.telegram, call))
                continue
            if point:
                self.survived.add(point)
            updates, point = self.telegram.updates(call[1])[:1], 0
            rests = 0 if updates else rests + 1
            expect(rests < 3 or self.telegram.at_rest, f"everything is done, but not everything answered: {self.telegram.still}")
            if updates and updates[0][0] not in tried and deaths < amount:  # what comes again is answered in peace
                tried.add(updates[0][0])
                point = (updates[0][0] + len(self.telegram.fillers)) % POINTS + 1
            self.child.line.send((updates, point))
        self.child.dies()
        expect(POINTS not in self.died_at, f"a line has {POINTS} points or more: not all of them were died at")
        figures = self._holds()
        return {"deaths": deaths, "different points": len(self.died_at), "lines": self.telegram.numbers} | figures

    def _holds(self) -> dict[str, object]:
        store = open_store(self.url)
        try:
            with reading(store) as c:
                return verdict(lambda sql: c.exec_driver_sql(sql).fetchall(), self.telegram)
        finally:
            store.dispose()
