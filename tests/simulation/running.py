"""Seeds, one after the other or in several processes; what they came to, and which were red.

Not here: one seed (world.py).
"""

import logging
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from tests.simulation.bench import Bench
from tests.simulation.faults import KINDS, swarm
from tests.simulation.invariants import Broken
from tests.simulation.town import build
from tests.simulation.twin import replays
from tests.simulation.world import World

RAM = Path("/dev/shm")
REPLAYED, TWICE = 4, 50  # of so many seeds one is replayed from its log, and one played twice
PORTION = 250  # seeds of one process at a time
MOST_WRONG = 5


@dataclass
class Outcome:
    """What one seed came to: the hash of its transcript and of its store, and what happened."""

    seed: int
    digest: str
    fired: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    events: int = 0


@contextmanager
def folder() -> Iterator[Path]:
    """A folder for stores, in memory where there is such a place; the logs are silent meanwhile."""
    where = Path(tempfile.mkdtemp(prefix="simulation-", dir=RAM if os.access(RAM, os.W_OK) else None))
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield where
    finally:
        logging.disable(before)
        shutil.rmtree(where, ignore_errors=True)


class Stage:
    """Where seeds are played, in one process: the town, a store, and one for the replay."""

    def __init__(self, where: Path) -> None:
        town = build(where)
        self.bench, self.twin = Bench(where, town), Bench(where, town, "twin")

    def play(self, seed: int, *, again: bool = False) -> Outcome:
        """One seed; `again`: its log is replayed afterwards. Raises Broken."""
        self.bench.lays_out()
        world = World(seed, self.bench, swarm(seed))
        try:
            world.run()
            if again:
                replays(world, self.twin)
            inspector = world.inspector
            return Outcome(seed, world.digest, world.swarm.fired, inspector.seen, len(inspector.did_))
        finally:
            world.close()
            self.bench.clears()


def several(first: int, count: int, step: int = 1) -> tuple[Counter[str], Counter[str], int, dict[int, str]]:
    """Every `step`-th seed from the first one on: faults, what was seen, events, and what was wrong by seed."""
    fired: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    events, wrong = 0, {}
    with folder() as where:
        stage = Stage(where)
        for seed in range(first, first + count, step):
            try:
                outcome = stage.play(seed, again=seed % REPLAYED == 0)
                if seed % TWICE == 0 and stage.play(seed).digest != outcome.digest:
                    wrong[seed] = "the same seed has gone another way"
            except Broken as e:
                wrong[seed] = str(e)
                if len(wrong) > MOST_WRONG:
                    break
                continue
            fired, seen, events = fired + outcome.fired, seen + outcome.seen, events + outcome.events
    return fired, seen, events, wrong


def all_of(first: int, count: int, jobs: int) -> tuple[Counter[str], Counter[str], int, dict[int, str]]:
    """So many seeds in several processes at a time."""
    if jobs == 1:
        return several(first, count)
    fired: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    events, wrong = 0, {}
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        parts = range(0, count, PORTION)
        for part in pool.map(several, [first + n for n in parts], [min(PORTION, count - n) for n in parts]):
            fired, seen, events, wrong = fired + part[0], seen + part[1], events + part[2], wrong | part[3]
    return fired, seen, events, wrong


def never(fired: Counter[str], seeds: int) -> list[str]:
    """The kinds of faults that fired less than once in a hundred seeds."""
    return [kind for kind in KINDS if fired[kind] < seeds // 100]
