"""Old bytes go, too: what was deleted is no longer in the files of the database once this has run.

Not here: what is deleted (personal.py); and copies made before, which only whoever keeps them can remove.
"""

from contextlib import suppress

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError, ProgrammingError

from dialogs.store.tables import metadata

PATIENCE = 5000  # milliseconds to wait for others to be done with the database


def purge(engine: Engine, patience: int = PATIENCE) -> bool:
    """Rewrite the database without what was deleted; False when somebody is using it and it has to be tried again later."""
    return _purge_sqlite(engine, patience) if engine.dialect.name == "sqlite" else _purge_postgresql(engine, patience)


def _purge_sqlite(engine: Engine, patience: int) -> bool:
    pooled = engine.raw_connection()
    try:
        raw = pooled.driver_connection
        assert raw is not None
        raw.execute(f"PRAGMA busy_timeout={int(patience)}")
        raw.execute("VACUUM")
        busy, _, _ = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
    except engine.dialect.loaded_dbapi.OperationalError:
        return False
    finally:
        pooled.invalidate()  # the next one gets a connection with the usual patience


def _purge_postgresql(engine: Engine, patience: int) -> bool:
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as c:
            c.execute(text(f"SET lock_timeout = {int(patience)}"))
            for table in metadata.sorted_tables:
                c.execute(text(f"VACUUM (FULL, ANALYZE) {table.name}"))
            c.execute(text("VACUUM (FULL) pg_statistic"))  # samples of what stood in the columns
            c.execute(text("RESET lock_timeout"))
            _turn_the_log(c)
    except OperationalError:
        return False
    return True


def _turn_the_log(c: Connection) -> None:
    """Let the server put away its log of writes, as far as this role may ask for it: old names stand there, too, until the
    segments are removed (with wal_recycle = off) or written over."""
    for command in ("SELECT pg_switch_wal()", "CHECKPOINT"):
        with suppress(ProgrammingError):  # not allowed to this role: the server does it in its own time
            c.execute(text(command))
