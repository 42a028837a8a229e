"""What the conversation needs from outside: the store, the clock, ids, the forms on offer, the channels' parsers."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import Engine

from dialogs.events import Event
from dialogs.localtime import day_of, local
from dialogs.store.paces import Limits

Understand = Callable[[str, int], Event | None]


@dataclass(frozen=True)
class Office:
    """What handling needs from outside: the store, the clock, ids, the forms on offer, the channels' parsers."""

    engine: Engine
    clock: Callable[[], int]
    new_id: Callable[[], str]
    understand: Mapping[str, Understand]
    forms: tuple[str, ...]
    packs: tuple[Path, ...] = ()
    zone: str = "Asia/Shanghai"
    memory: Path | None = None  # where the titles of the forms on offer are remembered between starts
    open_door: bool = False  # whether a stranger may make a unit of their own
    random: Callable[[int], bytes] = secrets.token_bytes  # what secret codes are made of
    private: bool = False  # whether personal data and files stay on the office's own server, out of the messenger
    own_url: str = ""  # the public address of that server, for links
    worker: str = ""  # this process among several over the same store
    limits: Limits | None = None  # what the channel allows; None: whatever is to be said leaves at once
    precise: Callable[[], int] | None = None  # the clock in milliseconds, where there is a finer one

    @property
    def channel(self) -> str:
        """The channel of this process: it leaves other channels' events and replies to theirs."""
        return next(iter(self.understand))

    def millis(self) -> int:
        """UTC epoch milliseconds."""
        return self.precise() if self.precise else 1000 * self.clock()

    def today(self) -> date:
        """The date where the units are."""
        return self.day_of(self.clock())

    def moment_of(self, at: int) -> str:
        """A moment as it is said: 3月4日10:00."""
        there = local(at, self.zone)
        return f"{there.month}月{there.day}日{there:%H:%M}"

    def day_of(self, at: int) -> date:
        """The date of a moment where the units are."""
        return day_of(at, self.zone)
