"""Who is told when dates move, and in which words: fillers of the last day, reviewers of theirs, once per move; and
administrators, once, when a date lies in a year whose holidays are not known yet.

Not here: when a notice leaves (dialogs/reminding).
"""

from collections.abc import Iterable, Mapping
from datetime import date

from dialogs.access.permissions import State
from dialogs.calendar.deadlines import Dates
from dialogs.calendar.typed_days import told_day
from dialogs.editions import edition_of
from dialogs.orders import Doing
from dialogs.store import deadlines, members
from dialogs.store.deadlines import Concerned
from dialogs.store.notices import Notice, Rows
from scoring.calendar import STAGES
from scoring.workdays import is_known
from templates import labels
from templates.messages import message

MOST_LINES, MOST_BUTTONS = 10, 3
FILLERS, REVIEWERS = ("opens", "due"), ("due", "reviewed")


def tell_moved(doing: Doing, touched: Mapping[str, tuple[Dates, Dates]], reason: str, key: str) -> int:
    """A word to everybody whose work the new dates change; how many people."""
    today = doing.office.today()
    lines: dict[str, dict[str, str]] = {}
    buttons: dict[str, list[tuple[str, str]]] = {}
    for one in deadlines.concerned(doing.c, touched):
        if one.person == doing.person or one.filing in lines.get(one.person, {}):
            continue
        said = _line(doing, one, *touched[one.filing], today)
        if not said:
            continue
        lines.setdefault(one.person, {})[one.filing] = said
        if one.role == "filler" and one.own:
            buttons.setdefault(one.person, []).append((labels.CONTINUE, f"filing:{one.filing}"))
    for person, own in lines.items():
        text = message("calendar/moved", lines=list(own.values())[:MOST_LINES], more=len(own) - MOST_LINES, reason=reason)
        rows: Rows = [buttons[person]] if len(buttons.get(person, ())) == 1 else [[(labels.MY_DATES, "cal_dates")]]
        doing.say(Notice(person, "moved", f"moved:{key}", text, rows))
    return len(lines)


def _line(doing: Doing, one: Concerned, was: Dates, now: Dates, today: date) -> str:
    """What changed for this person in this filing; empty when nothing that is theirs."""
    stages = FILLERS if one.role == "filler" and one.own else REVIEWERS if one.own else ("reviewed",)
    waiting = one.state in (State.OPEN, State.RETURNED) or one.role == "reviewer"
    changed = [stage for stage in stages if was.day(stage) != now.day(stage)] if waiting and one.state != State.APPROVED else []
    if not changed:
        return ""
    title = edition_of(doing.c, one.form, one.edition, one.year).title
    name = " · ".join(part for part in (one.unit_name, title, one.project) if part)
    said = "，".join(f"{STAGES[stage]}{_arrow(was.day(stage), now.day(stage), today)}" for stage in changed)
    return f"{name}：{said}"


def _arrow(was: date | None, now: date | None, today: date) -> str:
    new = told_day(now, today) if now else "没有定"
    return f"由{told_day(was, today)}改为{new}" if was else f"定在{new}"


def unknown_years(days: Iterable[date | None]) -> list[str]:
    """A sentence for every year among these days whose holidays have not been announced."""
    years = sorted({day.year for day in days if day and not is_known(day.year)})
    return [message("calendar/unknown_year", year=year) for year in years]


def warn_of_unknown_years(doing: Doing, county: str, days: Iterable[date | None]) -> None:
    """Every administrator of the county hears of such a year once."""
    for year in sorted({day.year for day in days if day and not is_known(day.year)}):
        text = message("calendar/unknown_year", year=year)
        for person in members.administrators(doing.c, county):
            doing.say(Notice(person, "announcement", f"holidays:{year}", text))
