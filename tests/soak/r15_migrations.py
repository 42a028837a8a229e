"""R15: a process killed at any statement of a migration leaves the schema from before or the new one, never one between, with
every row; from every released edition, on both databases. What was killed is migrated afterwards as if nothing had been.
"""

import os
import signal
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

import alembic.command  # in the child it would be imported at every kill
from sqlalchemy import Engine, event

from dialogs.store.engine import _begin_sqlite, make_engine, reading, upgrade
from tests import stores
from tests.dialogs.store.released import RELEASED, Rows, restore, rows_there
from tests.soak import Red, expect

GOAL = "R15"
AMOUNT = {"quick": 8, "full": 100_000}  # kills; there are fewer statements than that
TEETH = ("no transaction on sqlite", "no transaction on postgresql")
KINDS = ("sqlite", "postgresql")

assert alembic.command

SCHEMA = {
    "sqlite": "SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2",
    "postgresql": "SELECT 'column', table_name || '.' || column_name, data_type || is_nullable || coalesce(column_default, '')"
    " FROM information_schema.columns WHERE table_schema = 'public'"
    " UNION ALL SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
    " UNION ALL SELECT 'rule', conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace ORDER BY 1, 2, 3",
}
State = tuple[list[tuple[str, ...]], Rows]


@dataclass
class Tally:
    """What became of the kills."""

    kills: int = 0
    old: int = 0
    new: int = 0
    places: int = 0


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    chance = Random(seed)
    tally = Tally()
    kinds = [kind for kind in KINDS if not planted or planted.endswith(kind)]
    stores_there = [(kind, version) for kind in kinds for version in RELEASED]
    if amount < AMOUNT["full"]:
        stores_there = [(kind, chance.choice(RELEASED)) for kind in kinds]
    for kind, version in stores_there:
        _kill_all_over(kind, version, amount // len(stores_there), chance, tally, bool(planted))
    return {"kills": tally.kills, "of statements": tally.places, "left the old": tally.old, "left the new": tally.new}


def _kill_all_over(kind: str, version: str, amount: int, chance: Random, tally: Tally, planted: bool) -> None:
    with _released(kind, version) as new, _released(kind, version) as url:
        places = _statements(new)
        old, goal = _state(url), _state(new)
        expect(old != goal, f"{kind} {version}: nothing was migrated")
        points = range(places + 2)  # before each statement, before the end of the transaction, and after it
        chosen = [*sorted(chance.sample(points[:-1], amount - 1)), points[-1]] if amount < len(points) else list(points)
        tally.places += places
        for point in chosen:
            _in_a_child(lambda at=point: _killed_at(url, at, planted))  # type: ignore[misc]
            tally.kills += 1
            left = _state(url)
            if left == old:
                tally.old += 1
                continue
            if left != goal:
                raise Red(f"{kind}, from {version}, killed at statement {point} of {places}: the schema is neither old nor new")
            tally.new += 1
            expect(point == places + 1, f"{kind} {version}: committed at statement {point} of {places} already")
        upgrade(url)
        expect(_state(url) == goal, f"{kind} {version}: what was killed so often is not migrated as it should be")


@contextmanager
def _released(kind: str, version: str) -> Iterator[str]:
    """The address of a store as a released edition left it."""
    with tempfile.TemporaryDirectory(prefix="ziping-migrated-") as folder:
        url = f"sqlite:///{Path(folder) / 'store.db'}" if kind == "sqlite" else stores.new_postgres_database()
        engine = make_engine(url)
        restore(engine, version)
        engine.dispose()
        yield url


def _statements(url: str) -> int:
    """Migrate, and count the statements it takes."""
    engine = make_engine(url)
    seen: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _cursor, statement, *_: seen.append(statement))
    upgrade(engine)
    engine.dispose()
    return len(seen)


def _state(url: str) -> State:
    """Schema and rows, as soon as nobody else is connected: a killed process's transaction takes a moment to be undone."""
    engine = make_engine(url)
    try:
        if engine.dialect.name == "postgresql":
            _until_alone(engine)
        with reading(engine) as c:
            schema = [tuple(str(part) for part in row) for row in c.exec_driver_sql(SCHEMA[c.dialect.name])]
        return schema, rows_there(engine)
    finally:
        engine.dispose()


def _until_alone(engine: Engine) -> None:
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with reading(engine) as c:
            if not c.exec_driver_sql(others).scalar():
                return
        time.sleep(0.005)
    raise Red("the connection of a killed process is still there")


def _killed_at(url: str, point: int, planted: bool) -> None:
    engine = make_engine(url)
    if planted and engine.dialect.name == "sqlite":
        event.remove(engine, "begin", _begin_sqlite)
    elif planted:
        engine = engine.execution_options(isolation_level="AUTOCOMMIT")
    left = point

    def count(*_: object) -> None:
        nonlocal left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1

    event.listen(engine, "before_cursor_execute", count)
    event.listen(engine, "commit", count)
    upgrade(engine)
    os.kill(os.getpid(), signal.SIGKILL)


def _in_a_child(work: Callable[[], None]) -> None:
    """Do it in a process of its own, which is killed doing it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a process with threads forks: the child uses none of them
        child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(3)
    _, status = os.waitpid(child, 0)
    expect(os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL, f"the migrating process ended by itself: {status}")
