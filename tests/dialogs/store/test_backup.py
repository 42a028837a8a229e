"""Backups: complete, checked, private, and never half a file or over an old one."""

import sqlite3
import stat
import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, text

from dialogs.examining import examine
from dialogs.store import backups, inbox, office_settings, people
from dialogs.store.backups import as_noted, backup, backup_into
from dialogs.store.engine import make_engine, open_store, reading, upgrade, writing
from dialogs.store.errors import BackupFailed
from dialogs.store.fingerprints import fingerprints
from tests.dialogs.store.crammed import cram
from tests.dialogs.store.released import RELEASED, restore
from tests.dialogs.store.stock import NOW, a_filing, arrival, change, dump
from tests.dialogs.store.values import GIVEN

PAUSED = {"office_settings": [("paused", "从备份恢复")]}  # the one row that a copy has over what it is a copy of


@pytest.fixture
def filled(sqlite_engine: Engine) -> Engine:
    with writing(sqlite_engine) as c:
        filings = [a_filing(c, str(n)) for n in range(20)]
        inbox.receive(c, [arrival(n) for n in range(50)], NOW)
    for filing in filings:
        change(sqlite_engine, filing, *((item, None, answer) for item, answer in GIVEN.items()))
    return sqlite_engine


def names(folder: Path) -> set[str]:
    return {p.name for p in folder.iterdir()}


def test_the_restored_copy_has_the_same_rows(filled: Engine, tmp_path: Path) -> None:
    backup(filled, tmp_path / "copy.db")
    restored = open_store(f"sqlite:///{tmp_path}/copy.db")
    assert dump(restored) == dump(filled) | PAUSED
    with writing(restored) as c:
        assert inbox.take(c, NOW, "test") is not None
    restored.dispose()


def test_a_backup_is_one_private_file_complete_in_itself(filled: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    backup(filled, folder / "copy.db")
    assert names(folder) == {"copy.db", "copy.db.sha256"}
    assert stat.S_IMODE((folder / "copy.db").stat().st_mode) == 0o600
    copy = sqlite3.connect(f"file:{folder}/copy.db?immutable=1", uri=True)
    assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert copy.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert copy.execute("SELECT count(*) FROM answers").fetchone() == (20 * len(GIVEN),)
    copy.close()


def test_a_backup_made_while_somebody_writes_has_what_was_committed(filled: Engine, tmp_path: Path) -> None:
    before = dump(filled)
    with writing(filled) as c:
        people.add_unit(c, "half", "写到一半的单位", NOW)
        backup(filled, tmp_path / "copy.db")
    restored = open_store(f"sqlite:///{tmp_path}/copy.db")
    assert dump(restored) == before | PAUSED
    restored.dispose()


def test_the_store_goes_on_after_a_backup(filled: Engine, tmp_path: Path) -> None:
    backup(filled, tmp_path / "copy.db")
    with writing(filled) as c:
        assert c.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert inbox.take(c, NOW, "test") is not None


def test_an_old_backup_is_never_overwritten(filled: Engine, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    old.write_bytes(b"last week")
    with pytest.raises(BackupFailed, match="已经存在"):
        backup(filled, old)
    assert old.read_bytes() == b"last week"
    assert not (tmp_path / "old.db.part").exists()


def test_half_a_backup_of_an_earlier_try_is_no_obstacle(filled: Engine, tmp_path: Path) -> None:
    (tmp_path / "copy.db.part").write_bytes(b"half a file")
    backup(filled, tmp_path / "copy.db")
    assert not (tmp_path / "copy.db.part").exists()
    restored = open_store(f"sqlite:///{tmp_path}/copy.db")
    assert dump(restored) == dump(filled) | PAUSED
    restored.dispose()


def test_a_backup_killed_in_the_middle_leaves_no_file(filled: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def die(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(backups.os, "fsync", die)
    folder = tmp_path / "backups"
    folder.mkdir()
    with pytest.raises(KeyboardInterrupt):
        backup(filled, folder / "copy.db")
    assert names(folder) == set()


def test_a_full_disk_fails_the_backup_and_leaves_no_file(filled: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups.os, "fsync", full)
    folder = tmp_path / "backups"
    folder.mkdir()
    with pytest.raises(BackupFailed, match="No space left"):
        backup(filled, folder / "copy.db")
    assert names(folder) == set()


def test_a_copy_with_rows_that_point_nowhere_is_not_kept(filled: Engine, tmp_path: Path) -> None:
    careless = sqlite3.connect(tmp_path / "store.db")
    careless.execute("DELETE FROM units WHERE id = 'u3'")
    careless.commit()
    careless.close()
    before = names(tmp_path)
    with pytest.raises(BackupFailed, match="没有通过校验"):
        backup(filled, tmp_path / "copy.db")
    assert names(tmp_path) == before


def test_a_copy_of_a_damaged_file_is_not_kept(filled: Engine, tmp_path: Path) -> None:
    url = str(filled.url)
    with filled.connect() as c:
        size = c.exec_driver_sql("PRAGMA page_size").scalar()
        roots = (
            c.exec_driver_sql("SELECT rootpage FROM sqlite_master WHERE tbl_name IN ('answers', 'history', 'inbox')")
            .scalars()
            .all()
        )
    filled.dispose()  # the last connection moves everything into the file
    file = tmp_path / "store.db"
    content = bytearray(file.read_bytes())
    for n in roots:  # pages are counted from one
        content[(n - 1) * size : (n - 1) * size + 64] = b"\xa5" * 64
    file.write_bytes(content)
    damaged = make_engine(url)
    with pytest.raises(BackupFailed):
        backup(damaged, tmp_path / "copy.db")
    damaged.dispose()
    assert not {"copy.db", "copy.db.part", "copy.db.part-journal"} & names(tmp_path)


@pytest.mark.parametrize("where", ["nowhere/copy.db", "store.db/copy.db"])
def test_a_place_where_nothing_can_be_written_fails_the_backup(filled: Engine, tmp_path: Path, where: str) -> None:
    with pytest.raises(BackupFailed, match="备份没有做成"):
        backup(filled, tmp_path / where)


def test_a_backup_of_postgresql_is_a_file_that_can_be_served_from(postgresql_engine: Engine, tmp_path: Path) -> None:
    cram(postgresql_engine)
    backup(postgresql_engine, tmp_path / "copy.db")
    assert names(tmp_path) == {"copy.db", "copy.db.sha256"}
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600
    restored = open_store(f"sqlite:///{tmp_path}/copy.db")
    with reading(postgresql_engine) as there, reading(restored) as here:
        assert fingerprints(here) == fingerprints(there)
        assert office_settings.get(here, office_settings.PAUSED) == "从备份恢复"
    restored.dispose()


def test_a_checksum_stands_beside_the_backup_as_sha256sum_reads_it(filled: Engine, tmp_path: Path) -> None:
    backup(filled, tmp_path / "copy.db")
    subprocess.run(["sha256sum", "--check", "--strict", "copy.db.sha256"], cwd=tmp_path, check=True)
    assert as_noted(tmp_path / "copy.db") is True
    content = bytearray((tmp_path / "copy.db").read_bytes())
    content[len(content) // 2] ^= 4
    (tmp_path / "copy.db").write_bytes(content)
    assert as_noted(tmp_path / "copy.db") is False
    (tmp_path / "copy.db.sha256").unlink()
    assert as_noted(tmp_path / "copy.db") is None


def test_a_folder_of_backups_keeps_the_days_it_is_told_and_always_the_newest(filled: Engine, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "ziping-mine.db").touch()
    day = datetime(2026, 3, 1, 2, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    for n in (0, 1, 6, 7):
        path, gone = backup_into(filled, folder, day + timedelta(days=n), 6)
        assert gone == (n == 7)
    dated = [f"ziping-202603{d:02}-020000.db" for d in (2, 7, 8)]
    assert names(folder) == {"ziping-mine.db", *dated, *(f"{name}.sha256" for name in dated)}
    path, gone = backup_into(filled, folder, day - timedelta(days=400), 6)  # a clock gone astray removes nothing newer
    assert path.exists()
    assert gone == 0


def test_nothing_is_removed_when_the_new_backup_fails(filled: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    day = datetime(2026, 3, 1, 2, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    backup_into(filled, folder, day, 6)
    before = names(folder)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backups.os, "fsync", full)
    with pytest.raises(BackupFailed):
        backup_into(filled, folder, day + timedelta(days=100), 6)
    assert names(folder) == before


def test_the_numbers_of_rows_go_on_in_the_restored_copy(filled: Engine, tmp_path: Path) -> None:
    backup(filled, tmp_path / "copy.db")
    restored = open_store(f"sqlite:///{tmp_path}/copy.db")
    with writing(restored) as c:
        assert inbox.receive(c, [arrival(49), arrival(50)], NOW) == 1
        assert c.execute(text("SELECT max(id) FROM inbox")).scalar() == 51
    restored.dispose()


@pytest.mark.parametrize("version", RELEASED)
def test_a_store_is_backed_up_before_it_is_upgraded(version: str, tmp_path: Path) -> None:
    """The new program is there already, and the old one perhaps not any more."""
    old = make_engine(f"sqlite:///{tmp_path}/old.db")
    restore(old, version)
    backup(old, tmp_path / "copy.db")
    old.dispose()
    upgrade(f"sqlite:///{tmp_path}/copy.db")
    restored = open_store(f"sqlite:///{tmp_path}/copy.db")
    with reading(restored) as c:
        assert [finding for finding in examine(c).findings if finding.wrong] == []
    restored.dispose()


def test_an_old_store_on_postgresql_is_backed_up_by_other_means(new_postgres_database: Callable[[], str], tmp_path: Path) -> None:
    old = make_engine(new_postgres_database())
    restore(old, RELEASED[-1])
    with pytest.raises(BackupFailed, match="用原来的程序备份，或用 pg_dump"):
        backup(old, tmp_path / "copy.db")
    old.dispose()
    assert names(tmp_path) == set()


def test_nothing_is_no_store_to_back_up(tmp_path: Path) -> None:
    empty = make_engine(f"sqlite:///{tmp_path}/empty.db")
    with pytest.raises(BackupFailed, match="还没有建好"):
        backup(empty, tmp_path / "copy.db")
    empty.dispose()
    assert not (tmp_path / "copy.db").exists()
