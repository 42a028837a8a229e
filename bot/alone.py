"""One serving process over a SQLite file, and no second one: a lock that ends with the process, however it ends.

Not here: PostgreSQL, over which there may be several.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dialogs.store.engine import Engine
from scoring.errors import ZipingError


@contextmanager
def alone(engine: Engine) -> Iterator[None]:
    """Hold the lock beside a SQLite store. Raises ZipingError while another process serves it."""
    file = engine.url.database
    if engine.dialect.name != "sqlite" or file is None:
        yield
        return
    path = Path(f"{file}-serving")
    path.touch(mode=0o600)
    lock = sqlite3.connect(path, timeout=0, isolation_level=None)  # SQLite's own locks are the same on every system
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError:
        lock.close()
        raise ZipingError(
            f"另一个 ziping serve 正在用 {file}。SQLite 同一时间只能有一个进程服务；要几个一起跑，请改用 PostgreSQL。"
        ) from None
    try:
        yield
    finally:
        lock.close()
