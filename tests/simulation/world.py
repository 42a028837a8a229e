"""The simulator: one store, one to three processes, clock, chance and Telegram, all of it from one seed.

A scheduler takes one small step after the other, whichever chance says: a person does something, updates are fetched,
an event is handled, a delivery goes on by one of its steps, time passes, a process dies. Everything that touches the
store goes through `op`, where fate may strike, and is looked at by the inspector at once (invariants.py).
"""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from random import Random
from typing import Any

from sqlalchemy import Engine

from bot.delivery import Delivery
from bot.telegram.channel import TelegramChannel
from bot.telegram.updates import arrival
from dialogs.beating import beat
from dialogs.handling import Trouble, handle_next
from dialogs.office import Office
from dialogs.outgoing import Parcel, claim, take_over
from dialogs.reminding.ticking import tick
from tests.simulation.bench import MOST_PROCESSES, Bench, Clockwork, Flight, Op, Process, receive, switch
from tests.simulation.faults import Killed, Swarm
from tests.simulation.telegram import Api, Server
from tests.simulation.town import EVERYBODY

STEPS = {"act": 26, "fetch": 18, "handle": 34, "deliver": 60, "tick": 1, "beat": 1, "time": 3, "die": 1}
QUIET = (*("act",) * 5, "time", "time", "tick", "beat", "fetch")  # when nobody waits for anything
HURRY = 0.05  # how often somebody acts though there is something to wait for
AT_ONCE = 2  # deliveries of one process at a time


class World:
    """`run` goes through the steps of one seed until everything has been said and done."""

    def __init__(
        self, seed: int, bench: Bench, swarm: Swarm, *, hurry: float = HURRY, window: int = 6, ticks: bool = True
    ) -> None:
        from tests.simulation.invariants import Inspector
        from tests.simulation.persons import Persons

        self.seed, self.bench, self.town, self.swarm = seed, bench, bench.town, swarm
        self.chance = Random(f"{seed}/steps")
        self.clockwork = Clockwork(seed)
        self.server = Server(swarm, EVERYBODY, window)
        self.hurry, self.ticks = hurry, ticks
        self.serial = 0
        self.log: list[Op] = []
        self.flying: Flight | None = None
        self.idle: set[str] = set()
        self.hash = sha256()
        self.alone = self.chance.random() < 0.3
        count = 1 if self.alone else self.chance.randint(2, MOST_PROCESSES)
        self.processes = [Process(e, life, self._office(e)) for e, life in bench.seats[:count]]
        self.inspector = Inspector(self)
        self.persons = Persons(self)

    # Processes.

    def _office(self, engine: Engine) -> Office:
        return self.clockwork.office(engine, self.town.packs)

    def delivery(self, process: Process, flight: Flight) -> Delivery:
        """What carries one reply, with the simulation between its steps."""

        async def in_thread(function: Callable[..., Any], *arguments: Any) -> Any:
            await switch()
            result = self.op(process, function, *arguments[1:])
            if function is claim and isinstance(result, Parcel):
                flight.row = result.id
                self.inspector.claimed(result)
            return result

        async def apologise(chat: str, text: str) -> None:
            self.note("sorry", chat)

        api = Api(self.server, switch, self._arrived, self._doubtful)
        delivery = Delivery(process.office, TelegramChannel(api).carry_out, apologise, in_thread)

        async def turn(_: Parcel) -> bool:
            await switch()
            return not self.swarm.fires("stopped before its turn")

        delivery._turn = turn  # type: ignore[method-assign]
        return delivery

    def _arrived(self, chat: int, text: str, file: bytes | None) -> None:
        assert self.flying is not None
        self.note("<", str(chat), text, sha256(file).hexdigest() if file else "")
        self.inspector.arrived(self.flying.row, chat, text, file)

    def _doubtful(self) -> None:
        assert self.flying is not None
        self.inspector.doubtful(self.flying.row)

    def dies(self, process: Process) -> None:
        """Nothing of a process is left; another one takes its place."""
        for flight in process.flights:
            if flight.work is not None:
                flight.work.close()
        process.flights = []
        process.engine.dispose()
        process.office = self._office(process.engine)
        self.note("died")
        while self.alone:
            try:
                self.op(process, take_over)
                return
            except (Killed, Exception) as e:
                self.inspector.excuses(process, e)

    # The store.

    def op(self, process: Process, function: Callable[..., Any], *arguments: Any) -> Any:
        """Do one piece of work at the store, in which fate may strike; what it left there is looked at."""
        self.serial += 1
        self.clockwork.begins(self.serial)
        life, fate = process.life, self.swarm.fate()
        life.fate, kept = fate, replace(fate) if fate else None
        before, now = life.commits, self.clockwork.now
        try:
            return function(process.office, *arguments)
        finally:
            life.fate = None
            if fate is not None and fate.came_true:
                self.swarm.fired[fate.kind] += 1
            self.last_fate = fate
            commits = life.commits - before
            if commits:
                self.log.append(Op(self.serial, now, process.office.worker, function, arguments, kept))
            self.inspector.looks(function, commits, fate)

    # Steps.

    def run(self) -> "World":
        names, weights = list(STEPS), list(STEPS.values())
        acts = self.chance.randint(25, 45)
        while acts:
            step = self.chance.choices(names, weights)[0] if self._busy else self.chance.choice(QUIET)
            if step == "act":
                if self._busy and self.chance.random() > self.hurry:
                    continue
                acts -= 1
            getattr(self, f"_{step}")()
        self._settles()
        self.inspector.at_the_end()
        return self

    @property
    def _busy(self) -> bool:
        """Whether somebody still waits for something: most people act when they have read what was said."""
        return bool(self.server.waiting) or len(self.idle) < 2 or any(p.flights for p in self.processes)

    def _any(self) -> Process:
        return self.chance.choice(self.processes)

    def _act(self) -> None:
        self.persons.act()

    def _fetch(self) -> None:
        batch = self.server.offers()
        if not batch:
            return
        arrivals = [arrival("1", update) for update in batch]
        if self._tries(self._any(), receive, arrivals) is not None:
            self.idle.discard("inbox")
            self.server.confirmed(batch)

    def _waits_for(self, where: str) -> bool:
        """Whether there may be something to do; now and then somebody looks in vain."""
        if where not in self.idle and self.chance.random() < 0.95:
            self.idle |= {"inbox", "outbox"} - self.inspector.awake()
        return where not in self.idle

    def _handle(self) -> None:
        if not self._waits_for("inbox"):
            return
        if self._tries(self._any(), handle_next) is None and self.done:
            self.idle.add("inbox")
        else:
            self.idle.discard("outbox")

    def _deliver(self) -> None:
        flights = [f for p in self.processes for f in p.flights]
        if not flights or (len(flights) < AT_ONCE * len(self.processes) and self.chance.random() < 0.3):
            if not self._waits_for("outbox"):
                return
            process = self._any()
            flight = Flight(process)
            flight.work = self.delivery(process, flight).deliver_one()
            process.flights.append(flight)
        else:
            flight = self.chance.choice(flights)
        self._advance(flight)

    def _advance(self, flight: Flight) -> None:
        """A delivery goes on to its next step."""
        self.flying, process = flight, flight.process
        assert flight.work is not None
        try:
            flight.work.send(None)
            return
        except StopIteration as end:
            if end.value:
                self.idle.discard("outbox")
            else:
                self.idle.add("outbox")
        except Killed:
            self.dies(process)
            return
        except Exception as e:
            self.inspector.excuses(process, e)
        process.flights.remove(flight)

    def _tick(self) -> None:
        if self.ticks:
            self._tries(self._any(), tick)
            self.idle.discard("outbox")

    def _beat(self) -> None:
        self._tries(self._any(), beat)
        self.idle.discard("outbox")

    def _time(self) -> None:
        swarm, clock = self.swarm, self.clockwork
        if swarm.fires("days pass"):
            clock.now += swarm.chance.randint(1, 6) * 86_400
        elif swarm.fires("hours pass"):
            clock.now += swarm.chance.randint(1, 12) * 3_600
        elif swarm.fires("clock back"):
            clock.now -= swarm.chance.randint(1, 3_600)
        elif not self._busy and (due := self.inspector.next_due()) and self.chance.random() < 0.7:
            clock.now = max(clock.now + 1, due)
        else:
            clock.now += self.chance.randint(1, 40)
        self.idle -= self.inspector.awake()

    def _die(self) -> None:
        if self.swarm.fires("died between steps"):
            self.dies(self._any())

    def _tries(self, process: Process, function: Callable[..., Any], *arguments: Any) -> Any:
        """What the work gives; None when the process dies of it, or when the store refuses. `done`: whether it was done."""
        self.done = False
        try:
            result = self.op(process, function, *arguments)
            self.done = True
            return result
        except Killed:
            self.dies(process)
        except Trouble:
            self.inspector.excuses(process, None)
        except Exception as e:
            self.inspector.excuses(process, e)
        return None

    def _settles(self) -> None:
        """Nothing goes wrong any more: everything sent arrives, everything that waits is done, in its time."""
        self.swarm.calm = True
        for phone in self.server.phones.values():
            if phone.blocked:
                self.persons.comes_back(phone)
        for _ in range(500):
            busy = not self.server.silent
            self._fetch()
            while self._tries(self.processes[0], handle_next) is not None:
                busy = True
            self.idle.clear()
            while any(p.flights for p in self.processes) or "outbox" not in self.idle:
                self._deliver()
            if busy or self._tries(self.processes[0], tick).queued:
                continue
            due = self.inspector.next_due()
            if due is None:
                return
            self.clockwork.now = max(self.clockwork.now + 1, due)
        self.inspector.red("it never comes to rest")

    def note(self, *words: str) -> None:
        """One line of the transcript."""
        self.hash.update("\x1f".join((str(self.clockwork.now), *words, "\n")).encode("utf-8", "surrogatepass"))

    @property
    def digest(self) -> str:
        """The hash of everything people did and everything that arrived."""
        return self.hash.hexdigest()

    def close(self) -> None:
        for process in self.processes:
            for flight in process.flights:
                if flight.work is not None:
                    flight.work.close()
        self.inspector.close()
