"""The machine of the simulated year: one store, two workers, a clock, phones instead of Telegram; all of it from one seed.

The workers take turns as chance has it. Each may die wherever a transaction begins or ends, and between a message's
sending and its mark; a new one then starts with nothing but the store. Not here: people and what they do.
"""

import hashlib
import json
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, event

from bot.delivery import Delivery
from bot.outcomes import Ambiguous, Blocked, TryAgain, Wait
from dialogs.events import Action, Arrival, Event, FileSent, Pressed, Said, Sent
from dialogs.handling import handle_next
from dialogs.office import Office
from dialogs.outgoing import Sheet
from dialogs.reminding.ticking import tick
from dialogs.replies import Reply, Toast
from dialogs.store import inbox, outbox
from dialogs.store.engine import open_store, reading, upgrade, writing
from tests.year.phones import Phone

CHANNEL = "year"
ZONE = ZoneInfo("Asia/Shanghai")
LOOK = 60  # seconds between looks at the clock
SOON = 3_600  # what is due within so many seconds is waited for


class Killed(BaseException):
    """The process is gone, in the middle of whatever it did."""


def understand(body: str, at: int) -> Event:
    data = json.loads(body)
    action: Action = Said(data["said"]) if "said" in data else Pressed(data.get("pressed", ""))
    if "file" in data:
        action = Sent(data["what"], FileSent(**data["file"]))
    return Event(action, data["chat"], data["chat"], at, data.get("message", 0), data.get("query", ""))


@dataclass
class Faults:
    """How often things go wrong, each per chance it has."""

    death: float = 0.0  # at a boundary of a transaction, or around a send
    telegram: float = 0.0  # a send that fails, or whose answer is lost


@dataclass
class Tally:
    """How often things did go wrong."""

    deaths: int = 0
    doubled: int = 0  # messages that arrived twice, because nobody could know
    faults: dict[str, int] = field(default_factory=dict)


class Worker:
    """One process: an office of its own over the common store, and everything that runs in `ziping serve`."""

    def __init__(self, machine: "Machine", number: int) -> None:
        self.machine, self.number = machine, number
        self.office = machine.office(self)
        self.delivery = Delivery(self.office, self._carry, _apologise, _in_thread)

    def handle(self) -> bool:
        return handle_next(self.office) is not None

    def deliver(self) -> bool:
        return bool(finish(self.delivery.deliver_one()))

    def look(self) -> bool:
        return tick(self.office).more

    async def _carry(self, chat: str, reply: Reply, sheet: Sheet | None) -> int:
        machine = self.machine
        phone = machine.phones[chat]
        machine.perhaps_dies(self, "before a send")
        if phone.blocked:
            raise Blocked
        fault = machine.fault() if not isinstance(reply, Toast) else ""
        if fault == "wait":
            raise Wait(5)
        if fault == "try again":
            raise TryAgain
        if fault == "lost":
            raise Ambiguous
        for watch in machine.watches:
            watch(phone, reply)
        number = phone.shows(next(machine.numbers), machine.now, reply, sheet)
        machine.writes_down(phone, reply, sheet)
        if fault == "answer lost":
            machine.tally.doubled += 1
            raise Ambiguous
        if machine.perhaps_dies(self, "after a send", quiet=True):
            machine.tally.doubled += 1
            raise Killed
        return number


async def _apologise(chat: str, text: str) -> None:
    raise AssertionError(f"the machine apologises to {chat}: {text}")


async def _in_thread(function: Callable[..., object], *arguments: object) -> object:
    return function(*arguments)


def finish(work: Coroutine[Any, Any, object]) -> object:
    """The result of a coroutine that never waits."""
    try:
        work.send(None)
    except StopIteration as end:
        return end.value
    raise AssertionError("it waits for something that will never come")


class Machine:
    """`arrives` puts in what somebody did, `works` lets the workers work until there is nothing to do at this moment."""

    def __init__(
        self, folder: Path, seed: int, start: int, forms: tuple[str, ...], packs: tuple[Path, ...], faults: Faults, url: str = ""
    ) -> None:
        self.folder = folder
        self.url = url or f"sqlite:///{folder}/year.db"
        upgrade(self.url)
        self.seed, self.now, self.faults = seed, start, faults
        self.forms, self.packs = forms, packs
        self.chance = Random(f"{seed}/machine")
        self._ids = Random(f"{seed}/ids")
        self.numbers = count(1)
        self._updates = count(1)
        self.phones: dict[str, Phone] = {}
        self.tally = Tally()
        self.lines: list[str] = []
        self._hash = hashlib.sha256()
        self.dying = True
        self._looked = 0
        self.store = _hurried(open_store(self.url))
        self.workers = [Worker(self, n) for n in range(2)]
        self.watches: list[Callable[[Phone, Reply], None]] = []

    # What the workers stand on.

    def office(self, worker: Worker) -> Office:
        engine = _hurried(open_store(self.url))

        def begins(_: object) -> None:
            self.perhaps_dies(worker, "before a transaction")

        def ends(_: object) -> None:
            self.perhaps_dies(worker, "before a commit")

        event.listen(engine, "begin", begins, insert=True)
        event.listen(engine, "commit", ends)
        return self.plain_office(engine)

    def plain_office(self, engine: Engine) -> Office:
        now = lambda: self.now  # noqa: E731
        return Office(engine, now, self.new_id, {CHANNEL: understand}, self.forms, self.packs, random=self.random_bytes)

    def new_id(self) -> str:
        return "".join(self._ids.choices("0123456789abcdefghijklmnopqrstuvwxyz", k=8))

    def random_bytes(self, length: int) -> bytes:
        return self._ids.randbytes(length)

    # What goes wrong.

    def perhaps_dies(self, worker: Worker, where: str, *, quiet: bool = False) -> bool:
        if not self.dying or self.chance.random() >= self.faults.death:
            return False
        self.tally.faults[where] = self.tally.faults.get(where, 0) + 1
        if not quiet:
            raise Killed
        return True

    def fault(self) -> str:
        if self.chance.random() >= self.faults.telegram:
            return ""
        which = self.chance.choice(("wait", "try again", "lost", "answer lost"))
        self.tally.faults[which] = self.tally.faults.get(which, 0) + 1
        return which

    def lets(self, number: int, work: Callable[[Worker], object]) -> bool:
        """One worker does one thing; when it dies of it, another takes its place."""
        worker = self.workers[number]
        try:
            return bool(work(worker))
        except Killed:
            self.tally.deaths += 1
            worker.office.engine.dispose()
            self.dying = False
            self.workers[number] = Worker(self, number)
            self.dying = True
            return True

    # What happens.

    def phone(self, address: str, name: str) -> Phone:
        chat = f"{CHANNEL}:{address}"
        return self.phones.setdefault(chat, Phone(chat, name))

    def arrives(self, phone: Phone, body: dict[str, object]) -> None:
        """Something a person did, stored as polling stores it: again and again until it is confirmed."""
        self.note(f"{phone.name}> {' '.join(str(v) for k, v in body.items() if k in ('said', 'label', 'what'))}")
        arrival = Arrival(CHANNEL, "bot", next(self._updates), phone.chat, phone.chat, json.dumps(body | {"chat": phone.chat}))

        def receive(worker: Worker) -> bool:
            with writing(worker.office.engine) as c:
                inbox.receive(c, [arrival], self.now)
            received.append(True)
            return True

        received: list[bool] = []
        while not received:
            self.lets(self.chance.randrange(2), receive)

    def works(self) -> None:
        """Until nobody can do anything at this moment; what a dead worker held is waited for."""
        while True:
            jobs = [(n, job) for n in (0, 1) for job in (Worker.handle, Worker.deliver)]
            self.chance.shuffle(jobs)
            busy = [self.lets(n, job) for n, job in jobs]
            if any(busy):
                continue
            if self.now - self._looked >= LOOK:
                self._looked = self.now
                self.tick()
                continue
            wait = self._waits_until()
            if wait is None:
                return
            self.now = max(self.now + 1, wait)

    def _waits_until(self) -> int | None:
        """When the next thing is due that was begun and not finished, if that is soon."""
        with reading(self.store) as c:
            due = [outbox.next_due(c), *_postponed(c)]
        soon = [at for at in due if at is not None and at - self.now <= SOON]
        return min(soon, default=None)

    def tick(self) -> None:
        """Each worker looks at the clock, as chance has it, until nothing more is due."""
        for number in self.chance.sample((0, 1), 2):
            while self.lets(number, Worker.look):
                pass

    def passes(self, to: int) -> None:
        """Time passes; never backwards here."""
        self.now = max(self.now, to)

    # What is written down.

    @property
    def words(self) -> str:
        return datetime.fromtimestamp(self.now, UTC).astimezone(ZONE).strftime("%m-%d %H:%M")

    def note(self, line: str) -> None:
        whole = f"{self.words} {line}"
        self.lines.append(whole)
        self._hash.update(whole.encode("utf-8", "surrogatepass") + b"\n")

    def writes_down(self, phone: Phone, reply: Reply, sheet: Sheet | None) -> None:
        if sheet is not None:
            digest = hashlib.sha256(sheet.content).hexdigest()[:12]
            self.note(f"{phone.name}< 📎 {sheet.name} {len(sheet.content)} {digest}")
        elif not isinstance(reply, Toast):
            buttons = " ".join(f"[{b.text}]" for row in getattr(reply, "buttons", ()) for b in row)
            self.note(f"{phone.name}< {getattr(reply, 'text', '')} {buttons}")

    @property
    def digest(self) -> str:
        return self._hash.hexdigest()

    def close(self) -> None:
        for engine in (self.store, *(worker.office.engine for worker in self.workers)):
            engine.dispose()


def _postponed(c: Any) -> Iterator[int]:
    rows = c.exec_driver_sql("SELECT min(not_before) FROM inbox WHERE state = 'new'").fetchone()
    if rows[0] is not None:
        yield int(rows[0])


def _hurried(engine: Engine) -> Engine:
    """Nobody pulls the plug of this machine: a commit need not wait for the disk."""

    if engine.dialect.name != "sqlite":
        return engine

    def hurry(raw: Any, _: object) -> None:
        raw.execute("PRAGMA synchronous=OFF")

    event.listen(engine, "connect", hurry)
    engine.dispose()  # the connection it was opened with still waits
    return engine
