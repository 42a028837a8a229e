"""Old bytes go, too: what was deleted is no longer in the files of the database once this has run.

Not here: what is deleted (personal.py); and copies made before, which only whoever keeps them can remove.
"""

from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from dialogs.store.tables import metadata


def purge(engine: Engine) -> bool:
    """Rewrite the database without what was deleted; False when somebody is using it and it has to be tried again later."""
    return _purge_sqlite(engine) if engine.dialect.name == "sqlite" else _purge_postgresql(engine)


def _purge_sqlite(engine: Engine) -> bool:
    pooled = engine.raw_connection()
    try:
        raw = pooled.driver_connection
        assert raw is not None
        raw.execute("VACUUM")
        busy, _, _ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
    except engine.dialect.loaded_dbapi.OperationalError:
        return False
    finally:
        pooled.close()


def _purge_postgresql(engine: Engine) -> bool:
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as c:
            c.execute(text("SET lock_timeout = '5s'"))
            for table in metadata.sorted_tables:
                c.execute(text(f"VACUUM (FULL) {table.name}"))
            c.execute(text("RESET lock_timeout"))
    except OperationalError:
        return False
    return True
