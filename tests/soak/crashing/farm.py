"""Workers over one store, each killed with -9 again and again, at any moment; a new one takes its place at once.

    figures = killed(url, seed, kills, workers=2)

Not here: what a worker does (working.py).
"""

import time
from multiprocessing.connection import wait
from random import Random

from dialogs.store.engine import open_store, reading
from tests.soak import expect
from tests.soak.crashing.nursery import Child, nursery
from tests.soak.crashing.telegram import Telegram, answer
from tests.soak.crashing.verdict import something_waits, verdict

CALLS = 60  # of Telegram that a worker lives to make, at most; then it dies within so many seconds:
AFTERWARDS = 0.02
NEWBORN = 0.15  # how many die before they are ready, within so many seconds:
CRADLE = 0.05
RESTED = 5  # calls in a row with nothing to do before it is looked whether that was all
IDLE = 30  # calls in a row with nothing to do: either somebody waits for a claim to end, or something is lost
FILLERS = 50


class Slot:
    """The place of one worker, taken by one process after the other."""

    def __init__(self, number: int, url: str, seed: int, epoch: int, planted: str) -> None:
        self.number, self.url, self.seed, self.epoch, self.planted = number, url, seed, epoch, planted
        self.chance = Random(f"{seed}/{number}")
        self.child: Child | None = None
        self.ends = 0.0
        self.born = 0
        self.began = 0.0  # when the present process was started; 0 once it has been heard of
        self.mortal = True
        self.calls = 0
        self.longest_start = 0.0

    def starts(self, *, mortal: bool) -> None:
        house = nursery()
        self.born += 1
        who = f"{self.number}-{self.born}"
        self.child = house.bears(
            "tests.soak.crashing.working:works",
            url=self.url,
            packs=str(house.packs),
            seed=f"{self.seed}/{who}",
            epoch=self.epoch,
            worker=f"w{who}",
            planted=self.planted,
        )
        self.began, self.mortal = time.monotonic(), mortal
        self.calls = self.chance.randint(0, CALLS)
        early = mortal and self.chance.random() < NEWBORN
        self.ends = self.began + self.chance.uniform(0, CRADLE) if early else float("inf")

    def dies(self) -> None:
        assert self.child is not None
        self.child.dies()
        self.child.line.close()
        self.child = None

    def speaks(self, telegram: Telegram) -> bool:
        """It has called Telegram: so it is ready. Whether there was anything for it to do."""
        assert self.child is not None
        if self.began:
            now = time.monotonic()
            self.longest_start, self.began = max(self.longest_start, now - self.began), 0.0
        if self.mortal and self.calls == 0:
            self.ends = min(self.ends, time.monotonic() + self.chance.uniform(0, AFTERWARDS))
        self.calls -= 1
        try:
            call = self.child.line.recv()
        except EOFError:
            raise AssertionError(f"worker {self.number} ended by itself") from None
        said = answer(telegram, call)
        self.child.line.send(said)
        return bool(said)


def killed(url: str, seed: int, kills: int, *, workers: int, fillers: int, questions: int, planted: str) -> dict[str, object]:
    """So many kills over the workers; then all fillers finish. Red when anything was lost, doubled or out of order."""
    telegram = Telegram(seed, fillers, questions)
    began, dead, epoch = time.monotonic(), 0, int(time.time())
    slots = [Slot(n, url, seed, epoch, planted) for n in range(workers)]
    for slot in slots:
        slot.starts(mortal=True)
    store, idle = open_store(url), 0

    def query(sql: str) -> list[tuple[object, ...]]:
        with reading(store) as c:
            return [tuple(row) for row in c.exec_driver_sql(sql)]

    try:
        while not (telegram.at_rest and idle >= RESTED and not something_waits(query)):
            lines = {slot.child.line: slot for slot in slots if slot.child}
            nearest = min(slot.ends for slot in slots)
            for line in wait(list(lines), timeout=max(0.0, min(1.0, nearest - time.monotonic()))):
                idle = 0 if lines[line].speaks(telegram) else idle + 1  # type: ignore[index]
            for slot in slots:
                if time.monotonic() >= slot.ends:
                    slot.dies()
                    dead += 1
                    if dead == kills:
                        telegram.stops()
                    slot.starts(mortal=dead < kills)
            if idle >= IDLE and not telegram.at_rest:
                idle = 0
                expect(something_waits(query) or telegram.waiting, f"everything is done, but not for {telegram.still}")
        return verdict(query, telegram) | {
            "kills": dead,
            "answers": telegram.numbers,
            "answers/s": round(telegram.numbers / (time.monotonic() - began)),
            "longest until ready again": f"{max(slot.longest_start for slot in slots):.1f} s",
        }
    finally:
        for slot in slots:
            if slot.child:
                slot.dies()
        store.dispose()
