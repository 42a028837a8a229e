"""What the finance bureau of the simulated county does on its days, by the functions behind its command line.

Not here: what everybody else does (persons.py).
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from sqlalchemy import select

from dialogs.access.inviting import Wanted, invite
from dialogs.access.permissions import Role
from dialogs.access.rights import Place
from dialogs.orders import Doing
from dialogs.store import counties, office_settings, people
from dialogs.store.engine import writing
from dialogs.store.tables import filings as filing_rows
from tests.year.machine import Machine
from tests.year.persons import Deed, Persons
from tests.year.plan import COUNTY, Human, Plan

YEAR = 2025
MONTH = 24 * 30  # hours an invitation lives


class Bureau:
    """`on(day)` gives the deeds of that day, each with its time."""

    def __init__(self, machine: Machine, plan: Plan, persons: Persons) -> None:
        self.machine, self.plan, self.persons = machine, plan, persons
        self.office = machine.plain_office(machine.store)
        self.county = ""
        self._days: dict[date, Sequence[tuple[str, Callable[[], None] | Deed]]] = {
            date(2026, 1, 5): (("08:30", self.begins),),
            date(2026, 1, 12): (("08:40", self.opens_the_year),),
            date(2026, 2, 9): (("09:00", self.invites_again),),
        }

    def on(self, day: date) -> Sequence[tuple[str, Callable[[], None] | Deed]]:
        return self._days.get(day, ())

    @contextmanager
    def doing(self) -> Iterator[Doing]:
        with writing(self.machine.store) as c:
            now = self.machine.now
            yield Doing(c, self.office, people.console(c, now, self.office.new_id), now)

    # January: who takes part.

    def begins(self) -> None:
        """The county, its units and their supervisors, and an invitation for everybody."""
        with self.doing() as doing:
            self.county = self.office.new_id()
            counties.add_county(doing.c, self.county, COUNTY, doing.at)
            office_settings.put(doing.c, office_settings.BOT_NAME, "qingxi_bot")
            for unit in self.plan.units:
                unit.id = self.office.new_id()
            rows = [(unit.id, unit.name, unit.code, unit.grouping) for unit in self.plan.units]
            counties.add_units(doing.c, self.county, rows, doing.at)
            ids = {unit.name: unit.id for unit in self.plan.units}
            for unit in self.plan.units:
                if unit.above:
                    counties.change_unit(doing.c, unit.id, supervisor_id=ids[unit.above])
        self._invites(self.plan.people)

    def invites_again(self) -> None:
        """Those who have not come in a month get another invitation."""
        self._invites([human for human in self.plan.people if not human.joined])

    def _invites(self, crowd: Sequence[Human]) -> None:
        with self.doing() as doing:
            wanted = [Wanted(self._place(human), Role(human.role), human.name) for human in crowd]
            made = invite(doing, wanted, MONTH)
        for human, (_, code) in zip(crowd, made, strict=True):
            human.address = human.address or f"{1000 + self.plan.people.index(human)}"
            human.code = f"/start i{code}" if self.machine.chance.random() < 0.7 else code
        self.machine.note(f"财政局> 发出 {len(made)} 个邀请")
        self.machine.works()

    def _place(self, human: Human) -> Place:
        return Place(self.county, human.unit.id) if human.unit else Place(self.county)

    # The year.

    def opens_the_year(self) -> None:
        raise NotImplementedError

    def _finds_filings(self) -> None:
        """Which filing is which task's."""
        rows = filing_rows.c
        with writing(self.machine.store) as c:
            found = {tuple(key): id for id, *key in c.execute(select(rows.id, rows.unit_id, rows.form_id, rows.project))}
        for task in self.plan.tasks:
            task.id = found.get((task.unit.id, task.form, task.project), "")
