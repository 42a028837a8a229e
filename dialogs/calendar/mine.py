"""截止, 什么时候交, 还有几天: every filing of a person with its last day. Within a filing nothing else on the screen changes.

Not here: a county's calendar (county_page.py).
"""

from dialogs.access.permissions import Action, Role, State
from dialogs.access.rights import Place
from dialogs.calendar.deadlines import Dates, dates_of
from dialogs.calendar.near import days_left, left_in_full
from dialogs.calendar.typed_days import told_day
from dialogs.conversation import Screen
from dialogs.editions import form_of
from dialogs.replies import Message
from dialogs.rooms import Home
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, answered_press, show
from dialogs.store import filings
from dialogs.store.filings import Filing
from templates import labels
from templates.messages import message

MOST, BUTTONS = 20, 8
SOON = 14  # days
AT_WORK = (State.OPEN, State.RETURNED)


def my_dates(scene: Scene, _: str = "") -> Outcome:
    """The last days of everything this person has to do with, the next one first."""
    mine = _mine(scene)
    dates = scene.world.read(dates_of, tuple(f.id for f in mine))
    mine = sorted(mine, key=lambda f: _urgency(scene, f, dates[f.id]))
    counties = counties_seen(scene)
    lines = [_line(scene, f, dates[f.id]) for f in mine[:MOST]]
    inside = scene.filing is not None
    asking = scene.conversation.screen is Screen.QUESTION
    today = told_day(scene.today)
    text = message(
        "calendar/mine", today=today, lines=lines, more=len(mine) - MOST, inside=inside, asking=asking, county=bool(counties)
    )
    if inside:
        return Outcome(scene.conversation, (*answered_press(scene), Message(text)), scene.changes)
    open_ones = [f for f in mine if f.place.state in AT_WORK and Role.FILLER in scene.rights.roles_at(f.place)][:BUTTONS]
    rows: list[Row] = [[(_button(scene, f, dates[f.id]), f"filing:{f.id}")] for f in open_ones]
    rows += [[(labels.CALENDAR, f"cal_county:c.{county}")] for county in counties]
    return show(scene, text, rows, screen=Screen.START)


def _mine(scene: Scene) -> list[Filing]:
    """This unit's filings first known; of every unit only the latest year and what is still at work."""
    found: list[Filing] = []
    for unit in scene.rights.units:
        own = scene.world.read(filings.filings_of, unit)
        latest = max((f.year for f in own), default=0)
        found += [f for f in own if f.year == latest or f.place.state in AT_WORK]
    if scene.filing is not None and scene.filing.id not in {f.id for f in found}:
        here = scene.world.read(filings.filing, scene.filing.id)
        found += [here] if here else []
    return found


def _urgency(scene: Scene, f: Filing, dates: Dates) -> tuple[bool, bool, str, str]:
    here = scene.filing is not None and scene.filing.id == f.id
    return not here, f.place.state not in AT_WORK, str(dates.due or "9999"), f.id


def _name(scene: Scene, f: Filing) -> str:
    title = scene.world.read(form_of, f).title
    return " · ".join(part for part in (f.unit_name if len(scene.rights.units) != 1 else "", title, f.project) if part)


def _line(scene: Scene, f: Filing, dates: Dates) -> str:
    name = f"{_name(scene, f)}（{f.year}年度）"
    if f.place.state is State.APPROVED:
        return f"{name}：已经审核通过"
    if f.place.state is State.SUBMITTED:
        by = f"，{told_day(dates.reviewed, scene.today)}前审完" if dates.reviewed else ""
        return f"{name}：已经提交，等审核{by}"
    if dates.due is None:
        return f"{name}：没有定截止日"
    opens = f"，{told_day(dates.opens, scene.today)}开始填" if dates.opens and dates.opens > scene.today else ""
    return f"{name}：{told_day(dates.due, scene.today)}截止{opens}，{left_in_full(dates.due, scene.today)}"


def _button(scene: Scene, f: Filing, dates: Dates) -> str:
    return f"{_name(scene, f)}" + (f"（{days_left(dates.due, scene.today)}）" if dates.due else "")


def counties_seen(scene: Scene) -> list[str]:
    """The counties whose calendar this person may see."""
    return [county for county in scene.rights.counties if scene.may(Action.PROGRESS, Place(county))]


def home(scene: Scene) -> Home:
    """For the start page: what is due soon, the next first."""
    open_ones = [f for f in _mine(scene) if f.place.state in AT_WORK] if scene.rights.units else []
    dates = scene.world.read(dates_of, tuple(f.id for f in open_ones)) if open_ones else {}
    soon = [(due, f) for f in open_ones if (due := dates[f.id].due) and (due - scene.today).days <= SOON]
    soon.sort(key=lambda pair: (pair[0], pair[1].id))
    return Home([f"{days_left(due, scene.today)}：{_name(scene, f)}，{told_day(due, scene.today)}截止" for due, f in soon[:3]])
