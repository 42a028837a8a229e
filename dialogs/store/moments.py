"""The database's clock: what several workers go by, so that none of them is early or late."""

import time

from sqlalchemy import Engine, text

from dialogs.store.engine import reading


def offset(engine: Engine) -> int:
    """Milliseconds that the database's clock is ahead of this machine's; none for SQLite, which is on this machine."""
    if engine.dialect.name != "postgresql":
        return 0
    with reading(engine) as c:
        asked = time.time_ns()
        said = int(c.execute(text("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")).scalar_one())
        heard = time.time_ns()
    return said - (asked + heard) // 2_000_000
