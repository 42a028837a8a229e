"""Dates moved: for a county, for one unit, for one filing, with a reason.

Every move is one more row, a line of the journal, new reminders, and a word to those concerned. The chat and the
command line come here alike. Not here: which dates are refused (wishes.py), the screens (changing_page.py).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from dialogs.calendar.deadlines import Dates, dates_of
from dialogs.calendar.timetable import own_dates
from dialogs.calendar.told import tell_moved, unknown_years, warn_of_unknown_years
from dialogs.calendar.typed_days import told_day
from dialogs.calendar.wishes import NAMES, Look, PackDays, Refused, Wish, look
from dialogs.office import Office
from dialogs.orders import Doing
from dialogs.reminding.planning import replan
from dialogs.replies import Message, Reply
from dialogs.store import deadlines, journal
from scoring.calendar import Days
from scoring.errors import BadPack, UnknownForm
from scoring.loading import load
from scoring.workdays import holiday_name, is_workday
from templates import labels
from templates.messages import message

MOST_NAMES = 5


@dataclass(frozen=True, slots=True)
class Moved:
    """What came of it: the forms whose dates changed, how many filings and people it concerns, what to think of besides."""

    looks: tuple[Look, ...]
    filings: int
    told: int
    hints: tuple[str, ...] = ()


def move(doing: Doing, wish: Wish) -> Sequence[Reply]:
    """As the chat does it: a refusal is said."""
    try:
        moved = carry(doing, wish)
    except Refused as e:
        return (Message(str(e)),)
    return (Message(message("calendar/done", lines=told_moved(doing.office, moved), moved=moved)),)


def carry(doing: Doing, wish: Wish) -> Moved:
    """Write the rows, plan reminders anew, tell people. Raises Refused, and then nothing is written."""
    wish, looks = look(doing.c, wish, doing.office.today(), packs_days(doing.office, wish.forms, wish.year))
    looks = tuple(one for one in looks if one.changes or any(day == "" for _, day in wish.dates))
    if not looks:
        raise Refused("日期本来就是这样，没有要改的。")
    before = _dates_around(doing.c, wish)
    rows = [_write(doing, wish, one) for one in looks]
    after = _dates_around(doing.c, wish)
    touched = {id: (before[id], now) for id, now in after.items() if before.get(id) not in (None, now)}
    replan(doing.c, doing.office, touched)
    told = tell_moved(doing, touched, wish.reason, str(rows[0]))
    days = [day for one in looks for day in (one.now.opens, one.now.due)]
    warn_of_unknown_years(doing, wish.county, days)
    today = doing.office.today()
    behind = () if wish.unit or wish.filing else left_behind(doing.c, wish, looks, today)
    return Moved(looks, len(touched), told, (*hints(looks, today), *behind))


def _write(doing: Doing, wish: Wish, one: Look) -> int:
    dates = {stage: day for stage, day in wish.dates if day == "" or one.was.day(stage) != one.now.day(stage)}
    about = deadlines.About(wish.county, wish.unit, wish.filing, one.form, wish.year)
    row = deadlines.add(doing.c, about, dates, wish.reason, doing.person, doing.at)
    days = {stage: [str(one.was.day(stage) or ""), str(one.now.day(stage) or "")] for stage in dates}
    detail = {"form": one.form, "year": wish.year, "dates": days, "reason": wish.reason, "row": row}
    journal.note(doing.c, doing.person, "moved deadline", wish.place, detail, doing.at)
    return row


def packs_days(office: Office, forms: Iterable[str], year: int) -> PackDays:
    """What the packs in use say; nothing for a form that is not there any more."""
    found = []
    for form in forms:
        try:
            found.append((form, load(form, office.packs, year).days))
        except (UnknownForm, BadPack):
            found.append((form, Days()))
    return tuple(found)


def _dates_around(c: Connection, wish: Wish) -> dict[str, Dates]:
    """The dates of every filing that the wish may touch."""
    if wish.filing:
        return dates_of(c, [wish.filing])
    keys = deadlines.keys_in(c, wish.county, wish.year)
    return dates_of(c, [k.filing for k in keys if k.form in wish.forms and wish.unit in ("", k.unit)])


def hints(looks: Iterable[Look], today: date) -> tuple[str, ...]:
    """What else to think of."""
    found: list[str] = []
    for one in looks:
        due = one.now.due
        if due and due != one.was.due and not is_workday(due):
            found.append(f"{told_day(due, today)}是{holiday_name(due)}，不上班。")
        for stage in ("reviewed", "published"):
            day = one.now.day(stage)
            if due and day and day < due:
                found.append(f"{NAMES[stage]}还是{told_day(day, today)}，比截止日早，记得一起改。")
        found += unknown_years([one.now.opens, due])
    return tuple(dict.fromkeys(found))


def left_behind(c: Connection, wish: Wish, looks: Iterable[Look], today: date) -> tuple[str, ...]:
    """Units with a last day of their own that is now earlier than everybody's: they do not move along."""
    dues = {one.form: one.now.due for one in looks if one.now.due and one.now.due != one.was.due}
    owns = own_dates(c, wish.county, wish.year) if dues else ()
    names = dict.fromkeys(
        f"{o.unit_name}（{o.due.month}月{o.due.day}日）" for o in owns if (due := dues.get(o.form)) and o.due < due
    )
    if not names:
        return ()
    said = "、".join(list(names)[:MOST_NAMES]) + (f" 等 {len(names)} 个" if len(names) > MOST_NAMES else "")
    return (f"{said}单独定了更早的日子，没有跟着动；要一样，点“{labels.EXTEND}”再点“{labels.NO_OWN_DATE}”。",)


def told_moved(office: Office, moved: Moved) -> list[str]:
    """What was changed, form by form."""
    today = office.today()
    lines = []
    for one in moved.looks:
        title = load(one.form, office.packs).title
        for stage, name in NAMES.items():
            was, now = one.was.day(stage), one.now.day(stage)
            if was != now:
                lines.append(
                    f"{title}：{name} {told_day(was, today) if was else '没有定'} → {told_day(now, today) if now else '没有定'}"
                )
    return lines
