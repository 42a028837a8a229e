"""The tick over a county of counties: 50,000 open filings whose reminders all fall due at the same nine o'clock.

A quiet tick (nothing due), the planning of a deadline moved for 5,000 filings, the whole collecting of 50,000 at once, and
the longest of its transactions, which is how long somebody's answer may have to wait for the writer.
"""

import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from sqlalchemy import insert, select

from dialogs.localtime import moment
from dialogs.office import Office
from dialogs.reminding.collecting import BATCH, collect
from dialogs.reminding.dispatching import dispatch, leave
from dialogs.reminding.planning import replan
from dialogs.store import outbox, people
from dialogs.store.engine import open_store, upgrade, writing
from dialogs.store.filings import freeze_edition
from dialogs.store.tables import counties, deadlines, filings, memberships, units
from dialogs.store.tables import people as people_rows
from scoring.loading import load
from scoring.workdays import workday_from
from tests.bench.measuring import Figure, figure, seconds

FORM, YEAR, ZONE = "hecheng-2020/department", 2020, "Asia/Shanghai"
OPEN, UNITS, PEOPLE, MOVED = 50_000, 10_000, 15_000, 5_000
QUEUED = 10_000
DUE = "2026-03-31"


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        hall = Hall(Path(folder) / "reminders.db")
        yield figure(f"a quiet tick, {OPEN:,} open filings", 1000 * seconds(hall.quiet), "ms")
        yield figure(f"a deadline moved for {MOVED:,} filings: replanning", hall.moved(), "s")
        whole, longest = hall.everything_at_once()
        yield figure(f"reminders of {OPEN:,} filings due at once, collected", whole, "s", f"{OPEN / whole:,.0f} reminders/s")
        yield figure("the longest transaction of it", 1000 * longest, "ms", f"{BATCH:,} reminders each")
        yield figure("a digest written as it leaves", 1000 * hall.left(), "ms")
        hall.close()
        small = Hall(Path(folder) / "ten_thousand.db", QUEUED)
        whole, _ = small.everything_at_once()
        yield figure(f"{QUEUED:,} reminders due at once, queued", whole, "s", "goal: 2 s")
        small.close()


class Hall:
    """A store with so many open filings of 10,000 units, and their fillers."""

    def __init__(self, path: Path, open: int = OPEN) -> None:
        url = f"sqlite:///{path}"
        upgrade(url)
        ids = iter(range(10**9))
        self.now = moment(workday_from(date(2026, 3, 2)), 0, ZONE)
        self.office = Office(
            open_store(url), lambda: self.now, lambda: f"{next(ids):08d}", {"bench": lambda body, at: None}, (FORM,), zone=ZONE
        )
        form = load(FORM)
        with writing(self.office.engine) as c:
            freeze_edition(c, form)
            by = people.console(c, 1, self.office.new_id)
            c.execute(insert(counties).values(id="c", name="县", created_at=1))
            c.execute(
                insert(units), [{"id": f"u{n}", "name": f"单位{n}", "created_at": 1, "county_id": "c"} for n in range(UNITS)]
            )
            c.execute(
                insert(people_rows),
                [{"id": f"p{n}", "channel": "bench", "address": str(n), "created_at": 1} for n in range(PEOPLE)],
            )
            c.execute(
                insert(memberships),
                [{"person_id": f"p{n}", "unit_id": f"u{n % UNITS}", "role": "filler", "at": 1} for n in range(PEOPLE)],
            )
            row = {"year": YEAR, "form_id": form.id, "edition": form.edition, "created_by": by, "created_at": 1}
            c.execute(
                insert(filings), [{"id": f"f{n}", "unit_id": f"u{n % UNITS}", "project": f"项目{n}", **row} for n in range(open)]
            )
            said = {"form_id": form.id, "year": YEAR, "reason": "", "person_id": by, "at": 1}
            c.execute(insert(deadlines).values(county_id="c", due=DUE, **said))
            self.ids = list(c.execute(select(filings.c.id)).scalars())
            replan(c, self.office, self.ids)
            self.said = said

    def quiet(self) -> None:
        assert collect(self.office) == 0
        assert dispatch(self.office) == 0

    def moved(self) -> float:
        with writing(self.office.engine) as c:
            rows = [{"filing_id": id, "due": "2026-03-30", **self.said} for id in self.ids[:MOVED]]
            c.execute(insert(deadlines), rows)
            written = time.perf_counter()
            replan(c, self.office, self.ids[:MOVED])
            return time.perf_counter() - written

    def everything_at_once(self) -> tuple[float, float]:
        """How long all of it takes, and the longest step."""
        self.now = moment(date(2026, 3, 17), 9 * 60, ZONE)
        times, count = [], 0
        while True:
            start = time.perf_counter()
            found = collect(self.office)
            times.append(time.perf_counter() - start)
            count += found
            if found < BATCH:
                break
        assert count >= len(self.ids), count
        return sum(times), max(times)

    def left(self) -> float:
        assert dispatch(self.office)
        times = []
        for n in range(12):
            with writing(self.office.engine) as c:
                row = outbox.claim(c, self.now, "bench")
            assert row
            start = time.perf_counter()
            assert leave(self.office, row)
            if n > 2:
                times.append(time.perf_counter() - start)
        return sorted(times)[len(times) // 2]

    def close(self) -> None:
        self.office.engine.dispose()
