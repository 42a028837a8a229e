"""The bureau's four: a list of 2,000 rows imported, progress over 5,000 filings, the county summary, the reminders' tick.

Not here: the stores they are measured on (crowd.py).
"""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from dialogs.bureau.progress import overview_of
from dialogs.calendar.deadlines import dates_of
from dialogs.reminding.planning import replan
from dialogs.reminding.ticking import tick
from dialogs.store.engine import reading, writing
from tests.bench.crowd import COUNTY, NOW, YEAR, Crowd
from tests.bench.measuring import Figure, figure, seconds
from tests.dialogs.county import moment


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        yield from progress(Path(folder))
        yield from ticking(Path(folder))


def progress(folder: Path) -> Iterator[Figure]:
    crowd = Crowd(folder / "progress.db", 5_000, 500)

    def look() -> None:
        with reading(crowd.office.engine) as c:
            assert len(overview_of(c, COUNTY, YEAR, NOW, "Asia/Shanghai").by_urgency) == 5_000

    yield figure("progress table over 5,000 filings", seconds(look) * 1000, "ms", "goal: 300 ms")
    crowd.close()


def ticking(folder: Path) -> Iterator[Figure]:
    crowd = Crowd(folder / "tick.db", 50_000, 5_000)
    with reading(crowd.office.engine) as c:
        yield figure("effective dates of 50,000 filings", seconds(lambda: dates_of(c, crowd.filings), 3) * 1000, "ms")
    with writing(crowd.office.engine) as c:
        start = time.perf_counter()
        replan(c, crowd.office, crowd.filings)
        planned = time.perf_counter() - start
    yield figure("reminders of 50,000 filings planned", planned, "s")
    yield figure("a tick over 50,000 open filings, nothing due", seconds(lambda: tick(crowd.office)) * 1000, "ms", "goal: 1 s")
    crowd.now = moment("2026-03-20 09:00")  # the day on which they all are due
    longest, ticks, start = 0.0, 0, time.perf_counter()
    more = True
    while more:
        begun = time.perf_counter()
        more = tick(crowd.office).more
        longest, ticks = max(longest, time.perf_counter() - begun), ticks + 1
    yield figure("the longest tick while all 50,000 are due", longest, "s", "goal: 1 s")
    yield figure("all 50,000 collected into digests", time.perf_counter() - start, "s", f"{ticks} ticks")
    crowd.close()
