"""The schema: made from nothing, whole or not at all, and never used when it is not ours."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, event, inspect, text
from sqlalchemy.exc import IntegrityError

from dialogs.store import filings, schema
from dialogs.store.engine import make_engine, open_store, reading, upgrade, writing
from dialogs.store.errors import SchemaMissing, SchemaTooNew, StoreError
from dialogs.store.tables import metadata
from scoring.answers import given
from tests.dialogs.store.stock import a_filing, at_once, dump, person_of
from tests.dialogs.tiny import tiny


@pytest.fixture
def empty(database: str) -> Iterator[Engine]:
    """A database without any table."""
    engine = make_engine(database)
    yield engine
    engine.dispose()


def tables(engine: Engine) -> set[str]:
    with reading(engine) as c:
        return set(inspect(c).get_table_names())


def test_migrating_from_nothing_gives_the_tables_of_today(empty: Engine) -> None:
    upgrade(empty)
    assert tables(empty) == {*metadata.tables, "alembic_version"}
    with reading(empty) as c:
        context = MigrationContext.configure(c, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
        schema.check_schema(c)


def test_the_migrations_make_what_the_tables_say_to_the_letter(
    empty: Engine, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Also what Alembic does not compare: the conditions of partial indexes, and checks."""
    if empty.dialect.name == "sqlite":
        url = f"sqlite:///{tmp_path}/described.db"
    else:
        make: Callable[[], str] = request.getfixturevalue("new_postgres_database")
        url = make()
    described = make_engine(url)
    upgrade(empty)
    with writing(described) as c:
        metadata.create_all(c)
    assert letters(empty) == letters(described)
    described.dispose()


def letters(engine: Engine) -> dict[str, object]:
    """Every index and constraint as the database tells it."""
    with reading(engine) as c:
        indexes = c.execute(text(INDEXES[engine.dialect.name])).scalars()
        told: dict[str, object] = {" ".join(sql.split()).replace("inbox.", "").replace("outbox.", ""): "" for sql in indexes}
        look = inspect(c)
        for name in metadata.tables:
            told[f"{name} columns"] = [
                (col["name"], str(col["type"]), col["nullable"], col["default"]) for col in look.get_columns(name)
            ]
            told[f"{name} checks"] = by_name(look.get_check_constraints(name))
            told[f"{name} uniques"] = by_name(look.get_unique_constraints(name))
            told[f"{name} foreign"] = by_name(look.get_foreign_keys(name))
            told[f"{name} primary"] = look.get_pk_constraint(name)
            told[f"{name} options"] = look.get_table_options(name)
        return told


INDEXES = {
    "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "postgresql": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'alembic_version'",
}


def by_name(told: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return sorted((dict(each) for each in told), key=lambda each: str(each["name"]))


def test_upgrading_twice_is_harmless(database: str) -> None:
    upgrade(database)
    engine = open_store(database)
    with writing(engine) as c:
        a_filing(c)
    before = dump(engine)
    upgrade(database)
    upgrade(engine)
    assert dump(engine) == before
    engine.dispose()


def test_two_upgrades_at_once_make_one_schema(empty: Engine) -> None:
    """As two processes that start together would; the file itself is there, though without a table."""
    assert tables(empty) == set()
    upgraded = []
    url = empty.url.render_as_string(hide_password=False)

    def up(_: Engine) -> None:
        upgrade(url)
        upgraded.append(1)

    at_once(empty, [up, up], opening=make_engine)
    assert len(upgraded) == 2
    assert tables(empty) == {*metadata.tables, "alembic_version"}


def test_a_database_without_our_tables_is_refused_with_the_remedy(database: str) -> None:
    with pytest.raises(SchemaMissing, match="ziping db upgrade"):
        open_store(database)


def test_a_schema_begun_but_without_a_version_is_missing(empty: Engine, database: str) -> None:
    with writing(empty) as c:
        c.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
    with pytest.raises(SchemaMissing):
        open_store(database)
    upgrade(database)
    open_store(database).dispose()


def test_an_older_schema_is_refused_until_it_is_upgraded(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    upgrade(database)
    monkeypatch.setattr(schema, "LATEST", "9998")
    monkeypatch.setattr(schema, "REVISIONS", (*schema.REVISIONS, "9998"))
    with pytest.raises(SchemaMissing, match="旧版本"):
        open_store(database)


def test_answers_of_the_first_schema_are_kept_and_have_no_reason(empty: Engine) -> None:
    config = Config()
    config.set_main_option("script_location", "dialogs.store:migrations")
    with empty.begin() as c:
        config.attributes["connection"] = c
        command.upgrade(config, "0001")
        c.execute(text("INSERT INTO people (id, channel, address, created_at) VALUES ('p', 'test', '1', 0)"))
        c.execute(text("INSERT INTO units (id, name, created_at) VALUES ('u', '小县中心', 0)"))
        c.execute(text("INSERT INTO editions (edition, form_id, sources) VALUES ('e', 'small/tiny', '{}')"))
        filing = "INSERT INTO filings (id, unit_id, year, form_id, edition, created_by, created_at)"
        c.execute(text(f"{filing} VALUES ('f', 'u', 2020, 'small/tiny', 'e', 'p', 0)"))
        answer = "INSERT INTO answers (filing_id, item, state, value, person_id, at)"
        c.execute(text(f"{answer} VALUES ('f', 'quota', 'given', '\"37\"', 'p', 0)"))
    upgrade(empty)
    with reading(empty) as c:
        assert filings.answers(c, "f", tiny()) == {"quota": given(Decimal(37))}


def test_the_schema_of_a_later_program_is_left_alone(empty: Engine, database: str) -> None:
    upgrade(database)
    with writing(empty) as c:
        filing = a_filing(c)
        c.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = dump(empty)
    for use in (open_store, upgrade):
        with pytest.raises(SchemaTooNew, match=r"9999.*请先升级程序"):
            use(database)
    assert dump(empty) == before
    assert person_of(filing) in repr(before)


@pytest.mark.parametrize(
    "at", ["CREATE TABLE alembic_version", "CREATE TABLE outbox", "ix_history", "INSERT INTO alembic_version"]
)
def test_a_migration_that_dies_in_the_middle_leaves_the_old_schema(empty: Engine, at: str) -> None:
    def die(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if at in statement:
            raise KeyboardInterrupt

    event.listen(empty, "before_cursor_execute", die)
    with pytest.raises(KeyboardInterrupt):
        upgrade(empty)
    event.remove(empty, "before_cursor_execute", die)
    assert tables(empty) == set()
    upgrade(empty)
    assert tables(empty) == {*metadata.tables, "alembic_version"}


def test_a_migration_that_loses_a_row_others_point_to_is_taken_back(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite does not look at foreign keys while tables are rebuilt; so we look afterwards."""
    with writing(sqlite_engine) as c:
        a_filing(c)
    before = dump(sqlite_engine)

    def careless(c: Connection) -> None:
        c.execute(text("DELETE FROM units"))

    monkeypatch.setattr(schema, "LATEST", "9998")
    monkeypatch.setattr(schema, "_run_migrations", careless)
    with pytest.raises(StoreError, match="已退回升级前的样子"):
        upgrade(sqlite_engine)
    assert dump(sqlite_engine) == before


def test_foreign_keys_are_watched_again_after_a_migration(empty: Engine) -> None:
    upgrade(empty)
    with pytest.raises(IntegrityError), writing(empty) as c:
        c.execute(metadata.tables["memberships"].insert(), {"person_id": "nobody", "unit_id": "nowhere", "role": "filler"})


UNUSABLE = {
    "nonsense": "数据库地址看不懂",
    "mysql://u:geheim@h/x": "不支持 mysql",
    "sqlite://": "SQLite 数据库要写明文件",
    "sqlite:///:memory:": "SQLite 数据库要写明文件",
    "sqlite:////no/such/folder/x.db": "打不开数据库",
    "postgresql://u:geheim@127.0.0.1:1/x": "打不开数据库",
}


@pytest.mark.parametrize("use", [open_store, upgrade])
@pytest.mark.parametrize(("url", "sentence"), UNUSABLE.items(), ids=UNUSABLE)
def test_an_address_that_cannot_be_used_says_why_and_keeps_the_password(
    url: str, sentence: str, use: Callable[[str], object]
) -> None:
    with pytest.raises(StoreError, match=sentence) as caught:
        use(url)
    assert "geheim" not in str(caught.value)


@pytest.mark.parametrize("use", [open_store, upgrade])
def test_a_file_that_is_no_database_says_so_and_stays_as_it_is(tmp_path: Path, use: Callable[[str], object]) -> None:
    file = tmp_path / "letter.db"
    file.write_text("亲爱的同事：\n" * 200, encoding="utf-8")
    before = file.read_bytes()
    with pytest.raises(StoreError, match="不是 SQLite 数据库"):
        use(f"sqlite:///{file}")
    assert file.read_bytes() == before
