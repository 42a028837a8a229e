"""The simulated county year: from the first invitation to the published summary, day by day, from one seed.

The bureau acts on its days (bureau.py), everybody else when they look at the phone and have something to do. What is
wrong shows at once, as an AssertionError, or in the invariants at the end (invariants.py).
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from pathlib import Path

from dialogs.store.engine import reading
from scoring.workdays import is_workday
from tests.year.bureau import Bureau
from tests.year.machine import ZONE, Faults, Machine, Tally
from tests.year.persons import Deed, Persons
from tests.year.plan import Human, Plan, Task, draw
from tests.year.small import PROJECT_FORM, UNIT_FORM, write_pack
from tests.year.watching import Watch

FIRST, LAST = date(2026, 1, 5), date(2026, 12, 31)
OUTAGE = (date(2026, 3, 17), date(2026, 3, 18), date(2026, 3, 19))
LOOKS = ("02:10", "07:30", "08:30", "09:00", "09:20", "10:30", "12:00", "14:30", "16:00", "18:00", "20:00", "20:40", "22:30")


@dataclass(frozen=True)
class Size:
    """How large the county is, and how long its year."""

    units: int = 120
    people: int = 300
    last: date = LAST


@dataclass(frozen=True)
class Outcome:
    """What a year came to."""

    digest: str
    lines: int
    tally: Tally
    approved: int
    unfinished: int
    reminders: int
    digests: int

    def __str__(self) -> str:
        went_wrong = "，".join(f"{what} {n}" for what, n in sorted(self.tally.faults.items()))
        return (
            f"{self.digest[:16]}  {self.lines} lines, {self.approved} approved, {self.unfinished} never finished, "
            f"{self.reminders} reminders in {self.digests} digests; {self.tally.deaths} deaths, "
            f"{self.tally.doubled} doubled ({went_wrong})"
        )


def at(day: date, clock: str) -> int:
    """A moment of the county's own time."""
    return int(datetime.combine(day, time.fromisoformat(clock), ZONE).timestamp())


class Year:
    """`run` goes from the first day to the last."""

    def __init__(self, folder: Path, seed: int, size: Size, faults: Faults, url: str = "") -> None:
        self.size = size
        self.plan: Plan = draw(seed, size.units, size.people)
        forms = tuple(dict.fromkeys((UNIT_FORM, PROJECT_FORM, *(task.form for task in self.plan.tasks))))
        self.machine = Machine(folder, seed, at(FIRST, "08:00"), forms, (write_pack(folder / "packs"),), faults, url)
        self.persons = Persons(self.machine, self.plan)
        self.bureau = Bureau(self.machine, self.plan, self.persons)
        self.watch = Watch(self.machine)
        self.machine.watches.append(self.watch.sees)
        self._agenda: list[tuple[int, int, Deed | Callable[[], None]]] = []
        self._order = count()
        self._at_work: set[int] = set()

    def run(self) -> "Year":
        day = FIRST
        while day <= self.size.last:
            if day in OUTAGE:  # nobody is served: what becomes due meanwhile comes afterwards, in one message
                day += timedelta(days=1)
                continue
            for clock in LOOKS:
                self._plan(at(day, clock), self.machine.works)
            for clock, deed in self.bureau.on(day):
                self._plan(at(day, clock), deed)
            for human in self.plan.people:
                self._looks_today(human, day)
            self._until(at(day + timedelta(days=1), "00:00"))
            day += timedelta(days=1)
        self.bureau.sums_up()
        return self

    def _plan(self, moment: int, what: Deed | Callable[[], None]) -> None:
        heapq.heappush(self._agenda, (moment, next(self._order), what))

    def _until(self, end: int) -> None:
        while self._agenda and self._agenda[0][0] < end:
            moment, _, what = heapq.heappop(self._agenda)
            self.machine.passes(moment)
            if callable(what):
                what()
                continue
            try:
                pause = next(what)
            except StopIteration:
                continue
            self._plan(self.machine.now + pause, what)

    # People.

    def _looks_today(self, human: Human, day: date) -> None:
        """Everybody looks at the phone once on a working day, some late at night, a few on a Sunday."""
        chance = self.machine.chance
        if not is_workday(day) and chance.random() < 0.9:
            return
        clock = f"22:{chance.randrange(60):02d}" if human.nightly else f"{chance.randrange(9, 19):02d}:{chance.randrange(60):02d}"
        self._plan(at(day, clock), self._looks(human))

    def _looks(self, human: Human) -> Deed:
        if not human.address:
            return
        if not human.joined:
            if human.code and self.machine.chance.random() < human.pace:
                yield from self.persons.joins(human, human.code)
            return
        new = self.persons.phone(human).looks()
        eager = human.pace * (0.5 if new else 0.06)
        if self.machine.chance.random() >= eager:
            return
        task = self._duty(human)
        if task is None:
            return
        self._at_work.add(id(task))  # they sit in one office: one of them does it
        try:
            yield from self._does(human, task)
        finally:
            self._at_work.discard(id(task))

    def _duty(self, human: Human) -> Task | None:
        """What there is to do for this person, the oldest first."""
        for task in self.plan.tasks:
            if not task.id or id(task) in self._at_work or human.unit is None:
                continue
            own, below = task.unit is human.unit, task.unit.above == human.unit.name
            if human.role == "reviewer" and (own or below) and self.persons.state(task) == "submitted":
                return task
            if human.role == "filler" and own and not task.never and self.persons.state(task) in ("open", "returned"):
                return task
        return None

    def _does(self, human: Human, task: Task) -> Deed:
        persons = self.persons
        if human.role == "reviewer":
            yield from persons.reviews(human)
        elif persons.state(task) == "returned":
            yield from persons.mends(human, task)
        else:
            whole = self.machine.chance.random() < 0.75
            yield from persons.fills(human, task, 20 if whole else 2)
            if whole and persons.is_whole(task):
                yield from persons.hands_in(human, task)

    # The end.

    @property
    def outcome(self) -> Outcome:
        """What it came to."""
        with reading(self.machine.store) as c:
            states = dict(c.exec_driver_sql("SELECT state, count(*) FROM filings GROUP BY 1").fetchall())
            reminders = c.exec_driver_sql("SELECT count(*) FROM reminders WHERE state = 'collected'").scalar_one()
            digests = c.exec_driver_sql("SELECT count(*) FROM notices WHERE kind = 'digest' AND state = 'sent'").scalar_one()
        approved = states.get("approved", 0)
        lines, tally = len(self.machine.lines), self.machine.tally
        return Outcome(self.machine.digest, lines, tally, approved, sum(states.values()) - approved, reminders, digests)
