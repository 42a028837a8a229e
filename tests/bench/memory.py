"""Memory of `ziping serve` over 100,000 answers through a local Bot API server: it does not grow with what it has done.

Two thousand people fill their filings, as fast as replies come. Not here: how fast that is (whole.py).
"""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.fillers import Fillers
from tests.bench.measuring import Figure, figure
from tests.bench.processes import OURS, THEIRS, pinned, serve
from tests.bench.sayings import sayings
from tests.bench.stock import FIRST_PERSON, fill
from tests.botapi import BotApiServer

ANSWERS = 100_000
PEOPLE = 2_000
WARM = 20_000  # answers after which whatever is remembered is full


def figures(answers: int = ANSWERS, people: int = PEOPLE) -> Iterator[Figure]:
    lines = sayings()
    assert people * len(lines) >= answers
    warm = answers * WARM // ANSWERS
    with tempfile.TemporaryDirectory() as folder, pinned(THEIRS):
        url = f"sqlite:///{Path(folder) / 'memory.db'}"
        fill(url, people, people)
        with BotApiServer() as server:
            everybody = Fillers(server, FIRST_PERSON, people, lines)
            worker = serve(server, url, Path(folder) / "serve.log", OURS)
            try:
                everybody.begin()
                began, early = time.perf_counter(), 0.0
                while len(everybody.seen.times) < answers:
                    time.sleep(0.2)
                    if not early and len(everybody.seen.times) >= warm:
                        early = worker.memory()
                    server.forget()
                late, peak = worker.memory(), worker.memory("VmHWM")
                rate = len(everybody.seen.times) / (time.perf_counter() - began)
                everybody.rest()
            finally:
                worker.stop()
    yield figure(f"memory of serve after {warm:,} answers", early, "MB")
    yield figure(f"… after {answers:,} answers", late, "MB", f"peak {peak:.0f} MB, {rate:,.0f} answers/s; goal: flat")
