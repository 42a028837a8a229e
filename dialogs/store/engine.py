"""The database: how it is opened, and the two kinds of transaction.

`writing` begins with the right to write (SQLite: BEGIN IMMEDIATE), so that nothing read in it can be stale when
it writes; `reading` sees one moment of the database. Not here: any table.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import SQLITE_CORRUPT, SQLITE_NOTADB, DatabaseError
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from dialogs.store.errors import StoreError
from dialogs.store.schema import check_schema, migrate

__all__ = ["Connection", "Engine", "StoreError", "make_engine", "open_store", "reading", "upgrade", "writing"]

# WAL lets readers and the writer work side by side; synchronous=FULL makes a commit survive a power cut.
PRAGMAS = ("busy_timeout=5000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-16000")
LOOKING = ("busy_timeout=5000", "query_only=ON", "cache_size=-16000")

# A server that is gone, or a connection that is half open, is noticed within seconds; nobody waits for a lock for long,
# and a worker that stands still in the middle of a transaction does not hold up the others.
POSTGRESQL = {
    "connect_timeout": 5,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "options": "-c lock_timeout=10s -c idle_in_transaction_session_timeout=15s"
    " -c tcp_keepalives_idle=5 -c tcp_keepalives_interval=2 -c tcp_keepalives_count=3",
}
POOL_PATIENCE = 5  # seconds for a connection out of the pool


def open_store(url: str, *, looking: bool = False) -> Engine:
    """The store at this address; `looking`: not a byte of its file changes. Raises SchemaMissing and SchemaTooNew, and
    StoreError when it cannot be opened."""
    engine = make_engine(url, looking=looking)
    try:
        with reading(engine) as c:
            check_schema(c)
    except OperationalError as e:
        raise _unreachable(engine) from e
    except StoreError:
        engine.dispose()
        raise
    return engine


def upgrade(store: Engine | str) -> None:
    """Bring the database to this program's schema: all of it or nothing. Raises SchemaTooNew and StoreError."""
    engine = make_engine(store) if isinstance(store, str) else store
    try:
        migrate(engine)
    except OperationalError as e:
        raise _unreachable(engine) from e
    finally:
        if isinstance(store, str):
            engine.dispose()


def make_engine(url: str, *, looking: bool = False) -> Engine:
    """An engine for `sqlite:///file.db` or `postgresql://…`, its schema not looked at yet. Raises StoreError."""
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        engine = create_engine(address, hide_parameters=True)
        event.listen(engine, "connect", _look_at_sqlite if looking else _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        return create_engine(
            address,
            isolation_level="READ COMMITTED",
            pool_pre_ping=True,
            pool_timeout=POOL_PATIENCE,
            hide_parameters=True,
            connect_args=POSTGRESQL,
        )
    except ImportError as e:
        raise StoreError("要用 PostgreSQL，请先安装：pip install 'ziping[postgres]'") from e


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except ArgumentError as e:
        raise StoreError("数据库地址看不懂，应像 sqlite:///ziping.db 或 postgresql://用户@主机/库名") from e
    if address.drivername in ("postgresql", "postgres"):
        address = address.set(drivername="postgresql+psycopg")
    if address.get_backend_name() not in ("sqlite", "postgresql"):
        raise StoreError(f"不支持 {address.get_backend_name()} 数据库，请用 SQLite 或 PostgreSQL。")
    if address.get_backend_name() == "sqlite" and address.database in (None, "", ":memory:"):
        raise StoreError("SQLite 数据库要写明文件，例如 sqlite:///ziping.db")
    return address


def _unreachable(engine: Engine) -> StoreError:
    shown = engine.url.render_as_string(hide_password=True)
    return StoreError(f"打不开数据库 {shown}；请看看地址、权限，或者是不是正被别的程序占着。")


def _prepare_sqlite(raw: SqliteConnection, _: object) -> None:
    raw.isolation_level = None  # sqlite3 must not open transactions of its own: it opens them too late
    file = Path(raw.execute("PRAGMA database_list").fetchone()[2])
    if file.stat().st_size == 0:  # a new database: figures and phone numbers are nobody else's business
        file.chmod(0o600)  # before WAL is chosen, which writes the first page; the -wal and -shm files take this mode
    _set(raw, file, PRAGMAS)


def _look_at_sqlite(raw: SqliteConnection, _: object) -> None:
    """Choosing WAL would write the file: a backup would not match its checksum any more."""
    raw.isolation_level = None
    _set(raw, Path(raw.execute("PRAGMA database_list").fetchone()[2]), LOOKING)


def _set(raw: SqliteConnection, file: Path, pragmas: tuple[str, ...]) -> None:
    try:
        for pragma in pragmas:
            raw.execute(f"PRAGMA {pragma}")
    except DatabaseError as e:
        if e.sqlite_errorcode in (SQLITE_NOTADB, SQLITE_CORRUPT):
            raise StoreError(f"{file} 不是 SQLite 数据库，或者已经损坏；请核对地址，或用备份恢复。") from e
        raise


def _begin_sqlite(c: Connection) -> None:
    reads = c.get_execution_options().get("ziping_reads")
    driver = c.connection.driver_connection
    assert driver is not None
    with _driver_errors(c.engine):
        driver.execute("BEGIN" if reads else "BEGIN IMMEDIATE")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that may write: committed at the end, rolled back whole when anything is raised."""
    with _driver_errors(engine), engine.begin() as c:
        yield c


@contextmanager
def _driver_errors(engine: Engine) -> Iterator[None]:
    """Errors of the driver, from prepared statements, as SQLAlchemy names them."""
    assert engine.dialect.dbapi is not None
    try:
        yield
    except engine.dialect.dbapi.Error as e:
        raise DBAPIError.instance("", {}, e, engine.dialect.dbapi.Error, hide_parameters=True, dialect=engine.dialect) from e


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A transaction that only reads and sees one moment, whatever is written meanwhile."""
    with _driver_errors(engine), engine.connect() as c:
        if c.dialect.name == "postgresql":
            c.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        else:
            c.execution_options(ziping_reads=True)
        with c.begin():
            yield c
