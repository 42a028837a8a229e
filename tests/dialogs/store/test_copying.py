"""Copies between databases: every row, of one moment, all or nothing, and read back before they count."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, text

from dialogs.store import copying, inbox, office_settings, people
from dialogs.store.copying import copy, differing
from dialogs.store.engine import make_engine, open_store, reading, upgrade, writing
from dialogs.store.errors import CopyFailed, SchemaMissing
from dialogs.store.fingerprints import Fingerprint, fingerprints, lasting, of_all
from dialogs.store.home import RESTORED
from dialogs.store.tables import journal, metadata
from tests.dialogs.store.crammed import cram
from tests.dialogs.store.stock import NOW, a_filing, arrival, dump

New = Callable[[], str]


@pytest.fixture
def make(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[[str], Engine]]:
    """Makes an empty store of a kind."""
    made: list[Engine] = []

    def store(kind: str) -> Engine:
        if kind == "sqlite":
            url = f"sqlite:///{tmp_path}/other{len(made)}.db"
        else:
            new: New = request.getfixturevalue("new_postgres_database")
            url = new()
        upgrade(url)
        made.append(open_store(url))
        return made[-1]

    yield store
    for engine in made:
        engine.dispose()


def prints(engine: Engine) -> dict[str, Fingerprint]:
    with reading(engine) as c:
        return fingerprints(c)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_every_row_of_every_table_is_copied(engine: Engine, kind: str, make: Callable[[str], Engine]) -> None:
    cram(engine)
    target = make(kind)
    copied = copy(engine, target)
    before, after = dump(engine, lasting()), dump(target, lasting())
    assert after.pop("office_settings") == sorted([*before.pop("office_settings"), ("paused", RESTORED)], key=repr)
    assert after == before
    assert all(rows for rows in after.values())
    assert prints(engine) == prints(target) == copied


def test_a_fingerprint_is_the_same_on_both_databases_whatever_order_they_sort_in(
    sqlite_engine: Engine, make: Callable[[str], Engine]
) -> None:
    target = make("postgresql")
    cram(sqlite_engine, 9, seed=5)
    cram(target, 9, seed=5)
    assert prints(sqlite_engine) == prints(target)
    assert of_all(prints(target)).rows == 9 * len(lasting())


def test_one_other_value_is_another_fingerprint(engine: Engine, make: Callable[[str], Engine]) -> None:
    with writing(engine) as c:
        a_filing(c)
    target = make(engine.dialect.name)
    copy(engine, target)
    with writing(target) as c:
        c.execute(text("UPDATE units SET created_at = created_at + 1"))
    assert differing(prints(engine), prints(target)) == ["units"]


def test_what_comes_next_is_numbered_behind_what_was_copied(engine: Engine, make: Callable[[str], Engine]) -> None:
    with writing(engine) as c:
        a_filing(c)
        inbox.receive(c, [arrival(n) for n in range(5)], NOW)
        c.execute(insert(journal), {"at": NOW, "person_id": "p1.1", "act": "joined"})
    target = make("postgresql")
    copy(engine, target)
    with writing(target) as c:
        assert inbox.receive(c, [arrival(n) for n in range(8)], NOW) == 3  # what was there is known there, too
        c.execute(insert(journal), {"at": NOW, "person_id": "p1.1", "act": "left"})
        assert inbox.depth(c) == 8
        assert c.execute(text("SELECT max(id) FROM journal")).scalar() == 2


def test_a_copy_is_of_one_moment(sqlite_engine: Engine, make: Callable[[str], Engine], monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(sqlite_engine) as c:
        a_filing(c, "1")
    before = prints(sqlite_engine)
    copied = copying._copied

    def and_meanwhile(*arguments: object) -> Fingerprint:
        with writing(sqlite_engine) as c:
            people.add_unit(c, f"late{arguments[2]}", "刚刚才来的单位", NOW)
        return copied(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(copying, "_copied", and_meanwhile)
    target = make("sqlite")
    assert copy(sqlite_engine, target) == before == prints(target)


def test_a_store_with_anything_in_it_is_never_written_over(engine: Engine, make: Callable[[str], Engine]) -> None:
    with writing(engine) as c:
        a_filing(c)
    target = make(engine.dialect.name)
    with writing(target) as c:
        office_settings.put(c, "bot_name", "ziping_bot")
    before = dump(target)
    with pytest.raises(CopyFailed, match="已经有数据"):
        copy(engine, target)
    assert dump(target) == before


def test_a_copy_that_dies_in_the_middle_leaves_nothing(
    engine: Engine, make: Callable[[str], Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    cram(engine)
    target = make(engine.dialect.name)
    copied, done = copying._copied, []

    def die(*arguments: object) -> Fingerprint:
        done.append(1)
        if len(done) == 9:
            raise KeyboardInterrupt
        return copied(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(copying, "_copied", die)
    with pytest.raises(KeyboardInterrupt):
        copy(engine, target)
    assert not any(dump(target).values())
    monkeypatch.undo()
    copy(engine, target)


def test_a_disk_that_writes_something_else_is_noticed(
    engine: Engine, make: Callable[[str], Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(engine) as c:
        a_filing(c)
    target = make(engine.dialect.name)
    copied = copying._copied

    def garbled(*arguments: object) -> Fingerprint:
        print = copied(*arguments)  # type: ignore[arg-type]
        if arguments[2] is metadata.tables["units"]:
            arguments[1].execute(text("UPDATE units SET name = 'x'"))  # type: ignore[attr-defined]
        return print

    monkeypatch.setattr(copying, "_copied", garbled)
    with pytest.raises(CopyFailed, match="核对不一致（表 units）"):
        copy(engine, target)
    assert not any(dump(target).values())


@pytest.mark.parametrize("wrong", ["'a' || char(0) || 'b'", "x'6162'", "12.5"])
def test_what_the_other_database_would_refuse_is_named_by_its_key(
    wrong: str, sqlite_engine: Engine, make: Callable[[str], Engine]
) -> None:
    column = "created_at" if wrong == "12.5" else "name"
    with writing(sqlite_engine) as c:
        a_filing(c)
        c.execute(text(f"UPDATE units SET {column} = {wrong}"))
    target = make("postgresql")
    with pytest.raises(CopyFailed, match=f"表 units 主键 u1 的 {column}"):
        copy(sqlite_engine, target)
    assert not any(dump(target).values())


def test_only_stores_of_this_edition_are_copied(engine: Engine, make: Callable[[str], Engine], tmp_path: Path) -> None:
    bare = make_engine(f"sqlite:///{tmp_path}/bare.db")
    for source, target in ((engine, bare), (bare, engine)):
        with pytest.raises(SchemaMissing):
            copy(source, target)
    bare.dispose()
