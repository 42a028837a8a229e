"""A small county's year, and its invariants with teeth: each turns red when its bug is planted.

The full one — 120 units, 300 people — is `make year`.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dialogs.store.engine import open_store, reading, writing
from tests.year.invariants import Book, in_the_books, problems, public_problems, summary_problems
from tests.year.machine import Faults
from tests.year.plan import Human
from tests.year.year import Size, Year

SEED, UNITS, PEOPLE, LAST = 7, 12, 30, "2026-05-20"
ROUGH = Faults(death=0.002, telegram=0.01)
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    year = Year(tmp_path_factory.mktemp("year"), SEED, Size(UNITS, PEOPLE, date.fromisoformat(LAST)), ROUGH).run()
    yield year
    year.machine.close()


def test_a_countys_year_goes_as_it_must_with_two_workers_that_die_anywhere(year: Year) -> None:
    assert problems(year) == []
    outcome = year.outcome
    assert outcome.approved >= 10
    assert outcome.reminders > 5
    assert outcome.digests > 5
    assert outcome.tally.deaths > 20


def test_the_same_seed_gives_the_same_log_in_another_process(year: Year) -> None:
    words = ["--seed", str(SEED), "--units", str(UNITS), "--people", str(PEOPLE), "--last", LAST, "--once"]
    other = os.environ | {"PYTHONHASHSEED": "12345", "TZ": "America/New_York"}
    done = subprocess.run([sys.executable, "-m", "tests.year", *words], cwd=ROOT, env=other, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    found = re.search(r": ([0-9a-f]{16})  ", done.stdout)
    assert found
    assert year.machine.digest.startswith(found[1])


def test_a_year_goes_as_it_must_on_postgresql(new_postgres_database: Callable[[], str], tmp_path: Path) -> None:
    year = Year(tmp_path, SEED, Size(6, 16, date(2026, 4, 20)), ROUGH, new_postgres_database()).run()
    assert problems(year) == []
    assert year.outcome.approved
    assert year.outcome.digests
    year.machine.close()


PLANTED = {
    "a reminder that never was": ("DELETE FROM reminders WHERE kind = 'before7' AND state = 'collected'", "has no before7"),
    "an hour too early": ("UPDATE reminders SET due_at = due_at - 3600 WHERE kind = 'before3'", "and not at"),
    "void without a word": ("UPDATE reminders SET reason = '' WHERE state = 'void'", "void without a reason"),
    "forgotten": ("UPDATE reminders SET state = 'due' WHERE kind = 'before7'", "never collected"),
    "void, though it was wanted": (
        "UPDATE reminders SET state = 'void', reason = 'x' WHERE kind = 'day0' AND state = 'collected'",
        "but the filing was not finished",
    ),
    "in nobody's digest": ("DELETE FROM notice_lines", "in nobody's digest"),
    "sent to no phone": ("UPDATE outbox SET message_id = NULL WHERE kind = 'notice'", "is on no phone"),
    "approved without documents": ("DELETE FROM documents", "without documents"),
    "other points than handed in": ("UPDATE documents SET total = '12.34'", "the documents say"),
    "changed after it was handed in": ("UPDATE history SET at = at + 40000000", "changed after"),
    "approved by whom it is from": ("UPDATE submissions SET reviewer_id = person_id", "by who handed it in"),
    "a deed without its line": ("DELETE FROM journal WHERE act = 'approved'", "lines say approved"),
    "an event set aside": ("UPDATE inbox SET state = 'parked' WHERE id = 40", "inbox are parked"),
}


@pytest.mark.parametrize("name", PLANTED)
def test_the_invariants_have_teeth(year: Year, name: str, tmp_path: Path) -> None:
    planted, said = PLANTED[name]
    with reading(year.machine.store) as c:
        c.exec_driver_sql("SELECT 1")
        file = Path(str(year.machine.store.url.database))
        for part in ("", "-wal", "-shm"):
            if Path(f"{file}{part}").exists():
                shutil.copy(f"{file}{part}", tmp_path / f"copy.db{part}")
    store = open_store(f"sqlite:///{tmp_path}/copy.db")
    with writing(store) as c:
        assert c.exec_driver_sql(planted).rowcount
    with reading(store) as c:
        found = in_the_books(c, year.machine)
    store.dispose()
    assert any(said in line for line in found), found


def test_a_summary_that_leaves_somebody_out_and_an_edition_that_names_somebody_are_noticed(year: Year) -> None:
    bureau, whole = year.bureau, year.bureau.results
    assert whole is not None
    with reading(year.machine.store) as c:
        book = Book(c, year.machine)
        bureau.results = replace(whole, results=[r for r in whole.results if r is not whole.results[0]])
        try:
            assert any("in the store only" in line for line in summary_problems(book, bureau))
        finally:
            bureau.results = whole
    named = replace(year.plan, people=[Human("编制数", "filler", None)])  # a word that stands in the documents
    assert any("names 编制数" in line for line in public_problems(bureau, named))
