"""The schema's version: is this database ours to use, and how it is brought up to date.

Alembic is only imported when there is something to migrate; the migrations stand in migrations/versions.
Not here: the tables of today (tables.py).
"""

from sqlalchemy import Connection, Engine, inspect, text

from dialogs.store.errors import SchemaMissing, SchemaTooNew, StoreError

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006")  # oldest first; the last is this program's schema
LATEST = REVISIONS[-1]
LOCK = 7_434_911  # any number, the same in every process: one upgrade at a time on PostgreSQL


def check_schema(c: Connection) -> None:
    """Raises SchemaMissing or SchemaTooNew unless the database has this program's schema."""
    if _version(c) != LATEST:
        raise SchemaMissing("数据库还没有建好，或还是旧版本；请先运行 ziping db upgrade。")


def migrate(engine: Engine) -> None:
    """Migrate in one transaction: a process killed in the middle leaves the old schema."""
    with engine.connect() as c:
        sqlite = c.dialect.name == "sqlite"
        if sqlite:
            # A rebuilt table is dropped for a moment; enforcement cannot be changed inside the transaction.
            _sqlite_pragma(c, "foreign_keys=OFF")
        try:
            with c.begin():
                if not sqlite:
                    c.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK})
                if _version(c) != LATEST:
                    _run_migrations(c)
                if sqlite and c.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise StoreError("升级后的数据库有对不上的记录，已退回升级前的样子，请联系技术支持。")
        finally:
            if sqlite:
                _sqlite_pragma(c, "foreign_keys=ON")


def _version(c: Connection) -> str | None:
    """The revision of the database, None when it is empty. Raises SchemaTooNew for one we do not know."""
    if not inspect(c).has_table("alembic_version"):
        return None
    found = c.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found is not None and found not in REVISIONS:
        raise SchemaTooNew(f"数据库是更新版本的程序建的（{found}），这个版本不能用它；请先升级程序。")
    return found


def _sqlite_pragma(c: Connection, pragma: str) -> None:
    raw = c.connection.driver_connection
    assert raw is not None
    raw.execute(f"PRAGMA {pragma}")


def _run_migrations(c: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "dialogs.store:migrations")
    config.attributes["connection"] = c
    command.upgrade(config, "head")
