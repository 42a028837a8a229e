"""The whole system over real HTTP: fillers before the Bot API server of the tests, `ziping serve` on a core of its own.

On SQLite with 100 and with 10,000 units of five years, on PostgreSQL with one worker and with two; beside it, in the same
run, what each database can commit alone, and a bot with PicklePersistence. Not here: long runs (memory.py, broadcast.py).
"""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench.answering import bare
from tests.bench.fillers import Fillers, at_percent
from tests.bench.measuring import Figure, figure
from tests.bench.processes import OURS, ROOT, THEIRS, Postgres, Process, pinned, serve
from tests.bench.sayings import sayings
from tests.bench.stock import FIRST_PERSON, fill
from tests.botapi import BotApiServer

FEW, MANY = 100, 10_000  # units
CROWD = 1_000  # users beside the peer
SECONDS = 12.0
PER_SECOND = 30.0


def figures() -> Iterator[Figure]:
    lines = sayings()
    with tempfile.TemporaryDirectory() as name, pinned(THEIRS):
        folder = Path(name)
        alone = bare(folder / "bare.db")
        yield figure("sqlite3 alone: transactions of one row", 2 * alone, "commits/s")
        few = yield from _sqlite(folder, FEW, FEW, lines)
        many = yield from _sqlite(folder, MANY, FEW, lines)
        yield figure(f"… of that with {FEW} units", 100 * many / few, "%", "goal: within 10%")
        crowd = yield from _sqlite(folder, CROWD, CROWD, lines)
        peer = yield from _peer(folder)
        yield figure("… as many as that bot answers", crowd / peer, "times", "goal: 20")
        yield from _postgres(folder, lines)


def _sqlite(folder: Path, units: int, fillers: int, lines: Sequence[str]) -> Iterator[Figure]:
    """Figures of one store; the rate is what the generator returns."""
    url = f"sqlite:///{folder / 'whole.db'}"
    fill(url, units, fillers)
    rate = yield from _measured(f"SQLite, {units:,} units × 5 years, {fillers:,} fillers", folder, url, fillers, lines)
    for file in folder.glob("whole.db*"):
        file.unlink()
    return rate


def _measured(what: str, folder: Path, url: str, fillers: int, lines: Sequence[str], *cores: tuple[int, ...]) -> Iterator[Figure]:
    with BotApiServer() as server:
        everybody = Fillers(server, FIRST_PERSON, fillers, lines)
        workers = [serve(server, url, folder / f"serve{n}.log", *pins) for n, pins in enumerate(cores or ((OURS,),))]
        try:
            everybody.greet()
            everybody.wait(everybody.all_answered, 120)
            times = everybody.steady(PER_SECOND, SECONDS)
            rate = everybody.eagerly(SECONDS, lambda: sum(worker.cpu() for worker in workers))
            memory = max(worker.memory("VmHWM") for worker in workers)
        finally:
            for worker in workers:
                worker.stop()
        _check(url, everybody)
    spent = f"{rate.cpu_ms:.2f} ms CPU each, {memory:.0f} MB"
    yield figure(what, rate.per_second, "answers/s", f"{spent}; goal: 400 per worker")
    half, most = (1000 * at_percent(times, percent) for percent in (50, 99))
    yield figure(f"… update to reply at {PER_SECOND:.0f} answers/s, p50", half, "ms")
    yield figure(f"… update to reply at {PER_SECOND:.0f} answers/s, p99", most, "ms", "goal: 50 ms")
    return rate.per_second


def _check(url: str, everybody: Fillers) -> None:
    """A bench of answers that were none would be worth nothing: every line said has its line in the history."""
    said = sum(filler.said - 1 for filler in everybody.everybody)
    assert said == sum(filler.replies - 1 for filler in everybody.everybody), "every line has its reply"
    from dialogs.store.engine import open_store, reading

    engine = open_store(url)
    with reading(engine) as c:
        answered = c.exec_driver_sql("SELECT count(*) FROM history WHERE inbox_id IS NOT NULL").scalar_one()
    engine.dispose()
    assert answered > 0.9 * said, f"{answered} answers of {said} lines"


def _peer(folder: Path) -> Iterator[Figure]:
    with BotApiServer() as server:
        everybody = Fillers(server, FIRST_PERSON, CROWD, ["三十七人"] * 100)
        words = [str(ROOT / "tests/bench/peerbot.py"), server.token, server.url, str(folder / "peer.pickle")]
        bot = Process([*words, str(CROWD), str(FIRST_PERSON)], {}, folder / "peer.log", OURS)
        try:
            everybody.greet(everybody.everybody[:1])
            everybody.wait(everybody.all_answered, 120)
            rate = everybody.eagerly(SECONDS, bot.cpu, patient=False)
        finally:
            bot.stop()
    yield figure(
        f"a bot with PicklePersistence flushed, {CROWD:,} users", rate.per_second, "answers/s", f"{rate.cpu_ms:.0f} ms CPU"
    )
    return rate.per_second


def _postgres(folder: Path, lines: Sequence[str]) -> Iterator[Figure]:
    with Postgres(folder / "postgres") as server:
        yield figure("PostgreSQL alone: transactions of one row", server.commits_per_second(), "commits/s")
        for what, cores in (("one worker", ((OURS,),)), ("two workers", ((OURS, THEIRS), (OURS, THEIRS)))):
            url = server.new_database()
            fill(url, FEW, FEW)
            before = server.cpu()
            yield from _measured(f"PostgreSQL, {FEW} units × 5 years, {what}", folder, url, FEW, lines, *cores)
            yield figure("… CPU of PostgreSQL meanwhile", server.cpu() - before, "s")
