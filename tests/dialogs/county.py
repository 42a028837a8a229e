"""A county for tests: administrator, units, supervisors, members, filings, deadlines, a clock that can be moved.

    county = County(sqlite_engine, tiny_packs(tmp_path))
    unit = county.unit("民政局", code="001", grouping="部门")
    filler, reviewer = county.filler(unit, "李会计"), county.reviewer(unit, "王局长")
    filing = county.filing(unit)                # open, of the tiny form
    filler.says("/start").taps("…").sees("…")
    county.moves("2021-03-01 09:00")            # the clock, in the county's own time

Everybody's messages reach everybody: what somebody's deed makes the bot say to another person stands in that
person's `replies` (latest deed) and `chat` (all). Rows are written as the store's functions write them, so that no
test needs another feature to begin. Not here: the forms (tiny.py), one person's talk (desk.py).
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, insert, select, update

from dialogs.access.permissions import State
from dialogs.handling import handle_next
from dialogs.office import Office
from dialogs.orders import Doing
from dialogs.outgoing import claim, sent
from dialogs.reminding.ticking import tick
from dialogs.replies import Reply
from dialogs.store import filings, people
from dialogs.store.engine import reading, writing
from dialogs.store.tables import counties, deadlines, officers, units
from dialogs.store.tables import filings as filing_rows
from dialogs.store.tables import people as people_rows
from scoring.answers import Answer, Answers
from scoring.form import Form
from scoring.loading import load
from tests.dialogs.desk import FORM, Filler, understand

MORNING = "2021-03-01 10:00"  # a Monday
ZONE = ZoneInfo("Asia/Shanghai")


def moment(text: str) -> int:
    """`2021-03-01 09:00` (or a day, at its first second) in the county's own time, as UTC epoch seconds."""
    return int(datetime.fromisoformat(text).replace(tzinfo=ZONE).timestamp())


@dataclass
class Clock:
    """The hand of the county's clock; `Office.clock` asks it."""

    now: int = field(default_factory=lambda: moment(MORNING))

    def __call__(self) -> int:
        return self.now

    @property
    def words(self) -> str:
        """As the county reads it."""
        return datetime.fromtimestamp(self.now, UTC).astimezone(ZONE).strftime("%Y-%m-%d %H:%M")


@dataclass
class Somebody(Filler):
    """One person of the county, in one chat. `chat` holds everything ever received."""

    county: "County | None" = None
    id: str = ""
    name: str = ""
    received: list[Reply] = field(default_factory=list)

    def works(self) -> "Somebody":
        """Everybody's events are handled, everybody's replies delivered; these are the replies since this deed began."""
        assert self.county is not None
        self.county.works()
        return self


class County:
    """One county over one store; several may stand in the same store under different ids."""

    def __init__(self, engine: Engine, packs: Path, forms: tuple[str, ...] = (FORM,), id: str = "c1", name: str = "小县") -> None:
        numbers, letters = count(1), count(1)
        self.clock = Clock()
        self.id, self.name = id, name
        self.everybody: dict[str, Somebody] = {}
        self._update = count(1)
        self._address = lambda: f"{next(numbers)}"
        self.office = Office(
            engine, self.clock, lambda: f"{next(letters):08d}", {"test": understand}, forms, (packs,), open_door=False
        )
        with writing(engine) as c:
            c.execute(insert(counties), {"id": id, "name": name, "created_at": self.clock()})
            self.console = people.console(c, self.clock(), self.office.new_id)

    # Time.

    def moves(self, to: str) -> "County":
        """The clock to a moment of the county's own time; backwards, too."""
        self.clock.now = moment(to)
        return self

    # Who takes part.

    def unit(self, name: str, code: str = "", grouping: str = "", supervisor: str = "") -> str:
        """A unit of the county; its id."""
        id = self.office.new_id()
        with writing(self.office.engine) as c:
            people.add_unit(c, id, name, self.clock())
            values = {"county_id": self.id, "code": code, "grouping": grouping, "supervisor_id": supervisor or None}
            c.execute(update(units).where(units.c.id == id).values(**values))
        return id

    def stranger(self, name: str = "") -> Somebody:
        """Somebody in front of the bot who belongs nowhere yet."""
        address = self._address()
        with writing(self.office.engine) as c:
            id = people.person(c, "test", address, self.clock(), self.office.new_id)
            c.execute(update(people_rows).where(people_rows.c.id == id).values(name=name))
        somebody = Somebody(self.office, address, self._update.__next__, county=self, id=id, name=name)
        self.everybody[somebody.chat] = somebody
        return somebody

    def member(self, unit: str, name: str = "", *roles: str) -> Somebody:
        """Somebody who belongs to a unit in these roles."""
        somebody = self.stranger(name)
        for role in roles:
            self.joins(somebody, unit, role)
        return somebody

    def filler(self, unit: str, name: str = "李会计") -> Somebody:
        return self.member(unit, name, "filler")

    def reviewer(self, unit: str, name: str = "王局长") -> Somebody:
        return self.member(unit, name, "reviewer")

    def observer(self, unit: str, name: str = "赵督察") -> Somebody:
        return self.member(unit, name, "observer")

    def administrator(self, name: str = "陈科长") -> Somebody:
        return self._officer(name, "administrator")

    def overseer(self, name: str = "周主任") -> Somebody:
        return self._officer(name, "overseer")

    def _officer(self, name: str, role: str) -> Somebody:
        somebody = self.stranger(name)
        with writing(self.office.engine) as c:
            people.appoint(c, somebody.id, self.id, role, self.clock())
        return somebody

    def joins(self, somebody: Somebody, unit: str, role: str) -> None:
        with writing(self.office.engine) as c:
            people.join(c, somebody.id, unit, role, self.clock())

    def leaves(self, somebody: Somebody, unit: str) -> None:
        with writing(self.office.engine) as c:
            people.leave(c, somebody.id, unit)

    def dismisses(self, somebody: Somebody) -> None:
        with writing(self.office.engine) as c:
            c.execute(officers.delete().where(officers.c.person_id == somebody.id, officers.c.county_id == self.id))

    # Filings and deadlines.

    def form(self, form_id: str = FORM) -> Form:
        return load(form_id, self.office.packs)

    def filing(
        self, unit: str, form_id: str = FORM, project: str = "", answers: Answers | None = None, state: State = State.OPEN
    ) -> str:
        """A filing of the form's year, with these answers; its id. `state` is only a word here: nothing was submitted."""
        form = self.form(form_id)
        with writing(self.office.engine) as c:
            id = self.office.new_id()
            filings.open_filing(c, id, unit, form, form.year, project, self.console, self.clock())
            changes = [filings.Change(item, None, answer) for item, answer in (answers or {}).items()]
            filings.apply(c, id, changes, self.console, self.clock(), None, 0)
            if state is not State.OPEN:
                moved = {"state": str(state), "round": 1, "state_at": self.clock()}
                c.execute(update(filing_rows).where(filing_rows.c.id == id).values(**moved))
        return id

    def due(self, day: date | str, *, unit: str = "", filing: str = "", form_id: str = FORM, **dates: str) -> int:
        """A deadline of the county, of one of its units or of one filing; the number of its row."""
        row = {"form_id": form_id, "year": self.form(form_id).year, "due": str(day), "person_id": self.console, **dates}
        row |= {"county_id": None if unit or filing else self.id, "unit_id": unit or None, "filing_id": filing or None}
        with writing(self.office.engine) as c:
            return int(c.execute(insert(deadlines).returning(deadlines.c.id), row | {"at": self.clock()}).scalar_one())

    def answers(self, filing: str, form_id: str = FORM) -> dict[str, Answer]:
        with reading(self.office.engine) as c:
            return filings.answers(c, filing, self.form(form_id))

    def state(self, filing: str) -> str:
        with reading(self.office.engine) as c:
            return str(c.execute(select(filing_rows.c.state).where(filing_rows.c.id == filing)).scalar_one())

    def doing(self, c, somebody: Somebody | None = None) -> Doing:
        """What a carry function wants; without somebody it is the command line that acts."""
        return Doing(c, self.office, somebody.id if somebody else self.console, self.clock())

    # The machine.

    def works(self) -> "County":
        """Handle everything that is due and deliver everything that may leave."""
        while handle_next(self.office):
            pass
        for somebody in self.everybody.values():
            somebody.replies = []
        while self._delivers() or tick(self.office).queued:
            pass
        return self

    def _delivers(self) -> bool:
        parcel = claim(self.office)
        if parcel is None:
            return False
        somebody = self.everybody[parcel.chat]
        somebody.replies.append(parcel.reply)
        somebody.received.append(parcel.reply)
        sent(self.office, parcel, parcel.id)
        return True
