"""A year of reminders from one seed: a town over a real store, processes that take turns wherever a transaction begins.

Each process is a thread, but only one runs at a time: which one goes on at a boundary is chance from the seed, and at any
boundary it may die; a new one then has nothing but the store. Their clocks are wrong by some minutes and one is put
back by an hour. Between any two transactions people submit, hand back, move deadlines, come and go.
What must hold is checked at every send, and once more over the whole store at the end.
"""

import hashlib
import json
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random

import chinese_calendar
from sqlalchemy import Connection, Engine, event, select

from dialogs.calendar.deadlines import dates_of
from dialogs.office import Office
from dialogs.outgoing import Parcel, claim, sent
from dialogs.reminding import dispatching, ticking
from dialogs.replies import Message
from dialogs.store import filings, people, reminders, sending
from dialogs.store.engine import _begin_sqlite, open_store, reading, writing
from dialogs.store.outbox import Outgoing
from dialogs.store.tables import filings as filing_rows
from dialogs.store.tables import memberships, notice_lines, notices, outbox, units
from dialogs.store.tables import people as people_rows
from dialogs.store.tables import reminders as reminder_rows
from tests.dialogs.reminding.town import Town, at, wall

FIRST, LAST = date(2023, 11, 1), date(2024, 10, 31)
WINTER = (date(2023, 12, 11), date(2024, 3, 15))  # with 31 December, 29 February, 调休, the outage and the jump of the clock
OUTAGE = (date(2024, 2, 22), date(2024, 2, 28))  # nobody runs for these seven days
DEADLINES = (
    "2023-12-31",
    "2024-01-02",
    "2024-02-04",
    "2024-02-29",
    "2024-03-01",
    "2024-04-07",
    "2024-04-30",
    "2024-05-12",
    "2024-09-14",
)
JUMP, MENDED = "2024-02-20 09:07", "2024-02-21 15:00"  # everybody's clock is put back by an hour, and noticed a day later
MOMENTS = ("08:20", "08:56", "09:00", "09:07", "10:30", "15:00", "20:29", "20:40", "23:50")
QUIET_MOMENTS = ("09:00", "21:30")
MOST_TURNS = 5_000
SKEWS = (0, 300, -300)


class Killed(BaseException):
    """The process is gone."""


class Wrong(BaseException):
    """What must hold does not; a defect that the program itself may not set aside as one more failed send."""


def must(holds: bool, what: str) -> None:
    if not holds:
        raise Wrong(what)


@dataclass
class Process:
    """One serving process. `work` is what it does when it is woken, until there is nothing more to do."""

    number: int
    office: Office
    work: Callable[["Process"], None]
    go: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    stopped: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))
    dies: bool = False
    over: bool = False
    failure: BaseException | None = None

    def starts(self) -> None:
        self.over = False
        threading.Thread(target=self._run, daemon=True).start()

    def _run(self) -> None:
        self.go.acquire()
        try:
            self.boundary(wait=False)
            self.work(self)
        except Killed:
            pass
        except BaseException as e:
            self.failure = e
        self.over = True
        self.stopped.release()

    def boundary(self, *, wait: bool = True) -> None:
        """Somebody else may go on here, and this process may die."""
        if threading.current_thread() is threading.main_thread():
            return
        if wait:
            self.stopped.release()
            self.go.acquire()
        if self.dies:
            raise Killed

    def goes_on(self) -> None:
        """Until its next boundary, or its end."""
        self.go.release()
        self.stopped.acquire()
        if self.failure:
            raise self.failure


@dataclass
class Sent:
    """One message that has reached somebody."""

    person: str
    notice: str
    at: int
    text: str


class Year:
    """`lives` runs the whole of it; what was wrong is an AssertionError, `hash` what everybody saw."""

    def __init__(self, engine: Engine, folder: Path, seed: int, count: int, days: tuple[date, date] = (FIRST, LAST)) -> None:
        self.chance = Random(seed)
        self.folder, self.count, self.days = folder, count, days
        self.deaths = 0.004  # at a boundary
        self.url = engine.url.render_as_string(hide_password=False)
        self.town = Town(engine, folder, at(days[0].isoformat()))
        self.jumped = 0
        self.killed: Counter[str] = Counter()
        self.sends: list[Sent] = []
        self.offices: list[Engine] = []
        self.processes = [self._process(n) for n in range(2)]
        self.lines: list[str] = []
        self.fillers: list[str] = []
        self.by_chat: dict[str, str] = {}
        self._settles()

    # Who lives there.

    def _settles(self) -> None:
        town, chance = self.town, self.chance
        units = [town.unit(f"u{n}", supervisor="u0" if n % 5 == 4 else None) for n in range(max(3, self.count // 3))]
        for n in range(max(3, self.count // 4)):
            own = chance.sample(units, k=chance.choice((1, 1, 2, 3)))
            self.fillers.append(self._person(f"1{n}", *((u, "filler") for u in own)))
        for n, unit in enumerate(units[::4]):
            self._person(f"2{n}", (unit, "reviewer"))
        self._person("30", ("c1", "administrator"))
        with writing(town.engine) as c:
            ids = [f"f{n}" for n in range(self.count)]
            by = people.console(c, 1, town.office.new_id)
            for n, id in enumerate(ids):
                from tests.dialogs.reminding.town import FORM

                filings.open_filing(c, id, units[n % len(units)], FORM, 2020, f"项目{n}" if n >= len(units) else "", by, 1)
        town.deadline("2024-02-29")
        for id in chance.sample(ids, k=len(ids) // 2):
            town.deadline(chance.choice(DEADLINES), filing=id)

    def _person(self, address: str, *roles: tuple[str, str]) -> str:
        id = self.town.person(address, *roles)
        self.by_chat[f"test:{address}"] = id
        return id

    # The processes.

    def _process(self, number: int) -> Process:
        engine = open_store(self.url)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))
        self.offices.append(engine)
        skew = SKEWS[number % len(SKEWS)]
        office = self.town.office_with(lambda: self.town.now + skew - self.jumped)
        process = Process(number, Office(**{**{n: getattr(office, n) for n in _FIELDS}, "engine": engine}), self._serves)
        if engine.dialect.name == "sqlite":
            event.remove(engine, "begin", _begin_sqlite)  # it is to come behind the boundary, not before it

        def begins(c: Connection) -> None:
            process.boundary()
            if c.dialect.name == "sqlite":
                _begin_sqlite(c)

        event.listen(engine, "begin", begins)
        return process

    def _serves(self, process: Process) -> None:
        """What the loops of a serving process do, one after the other."""
        while True:
            ticked = ticking.tick(process.office, 40)
            while parcel := claim(process.office):
                process.boundary()
                self._arrives(process, parcel)
                sent(process.office, parcel, len(self.sends))
            if not ticked.more and not ticked.queued:
                return

    def _arrives(self, process: Process, parcel: Parcel) -> None:
        assert isinstance(parcel.reply, Message)
        now = wall(self.town.now)
        assert 8 <= now.hour < 21, f"at night: {now}"
        assert chinese_calendar.is_workday(now.date()), f"on a holiday: {now}"
        person = self.by_chat[parcel.chat]
        again = [s for s in self.sends if s.notice == parcel.notice]
        assert not again or parcel.doubtful, f"{parcel.notice} sent twice although everybody knew"
        today = [s for s in self.sends if s.person == person and wall(s.at).date() == now.date() and s.notice != parcel.notice]
        assert not today, f"{parcel.notice} is a second digest on {now.date()} after {today}"
        self.sends.append(Sent(person, parcel.notice, self.town.now, parcel.reply.text))
        self._says(f"{now:%Y-%m-%d %H:%M} {parcel.chat} {parcel.reply.text}")

    # One year.

    def lives(self) -> "Year":
        original = dispatching.leave
        dispatching.leave = lambda office, row: self._leaves(original, office, row)  # type: ignore[assignment]
        try:
            day = self.days[0]
            while day <= self.days[1]:
                self._day(day)
                day += timedelta(days=1)
            self._drains()
        finally:
            dispatching.leave = original
            for engine in self.offices:
                engine.dispose()
        self._holds()
        return self

    def _day(self, day: date) -> None:
        busy = self._due(at(day.isoformat(), "23:59"))
        for clock in MOMENTS if busy else QUIET_MOMENTS:
            self.town.now = max(self.town.now + 1, at(day.isoformat(), clock))
            self.jumped = 3600 if JUMP <= f"{day} {clock}" < MENDED else 0
            self._happens(2 if busy else 1)
            idle = not self._due(self.town.now) and self.chance.random() < 0.9  # nothing to do: rarely worth a look
            if not idle and not OUTAGE[0] <= day <= OUTAGE[1]:
                self._works()

    def _due(self, moment: int) -> bool:
        """Whether anything is due by then, on any of the clocks."""
        until = moment + 3700
        with reading(self.town.engine) as c:
            due = select(reminder_rows.c.id).where(reminder_rows.c.state == "due", reminder_rows.c.due_at <= until)
            said = select(notices.c.id).where(notices.c.state.in_(["waiting", "queued"]), notices.c.due_at <= until)
            said = said.where(notices.c.person_id.in_(select(people_rows.c.id).where(people_rows.c.blocked_at.is_(None))))
            return c.execute(due.limit(1)).first() is not None or c.execute(said.limit(1)).first() is not None

    def _works(self) -> None:
        """The processes take turns until nobody has anything to do."""
        for process in self.processes:
            process.starts()
        running, turns = list(self.processes), 0
        while running:
            turns += 1
            assert turns < MOST_TURNS, "they never come to rest"
            process = self.chance.choice(running)
            process.dies = self.chance.random() < self.deaths
            process.goes_on()
            if process.over:
                running.remove(process)
            if process.dies:
                self.killed["deaths"] += 1
                fresh = self.processes[self.processes.index(process)] = self._process(process.number)
                fresh.starts()
                running.append(fresh)
            if self.chance.random() < 0.1:
                self._happens(1)

    def _drains(self) -> None:
        """Everybody healthy, leases run out, until nothing more leaves."""
        self.deaths = 0.0
        for _ in range(40):
            self.town.now += 24 * 3600
            self.town.now = at(wall(self.town.now).date().isoformat(), "10:30")
            self._works()
            self.town.now += 600
            self._works()

    # What people do.

    def _happens(self, times: int) -> None:
        for _ in range(times):
            if self.chance.random() < 0.3:
                self.chance.choice(
                    (self._submits, self._submits, self._returns, self._moves, self._comes_or_goes, self._blocks)
                )()

    def _any(self) -> str:
        return f"f{self.chance.randrange(self.count)}"

    def _submits(self) -> None:
        self.town.stands(self._any(), self.chance.choice(("submitted", "approved")))

    def _returns(self) -> None:
        self.town.stands(self._any(), self.chance.choice(("returned", "open")))

    def _moves(self) -> None:
        days = self.chance.choice((-10, 3, 14, 40))
        self.town.deadline((wall(self.town.now).date() + timedelta(days=days)).isoformat(), filing=self._any())

    def _comes_or_goes(self) -> None:
        person, unit = self.chance.choice(self.fillers), f"u{self.chance.randrange(max(3, self.count // 3))}"
        with writing(self.town.engine) as c:
            if self.chance.random() < 0.5:
                people.leave(c, person, unit, "filler")
            else:
                people.join(c, person, unit, "filler", self.town.now)

    def _blocks(self) -> None:
        chat = self.chance.choice([chat for chat in self.by_chat if chat.startswith("test:1")])
        with writing(self.town.engine) as c:
            if self.chance.random() < 0.4:
                sending.blocked(c, chat, self.town.now)
            else:
                sending.reached(c, chat)

    # What must hold.

    def _leaves(self, original: Callable[[Office, Outgoing], Message | None], office: Office, row: Outgoing) -> Message | None:
        """At the moment something leaves, or is found to be of no use any more, the world says whether that is right."""
        said, notice = original(office, row), row.body["notice"]
        with reading(self.town.engine) as c:
            stored = c.execute(select(notices).where(notices.c.id == notice)).one()
            own = [r for r in reminders.lines(c, notice) if self._apt(c, r, stored.person_id)]
            beside = select(notices.c.key).where(notices.c.person_id == stored.person_id, notices.c.state == "waiting")
            others = c.execute(beside.where(notices.c.due_at <= office.clock())).all()
        if said is not None:
            must(bool(own), f"nothing to say, and said: {said.text}")
            must(bool(not others), f"{others} should have come with it")
            count = len({r.filing_id for r in own if not r.kind.startswith("escalation")})
            wanted = "有一张表" if count == 1 else f"有 {count} 张表"
            must(not count or wanted in said.text, f"{count} filings, but: {said.text}")
        elif stored.state == "void":
            must(bool(not own), f"{stored.reason}: there was something to say: {own}")
        return said

    def _apt(self, c: object, reminder: reminders.Reminder, person: str) -> bool:
        """By the plainest reading of the tables: not finished, this deadline, this person's business."""
        filing = c.execute(  # type: ignore[attr-defined]
            select(filing_rows.c.state, filing_rows.c.unit_id, units.c.supervisor_id)
            .join_from(filing_rows, units, units.c.id == filing_rows.c.unit_id)
            .where(filing_rows.c.id == reminder.filing_id)
        ).one()
        if filing.state in ("submitted", "approved"):
            return False
        if dates_of(c, [reminder.filing_id])[reminder.filing_id].version != reminder.deadline:  # type: ignore[arg-type]
            return False
        if reminder.kind == "escalation_bureau":
            return person == self.by_chat["test:30"]
        role = "reviewer" if reminder.kind == "escalation_head" else "filler"
        where = [filing.unit_id, filing.supervisor_id] if role == "reviewer" else [filing.unit_id]
        found = c.execute(  # type: ignore[attr-defined]
            select(memberships).where(
                memberships.c.person_id == person, memberships.c.role == role, memberships.c.unit_id.in_([w for w in where if w])
            )
        ).first()
        return found is not None

    def _holds(self) -> None:
        with reading(self.town.engine) as c:
            rows = c.execute(select(reminder_rows)).all()
            said = {r.id: r for r in c.execute(select(notices))}
            lines = c.execute(select(notice_lines)).all()
            unknown = [r for r in c.execute(select(outbox)) if r.ambiguous]
            unsure = {json.loads(r.body)["notice"] for r in unknown}
            doubtful = sum(max(1, r.attempts - 1) for r in unknown)
            blocked = {r.id for r in c.execute(select(people_rows).where(people_rows.c.blocked_at.is_not(None)))}
        keys = Counter((r.filing_id, r.kind, r.deadline) for r in rows)
        assert max(keys.values()) == 1
        assert not [r for r in rows if r.state == "due" and r.due_at < self.town.now - 24 * 3600], (
            "a reminder was never collected"
        )
        in_notices = {line.reminder_id for line in lines}
        told = [r for r in rows if r.state == "collected" and r.id in in_notices]
        assert told, "nobody was ever reminded"
        left = [
            n
            for n in said.values()
            if n.state in ("waiting", "queued") and n.due_at < self.town.now and n.person_id not in blocked
        ]
        assert not left, f"{len(left)} digests never left"
        arrived = Counter(s.notice for s in self.sends)
        for notice in said.values():
            assert arrived[notice.id] or notice.state != "sent", notice
            assert not arrived[notice.id] or notice.state == "sent" or notice.id in unsure, notice
        doubled = sum(n - 1 for n in arrived.values())
        assert doubled <= min(doubtful, self.killed["deaths"]), (doubled, doubtful, self.killed)
        self._outage_was_merged()

    def _outage_was_merged(self) -> None:
        came = {(s.person, s.notice) for s in self.sends if OUTAGE[1] < wall(s.at).date() <= OUTAGE[1] + timedelta(days=1)}
        after = Counter(person for person, _ in came)
        assert after, "nothing came after the outage"
        assert max(after.values()) == 1, "a burst after the outage"

    # What everybody saw.

    def _says(self, line: str) -> None:
        self.lines.append(line)

    @property
    def hash(self) -> str:
        return hashlib.sha256("\n".join(self.lines).encode()).hexdigest()


_FIELDS = tuple(Office.__dataclass_fields__)
