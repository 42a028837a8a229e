"""The bureau's four: a list of 2,000 rows imported, progress over 5,000 filings, the county summary, the reminders' tick.

Not here: the stores they are measured on (crowd.py).
"""

import tempfile
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TypeVar

from dialogs.bureau.collecting import collect
from dialogs.bureau.importing import carry
from dialogs.bureau.progress import overview_of
from dialogs.bureau.reports import noticed
from dialogs.bureau.slips import files, minted
from dialogs.calendar.deadlines import dates_of
from dialogs.orders import Doing
from dialogs.reminding.planning import replan
from dialogs.reminding.ticking import tick
from dialogs.review.submitting import snapshot_of
from dialogs.store.documents import Inputs
from dialogs.store.engine import reading, writing
from scoring.answersfiles.file import read_answers
from scoring.loading import OWN_PACKS
from scoring.scorecard import score
from templates.county.summary_book import summary_book
from tests.bench.crowd import COUNTY, GROUPS, NOW, YEAR, Crowd
from tests.bench.measuring import Figure, figure, seconds
from tests.dialogs.bureau.sheets import HEADER, xlsx
from tests.dialogs.county import moment

T = TypeVar("T")


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        yield from importing(Path(folder))
        yield from progress(Path(folder))
        yield from summing_up(Path(folder))
        yield from ticking(Path(folder))


def progress(folder: Path) -> Iterator[Figure]:
    crowd = Crowd(folder / "progress.db", 5_000, 500)

    def look() -> None:
        with reading(crowd.office.engine) as c:
            assert len(overview_of(c, COUNTY, YEAR, NOW, "Asia/Shanghai").by_urgency) == 5_000

    yield figure("progress table over 5,000 filings", seconds(look) * 1000, "ms", "goal: 300 ms")
    crowd.close()


def importing(folder: Path) -> Iterator[Figure]:
    crowd = Crowd(folder / "import.db", 1, 1)
    rows = [(f"县第{n // 2}局", f"9{n // 2:05d}", GROUPS[n // 2 % 4], "", _name(n), "填报人") for n in range(2_000)]
    content = xlsx(HEADER, *rows)
    start = time.perf_counter()
    with writing(crowd.office.engine) as c:
        done = carry(Doing(c, crowd.office, crowd.console, NOW), COUNTY, content, only_good=False)
    taken = time.perf_counter() - start
    assert (done.units, done.invited) == (1_000, 2_000)
    yield figure("a spreadsheet of 2,000 rows imported", taken, "s", "1,000 units, 2,000 invitations; goal: 5 s")
    start = time.perf_counter()
    with writing(crowd.office.engine) as c:
        slips, bot = minted(c, crowd.office, COUNTY)
    files("邀请单", slips, bot)
    yield figure("… and its slips printed, with a fresh code each", time.perf_counter() - start, "s", f"{len(slips):,} slips")
    crowd.close()


def _name(n: int) -> str:
    return "王" + "".join(chr(0x4E00 + n // 50**k % 50 * 7) for k in range(2))


def summing_up(folder: Path) -> Iterator[Figure]:
    crowd = Crowd(folder / "summary.db", 5_000, 500)
    answers = dict(read_answers(crowd.form, OWN_PACKS / "qingshan-2025" / "cases" / "project@road.yaml").answers)
    crowd.approve(snapshot_of(crowd.form, Inputs(answers), score(crowd.form, answers)))

    def finished(steps: Generator[tuple[int, int], None, T]) -> T:
        while True:
            try:
                next(steps)
            except StopIteration as ended:
                result: T = ended.value
                return result

    def book() -> None:
        with reading(crowd.office.engine) as c:
            made = finished(collect(c, COUNTY, YEAR, "2026年3月12日"))
        assert len(made.results) == 5_000
        summary_book(made)

    yield figure("county summary of 5,000 filings as .xlsx", seconds(book, 3), "s", "goal: 3 s")
    yield figure("anomalies among them", seconds(lambda: finished(noticed(crowd.office, COUNTY, YEAR)), 3), "s")
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
