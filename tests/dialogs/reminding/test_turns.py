"""Who changes the digests of several people does so in turn: PostgreSQL finds no deadlock to break."""

import threading
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, text

from dialogs.reminding import collecting, dispatching
from dialogs.store import sending
from dialogs.store.engine import writing
from dialogs.store.sending import Waiting
from tests.dialogs.desk import tiny_packs
from tests.dialogs.reminding.town import Town, at
from tests.dialogs.store.stock import until_it_waits


def test_collecting_and_dispatching_at_once(postgresql_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One process queues two digests, the later id first, while another puts lines into the same two by their ids."""
    town = Town(postgresql_engine, tiny_packs(tmp_path / "packs"), at("2026-03-01"))
    for n in (1, 2):
        town.person(f"{n}", (town.unit(f"u{n}"), "filler"))
        town.filing(f"f{n}", f"u{n}")
    town.deadline("2026-03-31")
    town.goes_to(at("2026-03-17"))
    collecting.collect(town.office)
    with writing(postgresql_engine) as c:
        c.execute(text("UPDATE notices SET due_at = due_at - 1 WHERE id = (SELECT max(id) FROM notices)"))
    failures: list[Exception] = []

    def collect() -> None:
        try:
            collecting.collect(town.office)
        except Exception as e:
            failures.append(e)

    other = threading.Thread(target=collect)
    queue = sending.queue

    def queue_and_meet(c: Connection, notice: Waiting, now: int) -> bool:
        done = queue(c, notice, now)
        if not other.ident:  # the first one is ours, the second not yet: now the other process comes
            with writing(postgresql_engine) as more:
                more.execute(text("UPDATE reminders SET state = 'due' WHERE state = 'collected'"))
            other.start()
            until_it_waits(postgresql_engine, other)
        return done

    monkeypatch.setattr(sending, "queue", queue_and_meet)
    assert dispatching.dispatch(town.office) == 2
    other.join()
    assert not failures
