"""还有几天: how near a filing's last day is, in a few words. Not here: which day that is (deadlines.py)."""

from datetime import date

from dialogs.access.permissions import State
from dialogs.calendar.deadlines import Dates, effective
from dialogs.scene import Scene
from dialogs.store.deadlines import Key, rows_about
from scoring.workdays import workdays_between

NEAR = 7  # days


def days_left(due: date, today: date) -> str:
    """还有 6 天, 今天截止, 过了 2 天."""
    days = (due - today).days
    if days > 1:
        return f"还有 {days} 天"
    return {1: "明天截止", 0: "今天截止"}.get(days, f"已经过了 {-days} 天")


def left_in_full(due: date, today: date) -> str:
    """还有 10 天（7 个工作日）: the working days where they are fewer."""
    work, said = workdays_between(today, due), days_left(due, today)
    return f"{said}（{work} 个工作日）" if today < due and work < (due - today).days else said


def near(scene: Scene) -> str:
    """For the head of a question: how long there is, when it is not long; empty for the rest of the year."""
    if scene.filing is None or scene.outside is None or scene.filing.state not in (State.OPEN, State.RETURNED):
        return ""
    due = dates_here(scene).due
    return days_left(due, scene.today) if due and (due - scene.today).days <= NEAR else ""


def dates_here(scene: Scene) -> Dates:
    """The dates of the filing in focus."""
    here, form = scene.filing, scene.sheet
    assert here is not None
    key = Key(here.id, here.unit, here.county or None, here.form, here.year, form.edition)
    return effective([key], scene.world.read(rows_about, key), lambda _: form.days)[here.id]
