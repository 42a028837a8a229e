"""Backups of a store while it is in use: one private file with a checksum beside it, checked before it counts.

Of SQLite a copy by SQLite's own means; of PostgreSQL a SQLite file with the same rows, which any machine can read, serve
from, or copy back (copying.py). Not here: restoring, which is putting the file back.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from hashlib import file_digest
from pathlib import Path

from sqlalchemy import URL, Engine

from dialogs.store.copying import copy
from dialogs.store.engine import make_engine, upgrade
from dialogs.store.errors import BackupFailed, CopyFailed, SchemaMissing
from dialogs.store.fingerprints import Fingerprint
from dialogs.store.home import RESTORED
from dialogs.store.office_settings import PAUSED

DATED = "ziping-%Y%m%d-%H%M%S.db"  # what a backup in a folder of backups is called
CHECKSUM = ".sha256"  # of the file beside a backup, as `sha256sum -c` reads it


def backup(engine: Engine, path: Path) -> None:
    """Write a checked copy to `path`, which gets its name only when the copy is good. Raises BackupFailed."""
    if path.exists():
        raise BackupFailed(f"{path} 已经存在，请换个名字，免得盖掉旧备份。")
    fill = _copy if engine.dialect.name == "sqlite" else _copy_rows
    _kept_when_good(path, lambda unfinished: fill(engine, unfinished))


def backup_into(engine: Engine, folder: Path, now: datetime, days: int | None = None) -> tuple[Path, int]:
    """One more dated backup in a folder; then, with `days`, those older than that go. Where it is, and how many went."""
    path = folder / now.strftime(DATED)
    backup(engine, path)
    return path, 0 if days is None else _expire(folder, path, now - timedelta(days=days))


def copy_to_file(source: Engine, path: Path) -> dict[str, Fingerprint]:
    """The rows of a store as a SQLite store of its own; what was copied. Raises BackupFailed and CopyFailed."""
    if path.exists():
        raise BackupFailed(f"{path} 已经存在，请换个名字，免得盖掉原来的数据。")
    copied: dict[str, Fingerprint] = {}
    _kept_when_good(path, lambda unfinished: copied.update(_copy_rows(source, unfinished)), checksum=False)
    return copied


def as_noted(path: Path) -> bool | None:
    """Whether a backup still is what it was when it was made; None when there is no checksum beside it. Raises BackupFailed."""
    try:
        noted = path.with_name(path.name + CHECKSUM).read_text(encoding="utf-8").split()
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as e:
        raise BackupFailed(f"{path} 旁边的校验码读不出来。") from e
    return noted[:1] == [_digest(path)]


def _kept_when_good(path: Path, fill: Callable[[Path], object], *, checksum: bool = True) -> None:
    unfinished = path.with_name(path.name + ".part")
    try:
        _remove(unfinished)
        unfinished.touch(mode=0o600)  # figures and phone numbers: nobody else's business
        fill(unfinished)
        if checksum:  # before the name: a backup that is there has its checksum
            _note(path, _digest(unfinished))
        unfinished.replace(path)
        _sync_folder(path.parent)
    except (OSError, sqlite3.Error, CopyFailed) as e:
        raise BackupFailed(f"备份没有做成：{e}") from e
    except SchemaMissing as e:
        raise BackupFailed("备份没有做成：数据库还没有建好，或还是旧版本；升级前请用原来的程序备份，或用 pg_dump。") from e
    finally:
        _remove(unfinished)


def _copy(engine: Engine, path: Path) -> None:
    pooled = engine.raw_connection()
    copied = sqlite3.connect(path)
    try:
        source = pooled.driver_connection
        assert isinstance(source, sqlite3.Connection)
        source.backup(copied)
        if copied.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone() is None:
            raise SchemaMissing
        _mark(copied)
        _check(copied)
    finally:
        copied.close()
        pooled.close()
    _sync(path)


def _mark(copied: sqlite3.Connection) -> None:
    """A restored copy says nothing unasked until somebody resumes: what waits in it was perhaps said after it was made."""
    if copied.execute("SELECT 1 FROM sqlite_master WHERE name = 'office_settings'").fetchone():
        copied.execute("INSERT OR REPLACE INTO office_settings (key, value) VALUES (?, ?)", (PAUSED, RESTORED))
        copied.commit()


def _copy_rows(source: Engine, path: Path) -> dict[str, Fingerprint]:
    target = make_engine(URL.create("sqlite", database=str(path)).render_as_string())
    try:
        upgrade(target)
        prints = copy(source, target)
    finally:
        target.dispose()
    copied = sqlite3.connect(path)
    try:
        _check(copied)
    finally:
        copied.close()
    _sync(path)
    return prints


def _check(copied: sqlite3.Connection) -> None:
    copied.execute("PRAGMA journal_mode=DELETE")  # one file, complete in itself
    verdict = copied.execute("PRAGMA integrity_check").fetchone()[0]
    strays = copied.execute("PRAGMA foreign_key_check").fetchone()
    if verdict != "ok" or strays is not None:
        raise BackupFailed("备份没有通过校验，没有保留；请检查磁盘后再试。")


def _note(path: Path, digest: str) -> None:
    noted = path.with_name(path.name + CHECKSUM)
    with noted.open("w", encoding="utf-8") as file:
        noted.chmod(0o600)
        file.write(f"{digest}  {path.name}\n")
        file.flush()
        os.fsync(file.fileno())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _expire(folder: Path, newest: Path, before: datetime) -> int:
    """Remove dated backups of a folder made before that moment; never the newest, nor a file of another name."""
    gone = 0
    for path in sorted(folder.glob("ziping-*.db")):
        with suppress(ValueError):
            if path != newest and datetime.strptime(path.name, DATED).replace(tzinfo=before.tzinfo) < before:
                path.unlink(missing_ok=True)
                path.with_name(path.name + CHECKSUM).unlink(missing_ok=True)
                gone += 1
    return gone


def _remove(unfinished: Path) -> None:
    for end in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            unfinished.with_name(unfinished.name + end).unlink()


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """The new name itself must survive a power cut."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
