"""R6: a year of reminders by seeds. What must hold is asserted in year.py; here it is run, and shown to have teeth."""

import os
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, select

from dialogs.reminding import ticking
from dialogs.store.engine import open_store, reading
from dialogs.store.tables import notice_lines, notices
from tests.dialogs.desk import tiny_packs
from tests.dialogs.reminding.mistakes import BUGS, mistakes
from tests.dialogs.reminding.town import Town, at
from tests.dialogs.reminding.year import WINTER, Wrong, Year


@pytest.fixture
def quick_engine(sqlite_engine: Engine) -> Engine:
    """Nobody pulls the plug here: the disk need not be waited for."""
    sqlite_engine.dispose()
    event.listen(sqlite_engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
    return sqlite_engine


def test_a_year_of_300_filings(quick_engine: Engine, tmp_path: Path) -> None:
    year = Year(quick_engine, tiny_packs(tmp_path / "packs"), 1, 300).lives()
    assert len(year.sends) > 1000
    assert year.killed["deaths"] > 20


@pytest.mark.parametrize("seed", [2, 3])
def test_a_winter_by_other_seeds(quick_engine: Engine, tmp_path: Path, seed: int) -> None:
    Year(quick_engine, tiny_packs(tmp_path / "packs"), seed, 24, WINTER).lives()


def test_a_winter_on_postgresql(postgresql_engine: Engine, tmp_path: Path) -> None:
    year = Year(postgresql_engine, tiny_packs(tmp_path / "packs"), 4, 18, WINTER).lives()
    assert year.sends


@pytest.fixture
def zones() -> Iterator[Callable[[str], None]]:
    before = os.environ.get("TZ")

    def to(zone: str) -> None:
        os.environ["TZ"] = zone
        time.tzset()

    yield to
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def test_the_machines_own_zone_means_nothing(sqlite_store: Path, tmp_path: Path, zones: Callable[[str], None]) -> None:
    hashes = set()
    for n, zone in enumerate(("UTC", "Asia/Shanghai", "America/New_York")):
        zones(zone)
        (tmp_path / f"{n}.db").write_bytes(sqlite_store.read_bytes())
        engine = open_store(f"sqlite:///{tmp_path}/{n}.db")
        hashes.add(Year(engine, tiny_packs(tmp_path / "packs"), 5, 12, WINTER).lives().hash)
        engine.dispose()
    assert len(hashes) == 1


@pytest.mark.parametrize("bug", BUGS)
def test_a_planted_mistake_is_found(bug: str, quick_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    year = Year(quick_engine, tiny_packs(tmp_path / "packs"), 1, 24, WINTER)
    if bug == "leases of a moment":
        year.deaths = 0.0  # nobody dies, and still things come twice
    mistakes(monkeypatch)[bug]()
    with pytest.raises((AssertionError, Wrong)):
        year.lives()


def test_three_at_once_on_postgresql(postgresql_engine: Engine, tmp_path: Path) -> None:
    """Real threads, nothing in turn: every reminder is collected once, everybody has one digest."""
    town = Town(postgresql_engine, tiny_packs(tmp_path / "packs"), at("2026-03-01"))
    for n in range(60):
        town.filing(f"f{n}", town.unit(f"u{n}"))
    for n in range(20):
        town.person(f"1{n}", *((f"u{m}", "filler") for m in range(n, 60, 20)))
    town.deadline("2026-03-31")
    town.goes_to(at("2026-03-17"))
    failures = []

    def work() -> None:
        try:
            for _ in range(40):
                ticking.tick(town.office, 7)
        except Exception as e:
            failures.append(e)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    with reading(postgresql_engine) as c:
        said = c.execute(select(notices)).all()
        lines = c.execute(select(notice_lines)).all()
    assert Counter(n.person_id for n in said).most_common(1)[0][1] == 1
    assert len(said) == 20
    assert len(lines) == 60
    assert sum(n.state == "queued" for n in said) == 20
