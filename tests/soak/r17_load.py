"""R17, load: 10,000 units, a million lines of history, 200 answers a second for ten minutes; lists and exports beside them.

The amount is the number of units; the minutes go with it. Times are held to their lines from a thousand units on only. With
any amount nothing on the way of an answer may look through a table that grows: that is read from the databases' own plans,
so that a missing index shows before anybody has to wait for it.
"""

import re
import resource
import sqlite3
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Connection, event, text

from bot.service import HANDS
from dialogs.bureau.collecting import collect
from dialogs.bureau.progress import overview_of
from dialogs.store import statements
from dialogs.store.engine import Engine, make_engine, reading, writing
from templates.county.summary_book import summary_book
from tests.bench.fillers import at_percent
from tests.bench.sayings import Desk, sayings, varied
from tests.bench.stock import COUNTY, FIRST_PERSON, YEAR, fill
from tests.soak import expect
from tests.stores import new_postgres_database

GOAL = "R17"
AMOUNT = {"quick": 12, "full": 10_000}
TEETH = ("no index of units and years",)

PER_SECOND, SECONDS_OF_FULL = 200.0, 600.0
BIG = 1_000  # units from which on times count
SHORT = ("我们单位的情况。", "我们的职责。", "37", "31", "23")  # answers to the first questions, for small amounts
ANSWER, OVERVIEW, EXPORT, MEMORY = 0.050, 1.0, 600.0, 512  # seconds, and megabytes
GROWING = "answers history filings units people memberships inbox outbox conversations submissions journal notices deadlines"
WAITING = re.compile(r"USING (COVERING )?INDEX ix_(inbox_waiting|outbox_pending)")  # these hold only what waits
SCAN = re.compile(r"\bSCAN (\w+)(.*)")


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    figures: dict[str, object] = {}
    with TemporaryDirectory() as folder:
        for kind, url in (("SQLite", f"sqlite:///{Path(folder) / 'load.db'}"), ("PostgreSQL", new_postgres_database())):
            fill(url, amount, min(amount, 2_500), years=3, remembered=2)
            if planted:
                _without_index(url)
            desk = Desk(url, alone=False)
            try:
                figures |= {f"{kind} {what}": value for what, value in _loaded(desk, url, amount)}
            finally:
                desk.office.engine.dispose()
    return figures


def _loaded(desk: Desk, url: str, amount: int) -> Iterator[tuple[str, object]]:
    lines, big = SHORT if amount < BIG else tuple(sayings()), amount >= BIG
    yield "statements on the way of an answer", _plans(desk)
    times = sorted(_at_once(url, lines, SECONDS_OF_FULL * amount / AMOUNT["full"], min(amount, 2_500)))
    late = at_percent(times, 99)
    expect(late <= ANSWER or not big, f"an answer took {1000 * late:.0f} ms (p99) at {PER_SECOND:.0f} a second")
    yield "answers", len(times)
    yield "p99", f"{1000 * late:.0f} ms"
    with reading(desk.office.engine) as c:
        began = time.perf_counter()
        expect(len(overview_of(c, COUNTY, YEAR, int(time.time()), "Asia/Shanghai").by_urgency) == amount, "a filing is missing")
        overview = time.perf_counter() - began
        began = time.perf_counter()
        book = summary_book(_finished(collect(c, COUNTY, YEAR - 1, "2026年3月12日")))
        export = time.perf_counter() - began
    expect(overview <= OVERVIEW or not big, f"the overview took {overview:.1f} s")
    expect(export <= EXPORT or not big, f"the county's export took {export:.0f} s")
    expect(len(book) > 1_000, "the export is empty")
    yield "overview", f"{overview:.2f} s"
    yield "export", f"{export:.1f} s"
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    expect(memory <= MEMORY or not big, f"{memory:.0f} MB in use")
    yield "memory", f"{memory:.0f} MB"


def _finished(steps: Any) -> Any:
    while True:
        try:
            next(steps)
        except StopIteration as ended:
            return ended.value


def _at_once(url: str, lines: Sequence[str], seconds: float, fillers: int) -> list[float]:
    """Answers at a steady pace, by as many hands as a serving process has."""
    hands = HANDS if url.startswith("postgresql") else 1
    desks = [Desk(url, alone=False) for _ in range(hands)]
    with ThreadPoolExecutor(hands) as threads:
        parts = threads.map(
            lambda n: list(_answers(desks[n], lines, seconds, range(1 + n, fillers, hands), PER_SECOND / hands)), range(hands)
        )
        times = [taken for part in parts for taken in part]
    for desk in desks:
        desk.office.engine.dispose()
    return times


def _answers(desk: Desk, lines: Sequence[str], seconds: float, fillers: range, pace: float) -> Iterator[float]:
    """One filler after the other; seconds from when each answer was due until its reply was ready."""
    began = time.perf_counter()
    count = 0
    for filler in fillers:
        desk.chat = f"telegram:{FIRST_PERSON + filler}"
        for line in ("/start", *varied([*lines], filler)):
            due = began + count / pace
            if due - began > seconds:
                return
            time.sleep(max(0.0, due - time.perf_counter()))
            desk.says(line)
            count += 1
            yield time.perf_counter() - due


def _plans(desk: Desk) -> int:
    """How many different statements an answer and its reply take; none of them looks through a table that grows."""
    desk.says("/start")
    heard = Listening(desk.office.engine)
    with heard:
        desk.says(SHORT[0])
    postgresql = desk.office.engine.dialect.name == "postgresql"
    with writing(desk.office.engine) as c:
        if postgresql:
            c.execute(text("SET LOCAL enable_seqscan = off"))  # a sequential scan is left only where nothing else is possible
            c.execute(text("SET LOCAL enable_bitmapscan = on"))
        for sql, values in heard.said.items():
            for line in _plan(c, sql, values, postgresql):
                expect(line == "", f"{line} in: {' '.join(sql.split())[:160]}")
    return len(heard.said)


def _plan(c: Connection, sql: str, values: Any, postgresql: bool) -> Iterator[str]:
    """The steps of a statement's plan that look through a growing table."""
    driver: Any = c.connection.driver_connection
    if postgresql:
        for (step,) in driver.execute(f"EXPLAIN {sql}", values).fetchall():
            found = re.search(r"Seq Scan on (\w+)", step)
            if found and found[1] in GROWING.split():
                yield step.strip()
        return
    for *_, step in driver.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall():
        found = SCAN.search(step)
        if found and _table(found[1], sql) in GROWING.split() and not WAITING.search(found[2]):
            yield step


def _table(name: str, sql: str) -> str:
    """The table behind an alias of a statement."""
    found = re.search(rf"\b(\w+) AS {name}\b", sql)
    return found[1] if found else name


class Listening:
    """Every statement that meets the store meanwhile, with the values of its first time."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.said: dict[str, Any] = {}

    def __enter__(self) -> None:
        self.run = statements.Prepared.run
        heard = self

        def run(prepared: statements.Prepared, c: Connection, values: statements.Values) -> Any:
            sql, fixed = prepared.spelling(c, tuple(values))
            heard.said.setdefault(sql, {**fixed, **values})
            return heard.run(prepared, c, values)

        statements.Prepared.run = run  # type: ignore[method-assign]
        event.listen(self.engine, "before_cursor_execute", self._heard)

    def __exit__(self, *_: object) -> None:
        statements.Prepared.run = self.run  # type: ignore[method-assign]
        event.remove(self.engine, "before_cursor_execute", self._heard)

    def _heard(self, _: Any, __: Any, sql: str, values: Any, *___: Any) -> None:
        if sql.split()[0] in ("SELECT", "INSERT", "UPDATE", "DELETE"):
            self.said.setdefault(sql, values)


def _without_index(url: str) -> None:
    """The bug: filings cannot be found by their unit any more."""
    engine = make_engine(url)
    with engine.begin() as c:
        if engine.dialect.name == "postgresql":
            c.execute(text("ALTER TABLE filings DROP CONSTRAINT uq_filings_unit_id_year_form_id_project"))
    engine.dispose()
    if engine.dialect.name == "sqlite":
        db = sqlite3.connect(str(engine.url.database), isolation_level=None)
        (made,) = db.execute("SELECT sql FROM sqlite_master WHERE name = 'filings'").fetchone()
        bare = re.sub(r",\s*CONSTRAINT uq_filings\w+ UNIQUE \([^)]*\)", "", made)
        assert bare != made
        for step in ("PRAGMA legacy_alter_table = ON", "ALTER TABLE filings RENAME TO filings_before", bare):
            db.execute(step)
        db.execute("INSERT INTO filings SELECT * FROM filings_before")
        db.execute("DROP TABLE filings_before")
        db.close()
