"""What a seed comes to when every update is delivered once, in the order in which it was first accepted, to one process.

Duplicates are left out by a set of this file's own, so that the store's way of recognising them is not asked.
"""

from typing import TYPE_CHECKING

from dialogs.handling import handle_next
from tests.simulation.bench import Bench, Clockwork, receive

if TYPE_CHECKING:
    from tests.simulation.world import World

SAME = {
    "answers": "SELECT * FROM answers ORDER BY filing_id, item",
    "history": "SELECT filing_id, item, old, new, person_id, at, message FROM history ORDER BY id",
    "conversations": "SELECT chat, person_id, filing_id, state, ver FROM conversations ORDER BY chat",
    "filings": "SELECT id, state, round, done, total, at_item FROM filings ORDER BY id",
    "replies": "SELECT chat, kind, body FROM outbox WHERE kind <> 'notice' ORDER BY chat, id",
}


def agrees(world: "World", bench: Bench) -> None:
    """Red through the world's inspector when the store is not what the oracle's is."""
    bench.lays_out()
    engine, _ = bench.seats[0]
    clockwork = Clockwork(world.seed)
    office = clockwork.office(engine, world.town.packs)
    seen: set[int] = set()
    for op in world.log:
        clockwork.now = op.now
        clockwork.begins(op.serial)
        if op.function is receive:
            new = {a.update_id: a for a in op.arguments[0] if a.update_id not in seen}
            seen |= new.keys()
            receive(office, list(new.values()))
        elif op.function.__name__ == handle_next.__name__:
            handle_next(office)
    other = bench.looks()
    try:
        for what, sql in SAME.items():
            mine, its = world.inspector.c.execute(sql).fetchall(), other.execute(sql).fetchall()
            if mine != its:
                odd = [row for row in mine if row not in its][:1] + [row for row in its if row not in mine][:1]
                world.inspector.red(f"{what} are not what one delivery in order gives: {str(odd)[:400]}")
    finally:
        other.close()
        bench.clears()
