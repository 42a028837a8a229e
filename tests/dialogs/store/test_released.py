"""Stores of every released edition are brought up to date on both databases, lose nothing, and people go on where they were;
and what an edition adds does not disturb workers of the one before that still run."""

import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import count
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, inspect, text

from dialogs.editions import form_of
from dialogs.examining import examine
from dialogs.handling import handle_next
from dialogs.office import Office
from dialogs.store import filings
from dialogs.store.engine import make_engine, open_store, reading, upgrade
from dialogs.store.schema import LATEST, REVISIONS
from tests.bot.serving import ROOT
from tests.dialogs.desk import FORM, Filler, tiny_packs, understand
from tests.dialogs.store.released import RELEASED, restore, rows_there
from tests.dialogs.store.test_schema import letters

ADDED = {"outbox": {"lane": 1}}  # what a migration changes in rows that were there: notices get a lane of their own


@pytest.fixture
def empty(database: str) -> Iterator[Engine]:
    engine = make_engine(database)
    yield engine
    engine.dispose()


@pytest.fixture(params=RELEASED)
def old(request: pytest.FixtureRequest, empty: Engine) -> Engine:
    """A store as a released edition left it."""
    restore(empty, request.param)
    return empty


def test_there_is_a_store_of_every_edition_before_this_one() -> None:
    assert (*RELEASED, LATEST) == REVISIONS


def test_every_row_is_kept_and_the_schema_is_that_of_today(
    old: Engine, request: pytest.FixtureRequest, sqlite_store: Path
) -> None:
    before = rows_there(old)
    assert len(before["history"]) >= 3
    upgrade(old)
    after = rows_there(old)
    for table, rows in before.items():
        if table != "alembic_version":
            names = rows[0].keys() if rows else ()
            assert sorted(({n: row[n] for n in names} for row in after[table]), key=repr) == rows, table
    new = open_store(f"sqlite:///{sqlite_store}" if old.dialect.name == "sqlite" else request.getfixturevalue("postgres_store"))
    assert letters(old) == letters(new)
    new.dispose()


def test_what_was_stored_still_holds_together(old: Engine) -> None:
    upgrade(old)
    with reading(old) as c:
        assert [f for f in examine(c).findings if f.wrong] == []
        for filing in filings.filings_on(c, FORM):
            form = form_of(c, filing)
            assert filings.replay(c, filing.id, form) == filings.answers(c, filing.id, form) != {}


def test_what_waited_is_handled_and_the_conversation_goes_on(old: Engine, tmp_path: Path) -> None:
    upgrade(old)
    ids = count(1)
    office = Office(
        old, lambda: 1_614_643_200, lambda: f"n{next(ids):07d}", {"test": understand}, (FORM,), (tiny_packs(tmp_path),)
    )
    with reading(old) as c:
        (waiting,) = c.execute(text("SELECT chat FROM inbox WHERE state = 'new'")).scalars()
    assert handle_next(office) == waiting
    assert handle_next(office) is None
    with reading(old) as c:
        assert set(c.execute(text("SELECT state FROM inbox")).scalars()) == {"done"}
    filler = Filler(office, waiting.partition(":")[2], count(500).__next__)
    assert filler.works().replies
    filler.says("目录").sees("小表" if "小表" in filler.text else "目录")
    with reading(old) as c:
        assert [f for f in examine(c).findings if f.wrong] == []


def to(engine: Engine, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", "dialogs.store:migrations")
    with engine.begin() as c:
        config.attributes["connection"] = c
        command.upgrade(config, revision)


def test_what_this_edition_adds_leaves_the_statements_of_the_one_before_right(empty: Engine) -> None:
    """Rolling: the store is upgraded while workers of the edition before still run. So nothing they name may go or become
    stricter, and what is new must do without their knowing of it."""
    restore(empty, REVISIONS[-2])
    look = inspect(empty)
    before = {name: {c["name"]: c for c in look.get_columns(name)} for name in look.get_table_names()}
    strict = {name: _strictness(look, name) for name in before}
    to(empty, LATEST)
    look = inspect(empty)
    for table, columns in before.items():
        now = {c["name"]: c for c in look.get_columns(table)}
        for name, column in columns.items():
            assert name in now, f"{table}.{name} is gone"
            assert str(now[name]["type"]) == str(column["type"]), f"{table}.{name} is of another type"
            assert now[name]["nullable"] or not column["nullable"], f"{table}.{name} must be given now"
        for name in now.keys() - columns.keys():
            assert now[name]["nullable"] or now[name]["default"] is not None, f"{table}.{name} cannot be left out"
        for rule in _strictness(look, table) - strict[table]:
            assert not rule[1] <= columns.keys(), f"{table} has a new rule over what was there: {rule}"


def _strictness(look: object, table: str) -> set[tuple[str, frozenset[str]]]:
    uniques = [("unique", frozenset(u["column_names"])) for u in look.get_unique_constraints(table)]  # type: ignore[attr-defined]
    uniques += [("unique", frozenset(i["column_names"])) for i in look.get_indexes(table) if i["unique"]]  # type: ignore[attr-defined]
    foreign = [("foreign", frozenset(f["constrained_columns"])) for f in look.get_foreign_keys(table)]  # type: ignore[attr-defined]
    checks = [(f"check {k['name']} {k['sqltext']}", frozenset[str]()) for k in look.get_check_constraints(table)]  # type: ignore[attr-defined]
    return {*uniques, *foreign, *checks}


@pytest.fixture(scope="session")
def edition_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program as it was before this edition's migration came, out of the history of this very repository."""
    last = f"dialogs/store/migrations/versions/{LATEST}_*.py"
    added = git("log", "--diff-filter=A", "--format=%H", "--", last).decode().split()
    packed = git("archive", f"{added[-1]}^", "bot", "dialogs", "scoring", "templates") if added else b""
    if not packed:
        pytest.skip("this copy has no history to take the edition before from")
    folder = tmp_path_factory.mktemp("before")
    with tarfile.open(fileobj=BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return folder


def git(*words: str) -> bytes:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, check=False)
    return done.stdout if done.returncode == 0 else b""


def test_a_worker_of_the_edition_before_goes_on_beside_one_of_this(
    edition_before: Path, new_postgres_database: Callable[[], str], tmp_path: Path
) -> None:
    """On PostgreSQL, where several workers are: both are at it when the store is upgraded, and nothing is lost or doubled."""
    url = new_postgres_database()
    empty = make_engine(url)
    restore(empty, REVISIONS[-2])
    empty.dispose()
    packs = tiny_packs(tmp_path / "packs")
    with Elder(edition_before, url, packs) as elder:
        elder.works()
        upgrade(url)
        engine = open_store(url)
        ids = count(1)
        clock = 1_614_643_200
        office = Office(
            engine, lambda: clock, lambda: f"n{next(ids):07d}", {"test": understand}, (FORM,), (packs,), open_door=True
        )
        fillers = [Filler(office, str(n), count(900).__next__) for n in range(70, 74)]
        for filler in fillers:
            filler.begins(f"单位{filler.address}")
        for line in ("37", "31", "6"):
            for filler in fillers:
                filler.arrives({"said": line})
        elder.begins()
        fillers[0].works()
        handled = elder.ends()
        fillers[0].works()
        with reading(engine) as c:
            assert [f for f in examine(c).findings if f.wrong] == []
            for filler in fillers:
                told = filings.history_of(c, filler.filing.id, form_of(c, filler.filing))
                given = [entry.new.value for entry in told if entry.new]
                assert given == [37, 31, 6]
            assert c.execute(text("SELECT count(*) FROM inbox WHERE state <> 'done'")).scalar() == 0
            assert c.execute(text("SELECT count(*) FROM outbox WHERE state IN ('new', 'sending')")).scalar() == 0
        assert handled > 0
        engine.dispose()


class Elder:
    """A process of an edition before, told when to work; it knows nothing of what the store has become meanwhile."""

    PROGRAM = """
import sys
from itertools import count
from pathlib import Path
from dialogs.handling import handle_next
from dialogs.office import Office
from dialogs.outgoing import claim, sent
from dialogs.reminding.ticking import tick
from dialogs.store.engine import open_store
sys.path.insert(0, sys.argv[1])
from tests.dialogs.desk import FORM, understand
ids = count(1)
office = Office(open_store(sys.argv[2]), lambda: 1_614_643_200, lambda: f"e{next(ids):07d}", {"test": understand},
                (FORM,), (Path(sys.argv[3]),), open_door=True)
print("ready", flush=True)
for _ in sys.stdin:
    handled = 0
    while handle_next(office):
        handled += 1
    while parcel := claim(office):
        sent(office, parcel, parcel.id)
    tick(office)
    print(handled, flush=True)
"""

    def __init__(self, program: Path, url: str, packs: Path) -> None:
        words = [sys.executable, "-c", self.PROGRAM, str(ROOT), url, str(packs)]
        self.process = subprocess.Popen(
            words, cwd=program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": str(program)}
        )
        assert self._line() == "ready"

    def works(self) -> int:
        """Handle and deliver everything there is; how many updates."""
        self.begins()
        return self.ends()

    def begins(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def ends(self) -> int:
        return int(self._line())

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def __enter__(self) -> "Elder":
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()
