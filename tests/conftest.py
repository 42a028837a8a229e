"""Databases for the tests: a real SQLite file, and a real PostgreSQL that lives as long as the test run."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dialogs.store.engine import open_store, upgrade
from tests import offline, stores

KINDS = ("sqlite", "postgresql")

offline.enforce()


@pytest.fixture(scope="session")
def postgres() -> str:
    """The address of an empty PostgreSQL server's own database."""
    return stores.postgres_server()


@pytest.fixture(scope="session")
def new_postgres_database(postgres: str) -> Callable[[], str]:
    """Makes one more empty PostgreSQL database."""
    return stores.new_postgres_database


@pytest.fixture(scope="session")
def postgres_store(postgres: str) -> str:
    """The address of a PostgreSQL database with the present schema, shared by all tests that empty it first."""
    return stores.postgres_store()


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
    yield stores.emptied(engine)
    engine.dispose()
