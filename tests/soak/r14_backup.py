"""R14: a backup made under full load holds everything acknowledged before it began, and holds together; a byte that changes is
noticed; a backup that dies half way is never taken for one; what is restored says nothing unasked until somebody resumes.
"""

import os
import shutil
import signal
import sqlite3
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from random import Random
from unittest.mock import patch

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError

from dialogs.examining import examine
from dialogs.store import backups, copying, office_settings
from dialogs.store.backups import CHECKSUM, as_noted
from dialogs.store.engine import open_store, reading, upgrade, writing
from dialogs.store.errors import StoreError
from dialogs.store.home import settle
from tests import stores
from tests.soak import Red, expect
from tests.soak.writing import Writer, changes_kept, updates_kept, writers

GOAL = "R14"
AMOUNT = {"quick": 1, "full": 20}  # backups of each database, each restored, spoiled and interrupted
TEETH = ("cp", "not of one moment", "no checksum", "not paused", "named before it is whole")
KINDS = ("sqlite", "postgresql")
ONLY_ON = {"cp": "sqlite", "not of one moment": "postgresql", "no checksum": "sqlite", "not paused": "sqlite"}
ONLY_ON |= {"named before it is whole": "sqlite"}
TOGETHER = 4  # backups of one store: writers that never rest make it large
STEPS = ("_check", "_sync", "_note", "_sync_folder")
INTERRUPTED = {"sqlite": 4, "postgresql": 1}  # backups killed half way for each one that is let alone


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    chance = Random(seed)
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="ziping-backup-") as name, _planted(planted):
        for kind in (ONLY_ON[planted],) if planted else KINDS:
            folder = Path(name) / kind
            folder.mkdir()
            changes = 0
            for first in range(0, amount, TOGETHER):
                url = f"sqlite:///{folder / f'store{first}.db'}" if kind == "sqlite" else stores.new_postgres_database()
                upgrade(url)
                with writers(url, 2) as at_work:
                    for n in range(first, min(amount, first + TOGETHER)):
                        with _opened(url) as engine:
                            _one(engine, folder / f"backup{n}", at_work, chance)
                    changes += sum(writer.committed for writer in at_work)
            figures |= {f"{kind} backups": amount, f"{kind} changes meanwhile": changes}
    return figures | {"missing": 0, "damaged": 0, "flips unnoticed": 0, "half backups": 0}


def _one(engine: Engine, folder: Path, at_work: list[Writer], chance: Random) -> None:
    folder.mkdir()
    path = folder / "ziping.db"
    acknowledged = [writer.committed for writer in at_work]
    began = time.monotonic()
    backups.backup(engine, path)
    takes = time.monotonic() - began
    _restored(path, folder / "elsewhere", at_work, acknowledged)
    _spoiled(path, chance)
    for n in range(INTERRUPTED[engine.dialect.name]):
        step = chance.choice(STEPS) if (n + chance.randrange(2)) % 2 else ""
        _interrupted(engine, folder / f"try{n}", chance.uniform(0, 1.2 * takes), step)


def _restored(path: Path, elsewhere: Path, at_work: list[Writer], acknowledged: list[int]) -> None:
    """As the runbook says: check, put the file in its place, start."""
    elsewhere.mkdir()
    expect(as_noted(path) is not False, "a fresh backup does not match its checksum")
    shutil.copy(path, elsewhere / "ziping.db")
    try:
        with _opened(f"sqlite:///{elsewhere}/ziping.db") as restored, reading(restored) as c:
            wrong = [told for finding in examine(c).findings for told in finding.wrong]
            expect(not wrong, f"the backup does not hold together: {wrong[:2]}")
            for writer, known in zip(at_work, acknowledged, strict=True):
                kept = changes_kept(c, writer)
                expect(len(kept) >= known, f"{known - len(kept)} acknowledged changes are missing from the backup")
                expect(kept == list(range(1, len(kept) + 1)), "a change is missing from the middle")
                expect(kept == updates_kept(c, writer), "the backup is of several moments: changes without their updates")
        with _opened(f"sqlite:///{elsewhere}/ziping.db") as restored, writing(restored) as c:
            settle(c)
            expect(bool(office_settings.get(c, office_settings.PAUSED)), "what was restored says what was said long ago")
    except (StoreError, DatabaseError, sqlite3.DatabaseError) as e:
        raise Red(f"the backup cannot be used: {type(e).__name__}") from e


@contextmanager
def _opened(url: str) -> Iterator[Engine]:
    engine = open_store(url)
    try:
        yield engine
    finally:
        engine.dispose()


def _spoiled(path: Path, chance: Random) -> None:
    content = bytearray(path.read_bytes())
    content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    spoiled = path.with_name("spoiled.db")
    spoiled.write_bytes(content)
    with suppress(FileNotFoundError):
        shutil.copy(path.with_name(path.name + CHECKSUM), spoiled.with_name(spoiled.name + CHECKSUM))
    expect(as_noted(spoiled) is False, "a flipped byte of a backup goes unnoticed")


def _interrupted(engine: Engine, folder: Path, after: float, step: str) -> None:
    """A process that is killed while it makes a backup, at a step or after a while; what has a backup's name must be one."""
    folder.mkdir()
    url = engine.url.render_as_string(hide_password=False)

    def work() -> None:
        with patch.object(backups, step, _die) if step else nullcontext():
            backups.backup(open_store(url), folder / "ziping.db")

    child = _in_a_child(work)
    deadline = time.monotonic() + after
    while (step or time.monotonic() < deadline) and os.waitpid(child, os.WNOHANG) == (0, 0):
        time.sleep(0.0005)
    with suppress(ProcessLookupError):
        os.kill(child, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(child, 0)
    if (folder / "ziping.db").exists():
        expect(as_noted(folder / "ziping.db") is True, "a backup that died half way has the name of a whole one")


def _die(*_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _in_a_child(work: Callable[[], None]) -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a process with threads forks: the child uses none of them
        child = os.fork()
    if child == 0:
        with suppress(BaseException):
            work()
        os._exit(0)
    return child


@contextmanager
def _planted(bug: str) -> Iterator[None]:
    """The program with a bug in it."""
    if bug == "cp":
        with patch.object(backups, "_copy", lambda engine, path: shutil.copy(str(engine.url.database), path)):
            yield
    elif bug == "not of one moment":
        with patch.object(copying, "reading", _statement_by_statement):
            yield
    elif bug == "no checksum":
        with patch.object(backups, "_note", lambda path, digest: None):
            yield
    elif bug == "not paused":
        with patch.object(backups, "_mark", lambda copied: None), patch(f"{__name__}.settle", lambda c: False):
            yield
    elif bug == "named before it is whole":
        with patch.object(backups, "_kept_when_good", _named_at_once):
            yield
    else:
        yield


@contextmanager
def _statement_by_statement(engine: Engine) -> Iterator[object]:
    with engine.connect() as c, c.begin():
        yield c


def _named_at_once(path: Path, fill: Callable[[Path], object], *, checksum: bool = True) -> None:
    fill(path)
    backups._note(path, backups._digest(path))
