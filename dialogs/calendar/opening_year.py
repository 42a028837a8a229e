"""A year opened for a county: a filing for each unit and form, and for each project that is listed. Doing it twice adds
nothing; what is already there stays as it is. First it is only planned, so that one sees what would be done.

Not here: the pages of the chat (year_page.py), lists of projects in files (bot/commands/admin/open_year.py).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from dialogs.access.rights import Place
from dialogs.calendar.deadlines import Dates, by_level, dates_of, decided
from dialogs.calendar.near import left_in_full
from dialogs.calendar.told import unknown_years, warn_of_unknown_years
from dialogs.calendar.typed_days import told_day
from dialogs.office import Office
from dialogs.opening import project_name
from dialogs.orders import Doing
from dialogs.reminding.planning import replan
from dialogs.replies import Message, Reply
from dialogs.route import progress
from dialogs.store import counties, deadlines, filings, journal, openings
from dialogs.store.counties import CountyUnit
from dialogs.store.notices import Notice
from scoring.calendar import Days
from scoring.errors import BadPack, ZipingError
from scoring.form import Form
from scoring.loading import forms_named, load
from templates.messages import message

FIRST, LAST = 2000, 2100
MORNING = time(9)
MOST_BUTTONS = 6


class NotOpened(ZipingError):
    """Why a year cannot be opened like this."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be opened: `forms` by name, a pack for all of its forms; `units` and `groups` narrow the county down.

    `projects`: unit (id) and project; forms that are filled per project are opened for these only.
    """

    county: str
    forms: tuple[str, ...]
    year: int
    units: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    projects: tuple[tuple[str, str], ...] = ()


class Sheet(NamedTuple):
    """A form to be opened."""

    id: str
    title: str
    per: str
    days: Days = Days()


@dataclass(frozen=True, slots=True)
class Wanted:
    """One filing that is not there yet."""

    unit: CountyUnit
    form: Sheet
    project: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What would be opened, or was."""

    year: int
    forms: tuple[Sheet, ...]
    units: tuple[CountyUnit, ...]
    new: tuple[Wanted, ...]
    there: int
    lonely: tuple[CountyUnit, ...]  # units that nobody fills for
    hints: tuple[str, ...] = ()
    told: int = 0
    opened: tuple[str, ...] = field(default=())  # the ids of the new filings


def open_year(doing: Doing, plan: Plan) -> Sequence[Reply]:
    """As the chat does it."""
    try:
        report = carry(doing, plan)
    except NotOpened as e:
        return (Message(str(e)),)
    return (Message(message("calendar/opened_year", report=report, names=[u.name for u in report.lonely[:8]])),)


def planned(c: Connection, forms: tuple[Sheet, ...], plan: Plan, today: date) -> Report:
    """What would be opened, nothing written. Raises NotOpened."""
    if not FIRST <= plan.year <= LAST:
        raise NotOpened(f"评价年度应在 {FIRST}–{LAST} 之间，写的是 {plan.year}。")
    if counties.county(c, plan.county) is None:
        raise NotOpened("没有这个区县。")
    units = _units(c, plan)
    chosen = {u.id for u in units}
    projects = _projects(plan, chosen)
    there = openings.there(c, plan.county, plan.year)
    wanted = [
        Wanted(unit, form, project)
        for unit in units
        for form in forms
        for project in ([""] if form.per == "unit" else projects.get(unit.id, []))
    ]
    new = tuple(w for w in wanted if (w.unit.id, w.form.id, w.project) not in there)
    filling = openings.fillers(c, plan.county)
    lonely = tuple(u for u in units if u.id not in filling)
    hints = _hints(c, plan, [f for f in forms if any(w.form.id == f.id for w in new)], today)
    outside = sum(unit not in chosen for unit, _ in plan.projects)
    if outside:
        hints.insert(0, f"清单里有 {outside} 个项目的单位不在这次选的单位里，没有算进去。")
    free = [f.title for f in forms if f.per == "project" and not projects]
    if free:
        hints.insert(0, f"{'、'.join(free)}一个项目一份，填报人在聊天里点“新的填报”自己开。")
    return Report(plan.year, forms, units, new, len(wanted) - len(new), lonely, tuple(hints))


def forms_of(office: Office, plan: Plan) -> tuple[Form, ...]:
    """The forms of a plan, for its year. Raises NotOpened, and UnknownForm for a name that is none."""
    if not plan.forms:
        raise NotOpened("请写明开哪套表。")
    try:
        year = plan.year or None
        return tuple(load(id, office.packs, year) for id in forms_named(plan.forms, office.packs))
    except BadPack as e:
        raise NotOpened(f"这套表有错，不能开：{e.problems[0]}") from e


def _units(c: Connection, plan: Plan) -> tuple[CountyUnit, ...]:
    """The units chosen by id, code or name, and by group; all of them when nothing is chosen."""
    known = counties.units_in(c, plan.county)
    if not known:
        raise NotOpened("这个区县还没有单位，请先导入单位。")
    if not plan.units and not plan.groups:
        return known
    strange = [w for w in plan.units if not any(w in (u.id, u.code, u.name) for u in known)]
    strange += [g for g in plan.groups if not any(g == u.grouping for u in known)]
    if strange:
        raise NotOpened(f"没有找到：{'、'.join(strange[:5])}" + (f" 等 {len(strange)} 个" if len(strange) > 5 else "") + "。")
    return tuple(u for u in known if {u.id, u.code, u.name} & set(plan.units) or u.grouping in plan.groups)


def _projects(plan: Plan, chosen: set[str]) -> Mapping[str, list[str]]:
    """The projects of each unit, each once, by names a project may have."""
    found: dict[str, list[str]] = {}
    for unit, typed in plan.projects:
        name, wrong = project_name(typed)
        if wrong:
            raise NotOpened(f"项目“{typed[:30]}”：{wrong}")
        if unit in chosen and name not in found.setdefault(unit, []):
            found[unit].append(name)
    return found


def sheets_of(forms: Iterable[Form]) -> tuple[Sheet, ...]:
    """The forms as a plan looks at them."""
    return tuple(Sheet(f.id, f.title, f.data.per, f.days) for f in forms)


def _hints(c: Connection, plan: Plan, forms: Sequence[Sheet], today: date) -> list[str]:
    """What is odd about the dates these forms will have."""
    said = by_level(deadlines.rows_of(c, [plan.year])).counties
    dates = {f.title: decided([said.get((plan.county, f.id, plan.year))], f.days) for f in forms}
    past = [f"{title}的截止日{told_day(each.due, today)}" for title, each in dates.items() if each.due and each.due < today]
    none = [title for title, each in dates.items() if each.due is None]
    found = [f"{'、'.join(none)}没有定截止日，到期不会提醒，请在“日程”里定。"] if none else []
    found += [f"{'、'.join(past)}已经过去了，请在“日程”里另定，不然不会提前提醒。"] if past else []
    return found + unknown_years(day for each in dates.values() for day in (each.opens, each.due))


def carry(doing: Doing, plan: Plan) -> Report:
    """Open what is not there, plan its reminders, tell the fillers. Raises NotOpened, and then nothing is written."""
    forms = {form.id: form for form in forms_of(doing.office, plan)}
    report = planned(doing.c, sheets_of(forms.values()), plan, doing.office.today())
    for id in {w.form.id for w in report.new}:
        filings.freeze_edition(doing.c, forms[id])
    questions = {id: progress(form, {}).total for id, form in forms.items()}
    begun = dict(openings.latest(doing.c, plan.county))
    rows: list[dict[str, object]] = []
    for wanted in report.new:
        begun[wanted.unit.id] = at = max(doing.at, begun.get(wanted.unit.id, 0) + 1)
        key = {"unit_id": wanted.unit.id, "year": plan.year, "form_id": wanted.form.id, "project": wanted.project}
        row = {
            "id": doing.office.new_id(),
            **key,
            "edition": forms[wanted.form.id].edition,
            "created_by": doing.person,
            "created_at": at,
        }
        rows.append(row | {"total": questions[wanted.form.id]})
    openings.open_many(doing.c, rows)
    new = {str(row["id"]): wanted for row, wanted in zip(rows, report.new, strict=True)}
    dates = dates_of(doing.c, new)
    new = {id: wanted for id, wanted in new.items() if id in dates}  # not those that somebody else opened meanwhile
    ids = tuple(new)
    replan(doing.c, doing.office, ids)
    told = _tell(doing, plan, new, dates)
    warn_of_unknown_years(doing, plan.county, [day for each in dates.values() for day in (each.opens, each.due)])
    detail = {"forms": [f.id for f in report.forms], "year": plan.year, "opened": len(ids), "there": report.there}
    journal.note(doing.c, doing.person, "opened year", Place(plan.county), detail, doing.at)
    return replace(report, told=told, opened=ids)


def _tell(doing: Doing, plan: Plan, opened: Mapping[str, Wanted], dates: Mapping[str, Dates]) -> int:
    """A word to every filler of a unit with new filings, with a button to each; how many people."""
    county = counties.county(doing.c, plan.county)
    today = doing.office.today()
    by_unit: dict[str, list[str]] = {}
    for id, wanted in opened.items():
        by_unit.setdefault(wanted.unit.id, []).append(id)
    told = set()
    for unit, people in openings.fillers(doing.c, plan.county).items():
        ids = by_unit.get(unit)
        if not ids:
            continue
        lines = [_line(opened[id], dates[id], today) for id in ids]
        name = opened[ids[0]].unit.name
        text = message("calendar/opened", county=county.name if county else "", unit=name, year=plan.year, lines=lines[:12])
        rows = [[(f"开始填 {_called(opened[id])}" if len(ids) > 1 else "开始填", f"filing:{id}")] for id in ids[:MOST_BUTTONS]]
        opens = min((day for id in ids if (day := dates[id].opens)), default=None)
        due_at = None
        if opens and opens > today:
            zone = ZoneInfo(doing.office.zone)
            due_at = int(datetime.combine(opens, MORNING, zone).timestamp())
        for person in people:
            doing.say(Notice(person, "opened", f"opened:{ids[0]}", text, rows), due_at)
            told.add(person)
    return len(told)


def _called(wanted: Wanted) -> str:
    return f"{wanted.form.title} · {wanted.project}" if wanted.project else wanted.form.title


def _line(wanted: Wanted, dates: Dates, today: date) -> str:
    due = f"：{told_day(dates.due, today)}截止，{left_in_full(dates.due, today)}" if dates.due else ""
    return _called(wanted) + due
