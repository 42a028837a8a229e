"""An announcement to 10,000 people while others fill: it leaves at Telegram's pace, and no answer waits for it.

Real HTTP, the usual limits. Only the first minute is measured; the rest would be the same. Not here: reminders (reminders.py).
"""

import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from dialogs.store import notices
from dialogs.store.engine import open_store, writing
from dialogs.store.notices import Notice
from tests.bench.fillers import Fillers, at_percent
from tests.bench.measuring import Figure, figure
from tests.bench.processes import OURS, THEIRS, pinned, serve
from tests.bench.sayings import sayings
from tests.bench.stock import FIRST_PERSON, fill
from tests.botapi import BotApiServer

TOLD, FILLING = 10_000, 100
PER_SECOND = 3.0  # answers meanwhile, well below what Telegram allows beside the announcement
SECONDS = 60.0


def figures(told: int = TOLD, seconds: float = SECONDS) -> Iterator[Figure]:
    lines = sayings()
    with tempfile.TemporaryDirectory() as folder, pinned(THEIRS):
        url = f"sqlite:///{Path(folder) / 'broadcast.db'}"
        fill(url, told + FILLING, told + FILLING, years=2)
        with BotApiServer() as server:
            everybody = Fillers(server, FIRST_PERSON, FILLING, lines)
            for n in range(told):
                server.person(FIRST_PERSON + FILLING + n)
            usual = {"MESSAGES_PER_SECOND": "25", "MESSAGES_PER_CHAT": "1", "ZONE": _noon()}
            worker = serve(server, url, Path(folder) / "serve.log", OURS, **usual)
            try:
                everybody.greet(everybody.everybody[:1])
                everybody.wait(everybody.all_answered, 60)
                before = everybody.steady(PER_SECOND, seconds / 3)
                yield figure(f"{told:,} announcements written into the store", _announce(url, told), "s")
                everybody.wait(lambda: everybody.seen.others > 0, 60)
                began, first = time.perf_counter(), everybody.seen.others
                meanwhile = everybody.steady(PER_SECOND, seconds, seed=2)
                sent = (everybody.seen.others - first + len(meanwhile)) / (time.perf_counter() - began)
            finally:
                worker.stop()
    yield figure("messages a second while they leave", sent, "per s", "limit: 25")
    for percent in (50, 99):
        alone, beside = (1000 * at_percent(times, percent) for times in (before, meanwhile))
        note = f"alone: {alone:.0f} ms; goal: no more than 100 ms longer"
        yield figure(f"… an answer's reply meanwhile, p{percent}", beside, "ms", note)


def _announce(url: str, told: int) -> float:
    engine, now = open_store(url), int(time.time())
    began = time.perf_counter()
    with writing(engine) as c:
        for n in range(told):
            said = Notice(f"p{FILLING + n}", "announcement", "bench", "请各单位于本月底前报送绩效自评材料。")
            notices.post(c, f"{n:012d}", said, now, now)
    taken = time.perf_counter() - began
    engine.dispose()
    return taken


def _noon() -> str:
    """A zone where it is about noon, so that nothing waits for the morning."""
    ahead = 12 - datetime.now(UTC).hour
    return f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"
