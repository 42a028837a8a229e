"""The administrator's calendar: a county's forms with their dates, and who has dates of their own; whose date to change.

Not here: the new date and its reason (changing_page.py), opening a year (year_page.py).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from dialogs.access import places
from dialogs.access.permissions import Action, State
from dialogs.access.rights import Place
from dialogs.calendar.changing_page import ask_day
from dialogs.calendar.deadlines import dates_of
from dialogs.calendar.near import left_in_full
from dialogs.calendar.timetable import Line, Own, Timetable, timetable
from dialogs.calendar.typed_days import told_day
from dialogs.conversation import Screen
from dialogs.editions import form_of
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, said_first, show
from dialogs.store import counties, filings
from dialogs.store.counties import CountyUnit
from dialogs.store.filings import Filing
from scoring.calendar import STAGES
from templates import labels
from templates.messages import message

MOST_OWN, MOST_UNITS, MOST_FILINGS = 12, 8, 12
AT_WORK = (State.OPEN, State.RETURNED)


def county_page(scene: Scene, argument: str, ack: str = "") -> Outcome:
    """`c.<county>.<year>`: the calendar of a county, of this year or the latest one."""
    county, year = _county(argument), places.rest_of(argument)
    table = scene.world.read(timetable, county, int(year) if year.isdecimal() else 0, scene.forms)
    here = f"c.{county}.{table.year}"
    text = message(
        "calendar/county",
        county=table.name,
        year=table.year,
        lines=[_line(scene, line) for line in table.lines],
        owns=[_own(scene, own) for own in table.owns[:MOST_OWN]],
        more=len(table.owns) - MOST_OWN,
        undated=any(line.dates.due is None for line in table.lines),
        mine=scene.may(Action.CALENDAR, Place(county)),
    )
    rows: list[Row] = _changes(table, here) if scene.may(Action.CALENDAR, Place(county)) else []
    others = [(f"{y}年度", f"cal_county:c.{county}.{y}") for y in table.years if y != table.year][:4]
    rows += [others] if others else []
    office = scene.may(Action.PROGRESS, Place(county))
    rows.append([(labels.BUREAU_BACK, f"bureau:{here}") if office else (labels.TO_START, "home")])
    outcome = show(scene, text, rows, screen=Screen.CALENDAR, pending={"step": "page", "county": county, "year": table.year})
    return said_first(outcome, ack) if ack else outcome


def _changes(table: Timetable, here: str) -> list[Row]:
    rows: list[Row] = [[(f"改 {line.title}", f"cal_form:{here}.{line.form}")] for line in table.lines]
    if len(table.lines) > 1:
        rows.append([(labels.MOVE_ALL, f"cal_form:{here}.*")])
    return [*rows, [(labels.EXTEND, f"cal_unit:{here}"), (labels.OPEN_YEAR, f"cal_open:c.{table.county}")]]


def _county(argument: str) -> str:
    return argument.split(".")[1] if argument.count(".") else ""


def _line(scene: Scene, line: Line) -> dict[str, str]:
    dates = [(word, day) for stage, word in STAGES.items() if (day := line.dates.day(stage))]
    due = line.dates.due
    left = left_in_full(due, scene.today) if due and line.waiting else ""
    counts = [(line.waiting, "没交"), (line.handed, "待审"), (line.approved, "通过")]
    count = "、".join(f"{word} {many} 份" for many, word in counts if many) or "还没有开"
    said = "，".join(
        f"{told_day(day, scene.today) if word == STAGES['due'] else _short(scene, day)}{word}" for word, day in dates
    )
    return {"title": line.title, "dates": said or "没有定日子", "stand": "；".join(part for part in (left, count) if part)}


def _short(scene: Scene, day: date) -> str:
    year = f"{day.year}年" if day.year != scene.today.year else ""
    return f"{year}{day.month}月{day.day}日"


def _own(scene: Scene, own: Own) -> str:
    name = " · ".join(part for part in (own.unit_name, own.title, own.project) if part)
    return f"{name}：{told_day(own.due, scene.today)}截止" + (f"（{own.reason}）" if own.reason else "")


def change_form(scene: Scene, argument: str) -> Outcome:
    """`c.<county>.<year>.<form>`, or `*` for all forms that are not handed in: to a new date."""
    county = _county(argument)
    year, _, form = places.rest_of(argument).partition(".")
    table = scene.world.read(timetable, county, int(year), scene.forms)
    at_work = [line.form for line in table.lines if line.waiting] or [line.form for line in table.lines]
    forms = at_work if form == "*" else [line.form for line in table.lines if line.form == form]
    if not forms:
        return county_page(scene, f"c.{county}.{year}", "这张表这一年没有了。")
    return ask_day(scene, {"county": county, "year": int(year), "forms": forms, "unit": "", "filing": ""}, "due")


def choose_unit(scene: Scene, argument: str, ack: str = "") -> Outcome:
    """`c.<county>.<year>`: whose last day is to be moved."""
    county, year = _county(argument), places.rest_of(argument)
    pending = {"step": "unit", "county": county, "year": int(year)}
    text = message("calendar/which_unit", ack=ack)
    return show(scene, text, [[(labels.CALENDAR, f"cal_county:c.{county}.{year}")]], screen=Screen.CALENDAR, pending=pending)


def hear_page(scene: Scene, text: str) -> Outcome:
    """On the calendar itself: a form by its number or its title, a unit by its name."""
    pending = scene.conversation.pending
    here = f"c.{pending['county']}.{pending['year']}"
    lines = scene.world.read(timetable, pending["county"], pending["year"], scene.forms).lines
    wanted = text.strip().strip("“”\"'。").removeprefix("改").strip()
    found = [line for n, line in enumerate(lines, 1) if wanted == str(n) or (len(wanted) > 1 and wanted in line.title)]
    if len(found) == 1:
        return change_form(scene, f"{here}.{found[0].form}")
    if wanted and any(
        _within(wanted, u.name) or wanted in (u.code, u.name) for u in scene.world.read(counties.units_in, pending["county"])
    ):
        return hear_unit(scene, wanted)
    return county_page(scene, here, "点一个按钮就行；也可以发表的序号，或者要延期的单位名称。")


def hear_unit(scene: Scene, text: str) -> Outcome:
    """A unit by its code, its name, or a part of it."""
    pending = scene.conversation.pending
    here = f"c.{pending['county']}.{pending['year']}"
    units = scene.world.read(counties.units_in, pending["county"])
    wanted = text.strip().strip("“”\"'。")
    found = [u for u in units if wanted in (u.code, u.name)] or [u for u in units if wanted and _within(wanted, u.name)]
    if not found:
        return choose_unit(scene, here, f"没有找到“{wanted[:20]}”这个单位。")
    if len(found) > MOST_UNITS:
        return choose_unit(scene, here, f"名称里带“{wanted[:20]}”的有 {len(found)} 个单位，请再写具体一点。")
    if len(found) == 1:
        return its_filings(scene, f"{here}.{found[0].id}")
    rows: list[Row] = [[(_called(u), f"cal_its:{here}.{u.id}")] for u in found]
    return show(scene, "是哪一个？", [*rows, [(labels.CALENDAR, f"cal_county:{here}")]], screen=Screen.CALENDAR, pending=pending)


def _within(wanted: str, name: str) -> bool:
    """卫健局 stands in 卫生健康局: its characters in their order."""
    rest = iter(name)
    return wanted in name or (len(wanted) > 1 and all(any(c == d for d in rest) for c in wanted))


def _called(u: CountyUnit) -> str:
    return f"{u.code} {u.name}".strip()


def its_filings(scene: Scene, argument: str) -> Outcome:
    """`c.<county>.<year>.<unit>`: which of its filings; all its forms at once, too."""
    county = _county(argument)
    year, _, unit = places.rest_of(argument).partition(".")
    own = [f for f in scene.world.read(filings.filings_of, unit) if f.year == int(year) and f.place.county == county]
    waiting = [f for f in own if f.place.state in AT_WORK]
    if not waiting:
        why = "这一年的表都交了，不用延期。" if own else "这个单位这一年还没有开表。"
        return choose_unit(scene, f"c.{county}.{year}", why)
    if len(waiting) == 1:
        return change_filing(scene, f"c.{county}.{waiting[0].id}")
    dates = scene.world.read(dates_of, tuple(f.id for f in waiting))
    lines = [
        _called_filing(scene, f) + (f"：{told_day(due, scene.today)}截止" if (due := dates[f.id].due) else "") for f in waiting
    ]
    rows: list[Row] = [[(_called_filing(scene, f), f"cal_filing:c.{county}.{f.id}")] for f in waiting[:MOST_FILINGS]]
    rows.append([(labels.ALL_ITS_FORMS, f"cal_whole:c.{county}.{year}.{unit}")])
    rows.append([(labels.CALENDAR, f"cal_county:c.{county}.{year}")])
    text = message("calendar/which_filing", unit=waiting[0].unit_name, lines=lines)
    pending = {"step": "unit", "county": county, "year": int(year)}
    return show(scene, text, rows, screen=Screen.CALENDAR, pending=pending)


def _called_filing(scene: Scene, f: Filing) -> str:
    return " · ".join(part for part in (scene.world.read(form_of, f).title, f.project) if part)


def change_filing(scene: Scene, argument: str) -> Outcome:
    """`c.<county>.<filing>`: a date for this filing alone."""
    county, id = _county(argument), places.rest_of(argument)
    f = scene.world.read(filings.filing, id)
    if f is None or f.place.county != county:
        return county_page(scene, f"c.{county}", "没有这份填报。")
    if f.place.state not in AT_WORK:
        return county_page(scene, f"c.{county}.{f.year}", "这一份已经交了，不用延期。")
    return ask_day(scene, {"county": county, "year": f.year, "forms": [f.form_id], "unit": f.unit_id, "filing": id}, "due")


def change_unit(scene: Scene, argument: str) -> Outcome:
    """`c.<county>.<year>.<unit>`: a date for all forms of a unit that are still open."""
    county = _county(argument)
    year, _, unit = places.rest_of(argument).partition(".")
    own = scene.world.read(filings.filings_of, unit)
    forms = [f.form_id for f in own if f.year == int(year) and f.place.county == county and f.place.state in AT_WORK]
    if not forms:
        return its_filings(scene, argument)
    wish = {"county": county, "year": int(year), "forms": list(dict.fromkeys(forms)), "unit": unit, "filing": ""}
    return ask_day(scene, wish, "due")


def may_here(scene: Scene, pending: Mapping[str, Any]) -> bool:
    """Whether the calendar on the screen is still this person's to change."""
    return scene.may(Action.CALENDAR, Place(str(pending.get("county", ""))))
