"""A year opened from the chat: which set of forms, which year, which units; what would be done; then it is done.

Not here: the opening itself (opening_year.py).
"""

import re
from typing import Any

from dialogs.access.permissions import Action
from dialogs.access.rights import Place
from dialogs.calendar.opening_year import FIRST, LAST, NotOpened, Plan, Sheet, open_year, planned
from dialogs.calendar.projectlists import pasted, read_projects, told_wrong
from dialogs.conversation import Screen
from dialogs.orders import Order
from dialogs.scene import FormChoice, Outcome, Scene
from dialogs.showing import Row, answered_press, show, wrapped
from dialogs.store import counties
from scoring.beside.declared import pack_name
from templates import labels
from templates.messages import message

MOST_GROUPS = 12


def open_page(scene: Scene, argument: str) -> Outcome:
    """`c.<county>`: which set of forms; asked only where there are several."""
    county = argument.split(".")[1] if argument.count(".") else ""
    packs = list(dict.fromkeys(pack_name(f.id) for f in scene.forms))
    if len(packs) == 1:
        return take_pack(scene.turned(pending={"county": county}), packs[0])
    rows: list[Row] = [[(_pack_label(_forms(scene, pack)), f"cal_pack:{pack}")] for pack in packs]
    text = message("calendar/which_pack")
    return _page(scene, text, [*rows, _back(county)], {"step": "pack", "county": county})


def _page(scene: Scene, text: str, rows: list[Row], pending: dict[str, Any]) -> Outcome:
    return show(scene, text, rows, screen=Screen.CALENDAR, pending=pending)


def _back(county: str) -> Row:
    return [(labels.NOT_OPENED, f"cal_county:c.{county}")]


def _forms(scene: Scene, pack: str) -> list[FormChoice]:
    return [f for f in scene.forms if pack_name(f.id) == pack]


def _pack_label(forms: list[FormChoice]) -> str:
    more = f" 等 {len(forms)} 张表" if len(forms) > 1 else ""
    return f"{forms[0].title}{more}（{forms[0].year}年版）"


def take_pack(scene: Scene, pack: str, ack: str = "") -> Outcome:
    """Which year is evaluated."""
    pending = {"step": "year", "county": scene.conversation.pending["county"], "pack": pack}
    forms = _forms(scene, pack)
    years = sorted({forms[0].year, scene.today.year - 1, scene.today.year})
    rows: list[Row] = [[(f"{year}年度", f"cal_year:{year}") for year in years], _back(pending["county"])]
    text = message("calendar/which_year", ack=ack, titles=[f.title for f in forms])
    return _page(scene, text, rows, pending)


def hear_year(scene: Scene, text: str) -> Outcome:
    """The year as typed."""
    found = re.fullmatch(r"(\d{4})\s*年?度?", text.strip())
    if found is None or not FIRST <= int(found[1]) <= LAST:
        return take_pack(scene, scene.conversation.pending["pack"], f"没看懂是哪一年，请发四位数，例如 {scene.today.year - 1}。")
    return take_year(scene, found[1])


def take_year(scene: Scene, year: str) -> Outcome:
    """Which units: all, or one group; asked only where there are groups."""
    before = scene.conversation.pending
    pending = {"step": "units", "county": before["county"], "pack": before["pack"], "year": int(year)}
    units = scene.world.read(counties.units_in, before["county"])
    groups = list(dict.fromkeys(u.grouping for u in units if u.grouping))
    scene = scene.turned(pending=pending)
    if not groups:
        return take_units(scene, "*")
    rows: list[Row] = [[(f"全部 {len(units)} 个单位", "cal_units:*")]]
    sizes = {g: sum(u.grouping == g for u in units) for g in groups}
    rows += wrapped([(f"{g}（{sizes[g]}）", f"cal_units:{n}") for n, g in enumerate(groups[:MOST_GROUPS])], 2)
    text = message("calendar/which_units", year=year)
    return _page(scene, text, [*rows, _back(before["county"])], {**pending, "groups": groups})


def take_units(scene: Scene, which: str) -> Outcome:
    """What would be opened, to be confirmed."""
    pending = scene.conversation.pending
    groups = (pending["groups"][int(which)],) if which.isdecimal() and int(which) < len(pending.get("groups", ())) else ()
    return _confirming(scene, {**pending, "chosen": list(groups)})


def _confirming(scene: Scene, pending: dict[str, Any], ack: str = "") -> Outcome:
    """What would be opened for these units and projects."""
    groups = pending["chosen"]
    plan = _plan(scene, pending)
    sheets = tuple(Sheet(f.id, f.title, f.per, f.days_in(plan.year)) for f in _forms(scene, pending["pack"]))
    try:
        report = scene.world.read(planned, sheets, plan, scene.today)
    except NotOpened as e:
        return _page(scene, str(e), [_back(pending["county"])], dict(pending))
    names = [u.name for u in report.lonely[:8]]
    facts = {"report": report, "names": names, "titles": [s.title for s in sheets], "groups": groups}
    free = any(s.per == "project" for s in sheets) and not plan.projects
    text = message("calendar/opening_year", ack=ack, free=free, projects=len(plan.projects), **facts)
    kept = {**pending, "step": "confirm"}
    rows: list[Row] = [[(labels.OPEN_NOW, "cal_opening")]] if report.new else []
    return _page(scene, text, [*rows, _back(pending["county"])], kept)


def hear_projects(scene: Scene, text: str) -> Outcome:
    """A list of projects pasted onto the last page, for the forms that are filled per project."""
    pending = dict(scene.conversation.pending)
    if all(f.per == "unit" for f in _forms(scene, pending["pack"])):
        return _confirming(scene, pending, "点一个按钮就行。")
    found, wrong = read_projects(pasted(text), scene.world.read(counties.units_in, pending["county"]))
    if wrong:
        return _confirming(scene, pending, f"没有收：{told_wrong(wrong)}一行写一个，先单位，再项目，例如：卫生健康局 村医补助")
    return _confirming(scene, {**pending, "projects": [list(pair) for pair in found]})


def _plan(scene: Scene, pending: dict[str, Any]) -> Plan:
    forms = tuple(f.id for f in _forms(scene, pending["pack"]))
    projects = tuple((unit, name) for unit, name in pending.get("projects", ()))
    return Plan(pending["county"], forms, pending["year"], groups=tuple(pending["chosen"]), projects=projects)


def confirm(scene: Scene, _: str) -> Outcome:
    """Open it; then the calendar of that year."""
    pending = dict(scene.conversation.pending)
    if pending.get("step") != "confirm":
        return open_page(scene, f"c.{pending.get('county', '')}")
    plan = _plan(scene, pending)
    order = Order(Action.OPEN_YEAR, Place(plan.county), open_year, {"plan": plan})
    back = f"cal_county:c.{plan.county}.{plan.year}"
    return Outcome(scene.conversation, answered_press(scene), orders=(order,), after=back)


def again(scene: Scene, ack: str) -> Outcome:
    """Where the opening of a year stands, below a line."""
    pending = scene.conversation.pending
    match pending.get("step"):
        case "year":
            return take_pack(scene, pending["pack"], ack)
    return open_page(scene, f"c.{pending['county']}")
