"""The small county every seed begins with: its store is made once and copied, its forms are loaded once.

Three units, their people, four filings near their ends, deadlines, an invitation and a survey to be answered. What people
of a unit write bears its mark (marks.py), so that a figure on a foreign phone shows at once.
"""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from random import Random

from sqlalchemy import insert, update

from dialogs.access.inviting import Wanted, invite
from dialogs.access.permissions import Role
from dialogs.access.rights import Place
from dialogs.office import Office
from dialogs.orders import Doing
from dialogs.reminding.planning import replan
from dialogs.review.submitting import submit
from dialogs.store import counties, filings, members, office_settings, people
from dialogs.store.engine import make_engine, upgrade, writing
from dialogs.store.tables import deadlines, units
from dialogs.surveying.carrying import create
from dialogs.surveying.questionnaires import questions_for, to_json
from scoring.answers import Answer, given
from scoring.loading import load
from tests.dialogs.desk import tiny_packs
from tests.dialogs.review.folk import whole
from tests.simulation.marks import LETTER, NUMBER, A, B, C
from tests.year.small import PROJECT_FORM, UNIT_FORM, write_pack

CHANNEL = "telegram"
TINY = "small/tiny"
FORMS = (UNIT_FORM, PROJECT_FORM, TINY)
START = 1_772_413_200  # 2 March 2026, 09:00 in Shanghai
DUE = "2026-03-13"
TABLE = """{{ 题名("小评分表") }}
{% call 表([60, 60, 30], small=True) %}
{{ 表头("指标", "评分说明", "得分") }}
{% for x in 得分表() %}
{{ 行(x.名称, 靠左(x.理由), x.得分) }}
{% endfor %}
{{ 行(跨("总分", 2, "center"), 总分()) }}
{% endcall %}
{% call 段() %}编制{{ 值("quota") }}，存在的问题：{{ 整句("problems") }}{% endcall %}
"""

FILLERS = {11: (A,), 12: (A,), 13: (B,), 14: (A, B)}
REVIEWERS = {21: A, 22: C, 23: B}
ADMINISTRATORS, OVERSEERS, STRANGERS = (31, 32), (33,), (41, 42, 43)
EVERYBODY = (*FILLERS, *REVIEWERS, *ADMINISTRATORS, *OVERSEERS, *STRANGERS)


@dataclass(frozen=True)
class Town:
    """Where the store to copy lies, where the forms lie, and the links that strangers have been given."""

    store: Path
    packs: tuple[Path, ...]
    links: Mapping[str, str]
    survey: str  # the code

    def copy(self, to: Path) -> Path:
        """A store of one's own."""
        shutil.copyfile(self.store, to)
        return to


def build(folder: Path) -> Town:
    """The town in this folder."""
    store = folder / "town.db"
    upgrade(f"sqlite:///{store}")
    packs = (write_pack(folder / "packs"), _tiny(folder / "more"))
    engine = make_engine(f"sqlite:///{store}")
    ids = Random("town")
    new_id = lambda: "".join(ids.choices("0123456789abcdefghijklmnopqrstuvwxyz", k=8))  # noqa: E731
    office = Office(engine, lambda: START - 40 * 86_400, new_id, {CHANNEL: lambda *_: None}, FORMS, packs, random=ids.randbytes)
    with writing(engine) as c:
        links, survey = _furnish(Doing(c, office, people.console(c, office.clock(), new_id), office.clock()))
    engine.dispose()  # the last connection brings the log into the file
    return Town(store, packs, links, survey)


def _tiny(folder: Path) -> Path:
    """The tiny form of the conversation's tests, with a document."""
    tiny_packs(folder)
    own = folder / "small" / "tiny"
    (own / "documents.yaml").write_text(
        "documents:\n  - {id: table, title: 小评分表, template: table.docx.j2}\n", encoding="utf-8"
    )
    (own / "table.docx.j2").write_text(TABLE, encoding="utf-8")
    return folder


def _furnish(doing: Doing) -> tuple[dict[str, str], str]:
    c, at = doing.c, doing.at
    office_settings.put(c, office_settings.BOT_NAME, "town_bot")
    counties.add_county(c, "county00", "清溪县", at)
    for unit, above in ((C, None), (A, None), (B, C)):
        people.add_unit(c, unit, f"{LETTER[unit]}局", at)
        values = {"county_id": "county00", "code": f"00{NUMBER[unit]}", "supervisor_id": above}
        c.execute(update(units).where(units.c.id == unit).values(**values))
    known = {}
    for address in EVERYBODY:
        known[address] = people.person(c, CHANNEL, str(address), at, doing.office.new_id)
        if address not in STRANGERS:
            members.call(c, known[address], f"人员{address}")
    roles = [(p, unit, "filler") for p, where in FILLERS.items() for unit in where]
    for address, unit, role in [*roles, *((p, unit, "reviewer") for p, unit in REVIEWERS.items())]:
        people.join(c, known[address], unit, role, at)
    for address in (*ADMINISTRATORS, *OVERSEERS):
        role = "administrator" if address in ADMINISTRATORS else "overseer"
        people.appoint(c, known[address], "county00", role, at)
    opened = [
        _filing(doing, A, UNIT_FORM, "", _short(A, all_of_it=False)),
        _filing(doing, A, TINY, "", whole()),
        _filing(doing, B, UNIT_FORM, "", _short(B, all_of_it=True)),
        _filing(doing, B, PROJECT_FORM, "修路", {"budget": given(Decimal(7200)), "final": given(Decimal(7200))}),
    ]
    for form in FORMS:
        row = {"county_id": "county00", "form_id": form, "due": DUE, "person_id": doing.person, "at": at}
        c.execute(insert(deadlines), row | {"year": load(form, doing.office.packs).year})
    replan(c, doing.office, opened)
    submit(replace(doing, person=known[11]), opened[1])  # there is something to decide from the beginning
    asked = to_json(questions_for(load(UNIT_FORM, doing.office.packs).items["satisfied"], "乙局"))
    place = people.place_of_unit(c, B)
    assert place is not None
    where = replace(place, filing=opened[2])
    create(doing, where, "satisfied", asked, 3, "2026-12-31")
    survey = str(c.exec_driver_sql("SELECT code FROM surveys").scalar_one())
    wanted = [Wanted(Place("county00", A), Role.FILLER, ""), Wanted(Place("county00", B), Role.FILLER, "新来的")]
    codes = [code for _, code in invite(doing, wanted, 24 * 60)]
    return {A: f"/start i{codes[0]}", B: f"/start i{codes[1]}"}, survey


def _filing(doing: Doing, unit: str, form_id: str, project: str, answers: Mapping[str, Answer]) -> str:
    form = load(form_id, doing.office.packs)
    id = doing.office.new_id()
    filings.open_filing(doing.c, id, unit, form, form.year, project, doing.person, doing.at)
    changes = [filings.Change(item, None, answer) for item, answer in answers.items()]
    filings.apply(doing.c, id, changes, doing.person, doing.at, None, 0)
    return id


def _short(unit: str, *, all_of_it: bool) -> dict[str, Answer]:
    first = int(f"7{NUMBER[unit]}00")
    people = {"quota": given(Decimal(first + 10)), "staff": given(Decimal(first + 9))}
    answers = {**people, "budget": given(Decimal(first + 8)), "final": given(Decimal(first + 7))}
    rest = {"satisfied": given(Decimal(96)), "problems": given(f"{LETTER[unit]}文预算编制还不够细。")}
    return {**answers, **rest} if all_of_it else answers
