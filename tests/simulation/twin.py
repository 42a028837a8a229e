"""The log of a seed replayed over a fresh store by one process: whatever was left out came to nothing, and must have left nothing.

Every piece of work that committed something is done once more, in its order, at its time, with its fate; those that died
or failed before are not. Then the two stores are the same, row by row, drafted documents to the byte.
"""

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.simulation.bench import Bench, Clockwork
from tests.simulation.faults import Killed

if TYPE_CHECKING:
    from tests.simulation.world import World


def replays(world: "World", bench: Bench) -> None:
    """Red through the world's inspector when the stores differ."""
    bench.lays_out()
    engine, life = bench.seats[0]
    clockwork = Clockwork(world.seed)
    office = clockwork.office(engine, world.town.packs)
    for op in world.log:
        clockwork.now = op.now
        clockwork.begins(op.serial)
        life.fate = replace(op.fate) if op.fate else None
        with suppress(Killed, Exception):
            op.function(replace(office, worker=op.worker), *op.arguments)
        life.fate = None
    mine, other = world.inspector.c, bench.looks()
    try:
        for (table,) in mine.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall():
            rows, again = (c.execute(f"SELECT * FROM {table}").fetchall() for c in (mine, other))
            if sorted(rows, key=repr) != sorted(again, key=repr):
                odd = [row for row in rows if row not in again] + [row for row in again if row not in rows]
                world.inspector.red(f"the same events give other {table}: {str(odd[:2])[:600]}")
    finally:
        other.close()
        bench.clears()
