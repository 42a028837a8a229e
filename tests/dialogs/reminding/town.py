"""A small county to remind: units, people, filings, deadlines, with a clock that is set by hand."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine, insert, select, update

from dialogs.office import Office
from dialogs.outgoing import claim, sent
from dialogs.reminding.collecting import collect
from dialogs.reminding.dispatching import dispatch
from dialogs.reminding.planning import replan
from dialogs.replies import Message
from dialogs.store import filings, people, standing
from dialogs.store.engine import reading, writing
from dialogs.store.tables import counties, deadlines, notices, outbox, reminders, units
from tests.dialogs.desk import understand
from tests.dialogs.tiny import tiny

ZONE = "Asia/Shanghai"
FORM = tiny()


def at(day: str, clock: str = "09:00") -> int:
    """The epoch second of a day and a time on the wall."""
    local = datetime.fromisoformat(f"{day}T{clock}").replace(tzinfo=ZoneInfo(ZONE))
    return int(local.timestamp())


def wall(moment: int) -> datetime:
    return datetime.fromtimestamp(moment, UTC).astimezone(ZoneInfo(ZONE))


@dataclass
class Town:
    """`now` is the clock of everybody here."""

    engine: Engine
    packs: Path
    now: int = 0
    ids: count = field(default_factory=lambda: count(1))
    said: list[tuple[int, str, Message]] = field(default_factory=list)  # moment, chat, message

    def __post_init__(self) -> None:
        self.office = self.office_with(lambda: self.now)
        with writing(self.engine) as c:
            c.execute(insert(counties).values(id="c1", name="小县", created_at=1))

    def office_with(self, clock: Callable[[], int]) -> Office:
        """An office of one more process here, with a clock of its own."""
        return Office(
            self.engine,
            clock,
            lambda: f"{next(self.ids):08d}",
            {"test": understand},
            ("small/tiny",),
            (self.packs,),
            open_door=True,
        )

    def unit(self, id: str, name: str = "", county: str | None = "c1", supervisor: str | None = None) -> str:
        with writing(self.engine) as c:
            row = {"id": id, "name": name or f"单位{id}", "created_at": 1, "county_id": county, "supervisor_id": supervisor}
            c.execute(insert(units).values(**row))
        return id

    def person(self, address: str, *roles: tuple[str, str], name: str = "") -> str:
        """Somebody with (unit, role) pairs; the unit "c1" means the county."""
        with writing(self.engine) as c:
            id = people.person(c, "test", address, 1, self.office.new_id)
            for where, role in roles:
                if where == "c1":
                    people.appoint(c, id, where, role, 1)
                else:
                    people.join(c, id, where, role, 1)
            if name:
                from dialogs.store.tables import people as rows

                c.execute(update(rows).where(rows.c.id == id).values(name=name))
        return id

    def filing(self, id: str, unit: str, project: str = "") -> str:
        with writing(self.engine) as c:
            by = people.console(c, 1, self.office.new_id)
            opened = filings.open_filing(c, id, unit, FORM, 2020, project, by, 1)
            replan(c, self.office, [opened.id])
        return id

    def deadline(self, day: str, *, filing: str | None = None, unit: str | None = None, among: list[str] | None = None) -> None:
        """A deadline for one filing, one unit or the whole county, planned at once."""
        with writing(self.engine) as c:
            by = people.console(c, 1, self.office.new_id)
            where = {"filing_id": filing, "unit_id": unit, "county_id": None if filing or unit else "c1"}
            row = {**where, "form_id": FORM.id, "year": 2020, "due": day, "reason": "", "person_id": by, "at": self.now}
            c.execute(insert(deadlines).values(**row))
            replan(c, self.office, among or ([filing] if filing else self.filings(c)))

    def filings(self, c: Connection) -> list[str]:
        from dialogs.store.tables import filings as rows

        return list(c.execute(select(rows.c.id).order_by(rows.c.id)).scalars())

    def stands(self, filing: str, state: str) -> None:
        """A filing brought into a state; coming back to its unit plans anew, as it does in the rooms."""
        with writing(self.engine) as c:
            standing.move(c, filing, ("open", "submitted", "returned", "approved"), state, self.now)  # type: ignore[arg-type]
            if state in ("open", "returned"):
                replan(c, self.office, [filing])

    def goes_to(self, moment: int) -> "Town":
        self.now = moment
        return self

    def ticks(self, office: Office | None = None) -> int:
        """One round of the clock; how many notices went to the outbox."""
        office = office or self.office
        while collect(office):
            pass
        return dispatch(office)

    def delivers(self, office: Office | None = None) -> list[Message]:
        """Everything that may leave now leaves."""
        found = []
        office = office or self.office
        while parcel := claim(office):
            assert isinstance(parcel.reply, Message)
            self.said.append((office.clock(), parcel.chat, parcel.reply))
            found.append(parcel.reply)
            sent(office, parcel, len(self.said))
        return found

    def works(self) -> list[Message]:
        self.ticks()
        return self.delivers()

    def rows(self, filing: str = "") -> list[tuple[str, int, str, str]]:
        """(kind, deadline, when, state) of every reminder, or of one filing's."""
        with reading(self.engine) as c:
            found = c.execute(select(reminders).order_by(reminders.c.due_at, reminders.c.id)).all()
        return [
            (r.kind, r.deadline, wall(r.due_at).strftime("%Y-%m-%d %H:%M"), r.state) for r in found if filing in ("", r.filing_id)
        ]

    def notices(self) -> list[tuple[str, str, str]]:
        """(key, state, reason), in the order of their keys."""
        with reading(self.engine) as c:
            found = c.execute(select(notices).order_by(notices.c.key, notices.c.person_id)).all()
        return [(n.key, n.state, n.reason) for n in found]

    def outbox(self) -> list[tuple[str, str]]:
        with reading(self.engine) as c:
            return [(r.state, r.error) for r in c.execute(select(outbox).order_by(outbox.c.id))]


def day(text: str) -> date:
    return date.fromisoformat(text)
