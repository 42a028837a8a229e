"""Opening the database so that what is committed stays committed, and copying it while it is in use.

SQLite: WAL, synchronous=FULL, foreign keys, a busy timeout, and BEGIN IMMEDIATE for every writing transaction —
with the driver's own transaction handling switched off, because it begins too late and loses updates.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, OperationalError

from scoring.errors import ZipingError

BUSY_MS = 5000  # how long a writer waits for another before it gives up
MIGRATIONS = Path(__file__).parent / "migrations"


class StoreError(ZipingError):
    """The database cannot be opened, or its schema does not fit; the sentence says what to do."""


def open_store(url: str) -> Engine:
    """An engine for this database URL. Raises StoreError for a URL that cannot be used."""
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "postgresql" and parsed.drivername == "postgresql":
            parsed = parsed.set(drivername="postgresql+psycopg")
        engine = create_engine(parsed, pool_pre_ping=parsed.get_backend_name() != "sqlite")
    except (ArgumentError, NoSuchModuleError, ImportError) as e:
        raise StoreError(f"DATABASE_URL 写法不对：{url.partition('://')[0]}；例如 sqlite:///ziping.db") from e
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reading_only = connection.get_execution_options().get("ziping_read", False)
    connection.exec_driver_sql("BEGIN" if reading_only else "BEGIN IMMEDIATE")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that may write: all of it or nothing."""
    with engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that only reads, from one moment."""
    with engine.connect().execution_options(ziping_read=True) as connection, connection.begin():
        yield connection


def upgrade(url: str) -> None:
    """Bring the database to the newest schema; killed at any moment, it has the old one or the new one."""
    engine = open_store(url)
    try:
        with engine.connect() as connection:
            config = _config()
            script = ScriptDirectory.from_config(config)
            with connection.begin():
                present = MigrationContext.configure(connection).get_current_revision()
            if present == script.get_current_head():
                return
            if present is not None and present not in {r.revision for r in script.walk_revisions()}:
                raise StoreError(f"这个数据库（{present}）是更新的版本建的，请先升级程序。")
            with connection.begin():
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
    except OperationalError as e:
        raise StoreError(f"打不开数据库：{engine.url.render_as_string(hide_password=True)}；请检查路径和权限。") from e
    finally:
        engine.dispose()
    _keep_private(engine)


def _keep_private(engine: Engine) -> None:
    """Answers are nobody else's business on a shared machine."""
    if engine.dialect.name == "sqlite" and engine.url.database and Path(engine.url.database).exists():
        Path(engine.url.database).chmod(0o600)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def backup(engine: Engine, target: Path) -> None:
    """A consistent copy while others write, verified before it gets its name. Raises StoreError."""
    if engine.dialect.name != "sqlite":
        raise StoreError("PostgreSQL 请用 pg_dump 备份。")
    source = engine.url.database
    if not source or not Path(source).exists():
        raise StoreError(f"没有这个数据库文件：{source}")
    if target.exists():
        raise StoreError(f"{target} 已经存在，换个名字，免得盖掉旧备份。")
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(part)) as copy:
            live.backup(copy)
            verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
    except (sqlite3.Error, OSError) as e:
        part.unlink(missing_ok=True)
        raise StoreError(f"备份没有成功：{e}") from e
    if verdict != "ok":
        part.unlink(missing_ok=True)
        raise StoreError("备份校验没有通过，没有保留。")
    part.chmod(0o600)
    part.rename(target)
