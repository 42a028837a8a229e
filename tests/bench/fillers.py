"""Many fillers in front of the Bot API server of the tests: each says the next line when the bot has replied, or when told.

They live in the server's own loop, so that a thousand of them cost no thread. Not here: the bot (processes.py), figures.
"""

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.bench.sayings import varied
from tests.botapi import BotApiServer
from tests.botapi.chats import Chat


@dataclass
class Filler:
    """One filler: what is still to be said, and since when a reply is waited for."""

    id: int
    chat: Chat
    user: dict[str, Any]
    lines: list[str]
    said: int = 0
    since: float = 0.0  # 0: nothing is waited for
    replies: int = 0


@dataclass
class Seen:
    """What came of it: seconds from an update to the first reply to it, each with the moment of the reply."""

    times: list[tuple[float, float]] = field(default_factory=list)
    others: int = 0  # messages nobody waited for, such as reminders


class Fillers:
    """All of them. `eager`: the next line follows a reply at once; else one filler after the other speaks when told."""

    def __init__(self, server: BotApiServer, first: int, count: int, lines: Sequence[str]) -> None:
        self.server = server
        self.state = server.state
        self.eager = False
        self.seen = Seen()
        self.everybody: list[Filler] = []
        for n in range(count):
            person = server.person(first + n)
            self.everybody.append(Filler(person.id, self.state.chats[person.id], person.user, ["/start", *varied([*lines], n)]))
        self.by_chat = {f.id: f for f in self.everybody}
        self._send = self.state.send
        self.state.send = self._shown  # type: ignore[method-assign]

    def _shown(self, chat: Chat, *content: Any) -> dict[str, Any]:
        raw = self._send(chat, *content)
        filler = self.by_chat.get(chat.about["id"])
        now = time.perf_counter()
        if filler is None or not filler.since:
            self.seen.others += 1
            return raw
        self.seen.times.append((now, now - filler.since))
        filler.since = 0.0
        filler.replies += 1
        if self.eager:
            self._speak(filler)
        return raw

    def _speak(self, filler: Filler) -> bool:
        if filler.said >= len(filler.lines) or filler.since:
            return False
        line = filler.lines[filler.said]
        filler.said += 1
        filler.since = time.perf_counter()
        self.state.receive(filler.chat, filler.user, {"text": line}, "text", None)
        return True

    def greet(self, some: Sequence[Filler] | None = None) -> None:
        """Everybody says /start."""
        for filler in some or self.everybody:
            with self.state.changed:
                self._speak(filler)

    def wait(self, until: Callable[[], bool], seconds: float) -> None:
        """Polled, because waiting for every change at the server would cost more than the server does."""
        deadline = time.monotonic() + seconds
        while not until():
            assert time.monotonic() < deadline, f"waited in vain: {len(self.seen.times)} replies"
            time.sleep(0.02)

    def all_answered(self) -> bool:
        return not any(f.since for f in self.everybody)

    def all_done(self) -> bool:
        return all(f.said == len(f.lines) and not f.since for f in self.everybody)

    def steady(self, per_second: float, seconds: float, seed: int = 1) -> list[float]:
        """So many answers per second at random moments, whoever is not waiting; the times to reply."""
        chance = random.Random(seed)
        before = len(self.seen.times)
        began = due = time.perf_counter()
        places = len(self.everybody)
        at = 0
        while due - began < seconds:
            due += chance.expovariate(per_second)
            time.sleep(max(0.0, due - time.perf_counter()))
            with self.state.changed:
                for _ in range(places):
                    at += 1
                    if self._speak(self.everybody[at % places]):
                        break
        self.wait(self.all_answered, 60)
        return sorted(taken for _, taken in self.seen.times[before:])

    def eagerly(self, seconds: float, cpu: Callable[[], float], *, patient: bool = True) -> "Rate":
        """All at once, as fast as replies come, after a first second; stops early when all is said. `patient`: the last
        replies are waited for."""
        self.begin()
        time.sleep(1)
        before, used, began = len(self.seen.times), cpu(), time.perf_counter()
        while time.perf_counter() - began < seconds and not self.all_done():
            time.sleep(0.02)
        rate = Rate(len(self.seen.times) - before, time.perf_counter() - began, cpu() - used)
        with self.state.changed:
            self.eager = False
        if patient:
            self.rest()
        return rate

    def begin(self) -> None:
        """From now on everybody goes on by themselves."""
        with self.state.changed:
            self.eager = True
        self.greet()

    def rest(self) -> None:
        """Nobody says more; the last replies are waited for."""
        with self.state.changed:
            self.eager = False
        self.wait(self.all_answered, 120)


@dataclass(frozen=True)
class Rate:
    """So many answers in so many seconds, for so many CPU seconds."""

    count: int
    seconds: float
    cpu: float

    @property
    def per_second(self) -> float:
        return self.count / self.seconds

    @property
    def cpu_ms(self) -> float:
        """CPU milliseconds of one answer."""
        return 1000 * self.cpu / max(1, self.count)


def at_percent(times: Sequence[float], percent: float) -> float:
    """The time within which so many percent of replies came; of sorted times."""
    return times[min(len(times) - 1, int(len(times) * percent / 100))]
