"""Backups of a SQLite store while it is in use: a copy by SQLite's own means, checked before it counts.

Not here: PostgreSQL, which has pg_dump; and restoring, which is putting the file back.
"""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Engine

from dialogs.store.errors import BackupFailed
from dialogs.store.office_settings import PAUSED

RESTORED = "从备份恢复"  # why a restored copy is paused


def backup(engine: Engine, path: Path) -> None:
    """Write a checked copy to `path`, which gets its name only when the copy is good. Raises BackupFailed."""
    if engine.dialect.name != "sqlite":
        raise BackupFailed("PostgreSQL 请用它自己的工具备份：pg_dump --format=custom --file=备份.dump 库名")
    if path.exists():
        raise BackupFailed(f"{path} 已经存在，请换个名字，免得盖掉旧备份。")
    unfinished = path.with_name(path.name + ".part")
    try:
        unfinished.unlink(missing_ok=True)
        unfinished.touch(mode=0o600)  # figures and phone numbers: nobody else's business
        _copy(engine, unfinished)
        unfinished.replace(path)
        _sync_folder(path.parent)
    except (OSError, sqlite3.Error) as e:
        raise BackupFailed(f"备份没有做成：{e}") from e
    finally:
        with suppress(OSError):
            unfinished.unlink()


def _copy(engine: Engine, path: Path) -> None:
    pooled = engine.raw_connection()
    copy = sqlite3.connect(path)
    try:
        source = pooled.driver_connection
        assert isinstance(source, sqlite3.Connection)
        source.backup(copy)
        _mark(copy)
        copy.execute("PRAGMA journal_mode=DELETE")  # one file, complete in itself
        verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
        strays = copy.execute("PRAGMA foreign_key_check").fetchone()
        if verdict != "ok" or strays is not None:
            raise BackupFailed("备份没有通过校验，没有保留；请检查磁盘后再试。")
    finally:
        copy.close()
        pooled.close()
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _mark(copy: sqlite3.Connection) -> None:
    """A restored copy says nothing unasked until somebody resumes: what waits in it was perhaps said after it was made."""
    if copy.execute("SELECT 1 FROM sqlite_master WHERE name = 'office_settings'").fetchone():
        copy.execute("INSERT OR REPLACE INTO office_settings (key, value) VALUES (?, ?)", (PAUSED, RESTORED))
        copy.commit()


def _sync_folder(folder: Path) -> None:
    """The new name itself must survive a power cut."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
