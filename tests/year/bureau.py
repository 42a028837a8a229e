"""What the finance bureau of the simulated county does on its days, by the functions behind its command line.

Not here: what everybody else does (persons.py).
"""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path

import xlsxwriter
from sqlalchemy import select

from bot.commands.admin.steps import Volumes, through
from dialogs.access.codes import shown
from dialogs.access.inviting import Wanted, invite, mint
from dialogs.access.permissions import Role
from dialogs.access.rights import Place
from dialogs.bureau import announcing, archiving, importing, reports
from dialogs.bureau.collecting import collect
from dialogs.calendar import moving, opening_year
from dialogs.calendar.opening_year import Plan as Opened
from dialogs.calendar.wishes import Wish
from dialogs.orders import Doing
from dialogs.store import counties, invitations, office_settings, people
from dialogs.store.engine import reading, writing
from dialogs.store.tables import filings as filing_rows
from templates.county.results import County
from templates.county.summary_book import summary_book
from tests.year.machine import Machine
from tests.year.persons import Deed, Persons
from tests.year.plan import COUNTY, Human, Plan
from tests.year.small import PROJECT_FORM, UNIT_FORM

SAID = {"filler": "填报人", "reviewer": "审核人", "observer": "观察"}
YEAR = 2025
DATES = (("opens", "2026-01-12"), ("due", "2026-03-31"))
MONTH = 24 * 30  # hours an invitation lives


class Bureau:
    """`on(day)` gives the deeds of that day, each with its time."""

    def __init__(self, machine: Machine, plan: Plan, persons: Persons) -> None:
        self.machine, self.plan, self.persons = machine, plan, persons
        self.office = machine.plain_office(machine.store)
        self.county = ""
        self.results: County | None = None
        self.book = b""
        self.archives: list[tuple[archiving.Archived, list[Path]]] = []
        self._days: dict[date, Sequence[tuple[str, Callable[[], None] | Deed]]] = {
            date(2026, 1, 5): (("08:30", self.begins),),
            date(2026, 1, 12): (("08:40", self.opens_the_year),),
            date(2026, 2, 9): (("09:00", self.imports),),
            date(2026, 3, 10): (("10:15", self.extends),),
            date(2026, 3, 25): (("15:40", self.moves_all),),
            date(2026, 5, 6): (("09:30", self.announces),),
            date(2026, 5, 18): (("16:00", self.sums_up),),
            date(2026, 6, 10): (("09:30", self.announces),),
            date(2026, 9, 23): (("09:30", self.announces),),
            date(2026, 12, 28): (("16:00", self.sums_up),),
        }

    def on(self, day: date) -> Sequence[tuple[str, Callable[[], None] | Deed]]:
        return self._days.get(day, ())

    @contextmanager
    def doing(self) -> Iterator[Doing]:
        with writing(self.machine.store) as c:
            now = self.machine.now
            yield Doing(c, self.office, people.console(c, now, self.office.new_id), now)

    # January: who takes part, and what is to be filled.

    def begins(self) -> None:
        """The county and its administrators; everybody else by the list that the bureau keeps anyway."""
        with self.doing() as doing:
            self.county = self.office.new_id()
            counties.add_county(doing.c, self.county, COUNTY, doing.at)
            office_settings.put(doing.c, office_settings.BOT_NAME, "qingxi_bot")
            at_the_bureau = [human for human in self.plan.people if human.unit is None]
            made = invite(doing, [Wanted(Place(self.county), Role(h.role), h.name) for h in at_the_bureau], MONTH)
        for human, (_, code) in zip(at_the_bureau, made, strict=True):
            self._hands_over(human, code)
        self.imports()

    def imports(self) -> None:
        """The list of units and people, as a spreadsheet; whoever has a place or an open invitation is passed over."""
        with self.doing() as doing:
            done = importing.carry(doing, self.county, self._list(), only_good=False)
            ids = {unit.name: unit.id for unit in counties.units_in(doing.c, self.county)}
            for unit in self.plan.units:
                unit.id = ids[unit.name]
            codes = {}
            for made in invitations.listed(doing.c, county=self.county, open_at=doing.at):
                minted = mint(doing.c, self.office, made.id, doing.at) if made.unit_id and made.created_at == done.batch else None
                if minted:
                    codes[made.unit_id, made.role, made.name] = minted[1]
        self.machine.note(f"财政局> 导入名单：新单位 {done.units} 个，发出 {len(codes)} 个邀请")
        for human in self.plan.people:
            code = codes.get((human.unit.id, human.role, human.name)) if human.unit else None
            if code:
                self._hands_over(human, code)
        self.machine.works()

    def _hands_over(self, human: Human, code: str) -> None:
        human.address = human.address or f"{1000 + self.plan.people.index(human)}"
        human.code = f"/start i{code}" if self.machine.chance.random() < 0.7 else shown(code)

    def _list(self) -> bytes:
        book = io.BytesIO()
        with xlsxwriter.Workbook(book, {"in_memory": True}) as workbook:
            sheet = workbook.add_worksheet()
            sheet.write_row(0, 0, ["序号", "单位名称", "单位代码", "分组", "主管部门", "姓名", "角色"])
            members = [human for human in self.plan.people if human.unit is not None]
            for n, human in enumerate(members, 1):
                unit, role = human.unit, SAID[human.role]
                sheet.write_row(n, 0, [n, unit.name, unit.code, unit.grouping, unit.above, human.name, role])
        return book.getvalue()

    def opens_the_year(self) -> None:
        """The short forms for everybody, projects by name, the public packs for their hosts."""
        tasks = self.plan.tasks
        projects = tuple((task.unit.id, task.project) for task in tasks if task.form == PROJECT_FORM)
        wishes = [Opened(self.county, (UNIT_FORM,), YEAR), Opened(self.county, (PROJECT_FORM,), YEAR, projects=projects)]
        for task in tasks:
            if task.case:
                own = ((task.unit.id, task.project),) if task.project else ()
                wishes.append(Opened(self.county, (task.form,), YEAR, units=(task.unit.id,), projects=own))
        with self.doing() as doing:
            opened = sum(len(opening_year.carry(doing, wish).opened) for wish in wishes)
            real = tuple(dict.fromkeys(task.form for task in tasks if task.case))
            self._moves(doing, Wish(self.county, forms=real, year=YEAR, dates=DATES, reason="和县里的表一起交"))
        self.machine.note(f"财政局> 开了 {opened} 份填报")
        self._finds_filings()
        self.machine.works()

    def _finds_filings(self) -> None:
        """Which filing is which task's."""
        rows = filing_rows.c
        with reading(self.machine.store) as c:
            found = {tuple(key): id for id, *key in c.execute(select(rows.id, rows.unit_id, rows.form_id, rows.project))}
        for task in self.plan.tasks:
            task.id = found[task.unit.id, task.form, task.project]

    # March: deadlines move.

    def _moves(self, doing: Doing, wish: Wish) -> None:
        moved = moving.carry(doing, wish)
        self.machine.note(
            f"财政局> 改日期：{'；'.join(moving.told_moved(self.office, moved))}，{moved.filings} 份，告诉 {moved.told} 人"
        )

    def extends(self) -> None:
        """A few units and one filing get more time; some of them have handed in already."""
        chance = self.machine.chance
        with self.doing() as doing:
            for unit in chance.sample(self.plan.units, 3):
                wish = Wish(self.county, unit=unit.id, forms=(UNIT_FORM,), year=YEAR, dates=(("due", "2026-04-15"),))
                self._moves(doing, replace(wish, reason="决算还没有批复"))
            late = [task for task in self.plan.tasks if self.persons.state(task) in ("open", "returned")]
            for task in chance.sample(late, min(1, len(late))):
                self._moves(doing, Wish(self.county, filing=task.id, dates=(("due", "2026-04-17"),), reason="项目刚刚验收"))
        self.machine.works()

    def moves_all(self) -> None:
        """The whole county's deadline moves by a week: what was planned for the old one is void."""
        with self.doing() as doing:
            dates = (("due", "2026-04-08"),)
            self._moves(doing, Wish(self.county, forms=(UNIT_FORM,), year=YEAR, dates=dates, reason="清明前报表集中"))
        self.machine.works()

    # From May on: who is missing, and what came of it.

    def announces(self) -> None:
        """A word to the fillers of whatever is not handed in."""
        with self.doing() as doing:
            asked = (self.county, YEAR, doing.at, self.office.zone, "open", ["filler"], None)
            people = announcing.recipients(doing.c, *asked)
            told = announcing.announce(doing, self.county, self.office.new_id(), "还没有交的单位请抓紧。", people)
        self.machine.note(f"财政局> 通知没有交的 {told} 人")
        self.machine.works()

    def sums_up(self) -> None:
        """The summary of scores and grades, all documents, the anomaly list, the edition for the public."""
        with reading(self.machine.store) as c:
            self.results = through(collect(c, self.county, YEAR, "2026年"))
        self.book = summary_book(self.results)
        anomalies = through(reports.anomaly_list(self.office, self.county, YEAR, COUNTY))
        self.archives = []
        for name, pack in (("all", archiving.all_documents), ("public", archiving.public_edition)):
            volumes = Volumes(self.machine.folder / f"{name}.zip")
            done = through(pack(self.office, self.county, YEAR, volumes.target))
            self.archives.append((done, [Path(path) for path in volumes.close()]))
        (everything, _), (public, _) = self.archives
        self.machine.note(
            f"财政局> 汇总 {len(self.results.results)} 份，文件 {everything.documents} 份，公开版 {public.documents} 份"
        )
        self.machine.note(f"财政局> {anomalies.text}")
