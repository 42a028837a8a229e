"""What can go wrong, which of it does in one seed (the swarm), and a store connection that fails where fate wants it.

Every kind counts how often it fired: a run of many seeds in which one never did has shown nothing about it.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

INCOMING = {"delayed": 0.15, "duplicated": 0.15, "reordered": 0.3, "renumbered": 0.03, "confirmation lost": 0.15}
SENDING = {
    "too many requests": 0.06,
    "server error": 0.05,
    "unreachable": 0.05,
    "timeout before": 0.05,
    "timeout after": 0.06,
    "blocked": 0.02,
    "refused": 0.02,
    "stopped before its turn": 0.02,
}
DYING = {
    "died at begin": 0.01,
    "died at a write": 0.03,
    "died at the commit": 0.01,
    "died behind the commit": 0.01,
    "died before a send": 0.02,
    "died behind a send": 0.02,
    "died between steps": 0.1,
}
STORE = {"store locked": 0.01, "disk full": 0.02, "commit failed": 0.01, "defect": 0.01}
TIME = {"clock back": 0.05, "hours pass": 0.05, "days pass": 0.02}
KINDS = {**INCOMING, **SENDING, **DYING, **STORE, **TIME}


class Killed(BaseException):
    """The process is gone, in the middle of whatever it did."""


class Defect(Exception):
    """A mistake in the program that shows once."""


@dataclass
class Swarm:
    """The faults of one seed: a random half of the kinds, each as often as its rate says. None while `calm`.

    `often`: what comes again comes up to five times.
    """

    chance: Random
    rates: dict[str, float]
    fired: Counter[str] = field(default_factory=Counter)
    calm: bool = False
    often: bool = False

    def fires(self, kind: str) -> bool:
        """Whether it goes wrong this time."""
        if self.calm or kind not in self.rates or self.chance.random() >= self.rates[kind]:
            return False
        self.fired[kind] += 1
        return True

    def fate(self) -> "Fate | None":
        """What befalls the next piece of work at the store; None most of the time. It counts when it comes true."""
        if self.calm:
            return None
        for kind, (at, how) in _FATES.items():
            if kind in self.rates and self.chance.random() < self.rates[kind]:
                return Fate(kind, at, how, self.chance.randint(1, 8) if at == "write" else 1)
        return None


def swarm(seed: int) -> Swarm:
    """The faults of a seed."""
    chance = Random(f"{seed}/faults")
    return Swarm(chance, {kind: rate for kind, rate in KINDS.items() if chance.random() < 0.5})


@dataclass
class Fate:
    """The `nth` time the store is reached `at` this point, it happens."""

    kind: str
    at: str
    how: Callable[[], BaseException]
    nth: int
    came_true: bool = False


def _driver_error(words: str) -> Callable[[], BaseException]:
    return lambda: sqlite3.OperationalError(words)


_FATES: dict[str, tuple[str, Callable[[], BaseException]]] = {
    "died at begin": ("begin", Killed),
    "died at a write": ("write", Killed),
    "died at the commit": ("commit", Killed),
    "died behind the commit": ("committed", Killed),
    "store locked": ("begin", _driver_error("database is locked")),
    "disk full": ("write", _driver_error("database or disk is full")),
    "commit failed": ("commit", _driver_error("disk I/O error")),
    "defect": ("write", Defect),
}


@dataclass
class Life:
    """One process at the store: what it has committed, and what awaits it there."""

    fate: Fate | None = None
    commits: int = 0

    def reaches(self, point: str) -> None:
        fate = self.fate
        if fate is not None and fate.at == point:
            fate.nth -= 1
            if fate.nth == 0:
                fate.came_true, self.fate = True, None
                raise fate.how()


class Fragile(sqlite3.Connection):
    """A connection at which a process may die or be refused: where a transaction begins, writes, or ends."""

    life: Life
    wrote = False

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        self.meets(sql)
        return super().execute(sql, *values)

    def cursor(self, *_: Any) -> sqlite3.Cursor:
        return super().cursor(FragileCursor)

    def meets(self, sql: str) -> None:
        first = sql[0]
        if first in "IUD":
            self.wrote = True
            self.life.reaches("write")
        elif first == "B" and sql == "BEGIN IMMEDIATE":
            self.wrote = False
            self.life.reaches("begin")

    def commit(self) -> None:
        if not (self.wrote and self.in_transaction):
            super().commit()
            return
        self.life.reaches("commit")
        super().commit()
        self.wrote = False
        self.life.commits += 1
        self.life.reaches("committed")


class FragileCursor(sqlite3.Cursor):
    """Its statements are met like the connection's own."""

    def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
        self.connection.meets(sql)  # type: ignore[attr-defined]
        return super().execute(sql, *values)

    def executemany(self, sql: str, rows: Any) -> sqlite3.Cursor:
        self.connection.meets(sql)  # type: ignore[attr-defined]
        return super().executemany(sql, rows)
