"""R4: updates delivered up to five times, shuffled, late and under falling numbers, over three workers, give what one delivery
in order gives; and of two workers that get the same update at the same moment one applies it, on both databases.

An old button that changes an answer is red at once (tests/simulation/invariants.py).
"""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from threading import Barrier, Thread
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine, text

from dialogs.events import Arrival
from dialogs.handling import handle_next
from dialogs.store import inbox
from dialogs.store.engine import reading, writing
from tests.dialogs.together.team import office_on, team
from tests.simulation.faults import INCOMING, Swarm
from tests.simulation.oracle import agrees
from tests.simulation.planted import highest_number
from tests.simulation.running import Broken, Stage, folder
from tests.simulation.world import World
from tests.soak import Red, expect
from tests.stores import both

GOAL = "R4"
AMOUNT = {"quick": 4, "full": 10_000}
TEETH = ("highest number", "whoever takes it")
RATES = {"delayed": 0.3, "duplicated": 0.6, "reordered": 0.8, "renumbered": 0.05, "confirmation lost": 0.2}
WINDOW, HURRY = 50, 0.5
PORTION = 200
EVERY = 50  # runs for one meeting of two workers


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    """So many runs of one seed each, and meetings of two workers at one barrier."""
    assert RATES.keys() == INCOMING.keys()
    meetings = max(2, amount // EVERY)
    if planted == "whoever takes it":
        return {"meetings": _meetings(seed, meetings, planted)}
    if amount <= PORTION:
        deliveries, updates = portion(seed, amount, planted)
    else:
        deliveries = updates = 0
        with ProcessPoolExecutor(os.cpu_count() or 1, mp_context=get_context("spawn")) as pool:
            parts = range(0, amount, PORTION)
            for part in pool.map(portion, [seed + n for n in parts], [min(PORTION, amount - n) for n in parts]):
                deliveries, updates = deliveries + part[0], updates + part[1]
    met = 0 if planted else _meetings(seed, meetings, "")
    return {"runs": amount, "updates": updates, "deliveries": deliveries, "meetings": met}


def portion(seed: int, amount: int, planted: str = "") -> tuple[int, int]:
    """Runs in one process: how many deliveries of how many updates."""
    deliveries = updates = 0
    with folder() as where:
        stage = Stage(where)
        for n in range(seed, seed + amount):
            stage.bench.lays_out()
            swarm = Swarm(Random(f"{n}/order"), RATES, often=True)
            with _bug(planted):
                world = World(n, stage.bench, swarm, hurry=HURRY, window=WINDOW, ticks=False)
                try:
                    world.run()
                except Broken as e:
                    world.close()
                    raise Red(str(e)) from e
            try:
                agrees(world, stage.twin)
            except Broken as e:
                raise Red(str(e)) from e
            finally:
                world.close()
            deliveries += sum(len(op.arguments[0]) for op in world.log if op.function.__name__ == "receive")
            updates += len(world.inspector.did_)
        stage.bench.clears()
    return deliveries, updates


@contextmanager
def _bug(planted: str) -> Iterator[None]:
    with highest_number() if planted == "highest number" else patch.object(inbox, "receive", inbox.receive):
        yield


def _meetings(seed: int, rounds: int, planted: str) -> int:
    """The same update, at the same moment, to two workers: stored once, handled once, answered once."""
    for engine in both():
        with TemporaryDirectory() as folder_:
            if planted and engine.dialect.name != "sqlite":
                continue
            _meet(engine, Path(folder_), rounds, planted)
    return 2 * rounds


def _meet(engine: Engine, where: Path, rounds: int, planted: str) -> None:
    (filler,) = team(office_on(engine, where), ("张三",))
    barrier = Barrier(2)
    for n in range(rounds):
        body = f'{{"said": "{n + 20}", "chat": "{filler.chat}"}}'
        twice = Arrival("test", "bot", 70_000_000 + n, filler.chat, filler.chat, body)

        def gets(update: Arrival = twice) -> None:
            barrier.wait()
            with writing(engine) as c:
                inbox.receive(c, [update], filler.office.clock())
            barrier.wait()
            if planted:
                _handles_whoever_took_it(filler.office)
            while handle_next(filler.office):
                pass

        workers = [Thread(target=gets) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        with reading(engine) as c:
            rows = c.execute(text("SELECT id, state FROM inbox WHERE update_id = :n"), {"n": twice.update_id}).all()
            expect([state for _, state in rows] == ["done"], f"one update at two workers: {rows} ({engine.dialect.name})")
            count = text("SELECT count(*) FROM outbox WHERE inbox_id = :id AND kind = 'message'")
            answered = c.execute(count, {"id": rows[0][0]}).scalar_one()
        expect(answered == 1, f"one update was answered {answered} times ({engine.dialect.name})")


def _handles_whoever_took_it(office: Any) -> None:
    """The planted bug: an event is read, and handled without anybody looking whether it is still there."""
    with reading(office.engine) as c:
        waiting = c.execute(text("SELECT id FROM inbox WHERE state = 'new' ORDER BY id LIMIT 1")).scalar()
    if waiting is None:
        return
    with writing(office.engine) as c:
        c.execute(text("UPDATE inbox SET state = 'new' WHERE id = :id"), {"id": waiting})
    handle_next(office)
