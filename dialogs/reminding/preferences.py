"""The settings of reminding, in the chat: which messages, when the day's digest comes, quiet hours, quiet until a day.

A page with ticks that is edited in place; what needs words asks for them. Not here: what the settings do (leaving.py).
"""

from collections.abc import Sequence
from dataclasses import replace

from dialogs.access.permissions import Action, Role
from dialogs.access.rights import Place
from dialogs.calendar.typed_days import told_day
from dialogs.conversation import Screen
from dialogs.orders import Doing, Order
from dialogs.reminding.habits import OPTIONAL, Habits, fits_digest, fits_quiet, habits_of
from dialogs.reminding.rules import USUAL
from dialogs.reminding.snoozing import LONGEST, keep, quiet, snooze
from dialogs.reminding.typed import NotADay, read_day, read_span, read_time, said_time
from dialogs.replies import Reply
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, answered_press, show, wrapped
from dialogs.store import settings
from dialogs.words import WORDS
from templates import labels
from templates.messages import message

FILLING = ("early", "before", "overdue", "opened", "assigned", "returned", "approved", "moved", "proposal", "survey")
REVIEWING = ("escalation", "submitted")
EVERYBODY = ("announcement",)
HOURS = (9 * 60, 10 * 60 + 30, 14 * 60 + 30, 16 * 60 + 30)
NO_SPAN = "没看懂这个时段。请写从几点到几点，例如：12:00-14:30"
ALL_DAY = "这样一天里就没有能提醒的时候了（提醒在 8:30 到 20:30 之间发），请把安静时段缩短一些。"


def own_habits(scene: Scene) -> Habits:
    """What the person on the screen has asked for."""
    return habits_of(scene.world.read(settings.of_person, scene.rights.person))


def show_page(scene: Scene, argument: str = "", ack: str = "") -> Outcome:
    """The settings page; after a tick it is edited in place."""
    habits = own_habits(scene)
    kinds = _kinds(scene)
    text = message(
        "reminding/settings",
        ack=ack,
        at=said_time(habits.hour or USUAL.start),
        quiet="–".join(said_time(m) for m in habits.quiet) if habits.quiet else "",
        until=told_day(habits.quiet_until) if habits.quiet_until and habits.quiet_until > scene.today else "",
        kinds=[{"text": OPTIONAL[k].text, "label": OPTIONAL[k].label, "off": not habits.wants(k)} for k in kinds],
    )
    ticks = [(f"{'✓' if habits.wants(k) else '✗'} {OPTIONAL[k].label}", f"reminder_kind:{k}") for k in kinds]
    rows: list[Row] = wrapped(ticks, 3)
    rows.append([(labels.DIGEST_TIME, "reminder_time"), (labels.QUIET_HOURS, "quiet_hours")])
    if habits.quiet_until and habits.quiet_until > scene.today:
        rows.append([(labels.NOT_QUIET, "quiet_off"), _way_back(scene)])
    else:
        rows.append([(labels.QUIET_UNTIL, "quiet_until"), _way_back(scene)])
    edits = scene.event.message if argument == "edit" and scene.event.query else 0
    return show(scene, text, rows, screen=Screen.REMINDERS, item=scene.conversation.item, edits=edits)


def toggle(scene: Scene, kind: str) -> Outcome:
    """A kind of message on or off."""
    if kind not in OPTIONAL:
        return show_page(scene)
    return _ordered(scene, Order(Action.OWN, Place(), switch, {"kind": kind}), after="reminders:edit")


def ask_time(scene: Scene, argument: str = "", ack: str = "") -> Outcome:
    """When the digest is to come; or the time chosen."""
    if argument.isdecimal() and fits_digest(int(argument)):
        return _ordered(scene, Order(Action.OWN, Place(), set_time, {"minutes": int(argument)}), after="reminders:")
    rows: list[Row] = wrapped([(said_time(m), f"reminder_time:{m}") for m in HOURS], 4)
    text = message("reminding/time", ack=ack)
    return show(scene, text, [*rows, [(labels.REMINDER_SETTINGS, "reminders")]], screen=Screen.DIGEST_TIME, item=_item(scene))


def hear_time(scene: Scene, text: str) -> Outcome:
    """The time of day as typed."""
    if elsewhere := _word(scene, text):
        return elsewhere
    minutes = read_time(text)
    if minutes is None:
        return ask_time(scene, ack="没看懂这个时间。")
    if not fits_digest(minutes):
        return ask_time(scene, ack="提醒只在 8:30 到 19:30 之间发。")
    return ask_time(scene, str(minutes))


def ask_hours(scene: Scene, argument: str = "", ack: str = "") -> Outcome:
    """From when to when nothing is to come; `none` takes it away."""
    if argument == "none":
        return _ordered(scene, Order(Action.OWN, Place(), set_hours, {"span": None}), after="reminders:")
    rows: list[Row] = [[("12:00–14:00", "quiet_hours:720-840"), ("12:00–14:30", "quiet_hours:720-870")]]
    if own_habits(scene).quiet:
        rows.append([(labels.NO_QUIET_HOURS, "quiet_hours:none")])
    low, _, high = argument.partition("-")
    if low.isdecimal() and high.isdecimal():
        return _take_hours(scene, (int(low), int(high)))
    text = message("reminding/hours", ack=ack)
    return show(scene, text, [*rows, [(labels.REMINDER_SETTINGS, "reminders")]], screen=Screen.QUIET_HOURS, item=_item(scene))


def hear_hours(scene: Scene, text: str) -> Outcome:
    """The quiet hours as typed."""
    if elsewhere := _word(scene, text):
        return elsewhere
    span = read_span(text)
    return _take_hours(scene, span) if span else ask_hours(scene, ack=NO_SPAN)


def _take_hours(scene: Scene, span: tuple[int, int]) -> Outcome:
    if not fits_quiet(span, own_habits(scene).hour or USUAL.start):
        return ask_hours(scene, ack=ALL_DAY)
    return _ordered(scene, Order(Action.OWN, Place(), set_hours, {"span": span}), after="reminders:")


def ask_until(scene: Scene, ack: str = "") -> Outcome:
    """Until which day nothing is to come."""
    rows: list[Row] = [[("三天后", "quiet_day:3"), ("一周后", "quiet_day:7"), ("两周后", "quiet_day:14")], [_way_back(scene)]]
    return show(scene, message("reminding/until", ack=ack), rows, screen=Screen.QUIET_UNTIL, item=_item(scene))


def hear_until(scene: Scene, text: str) -> Outcome:
    """The day as typed."""
    if elsewhere := _word(scene, text):
        return elsewhere
    try:
        day = read_day(text, scene.today)
    except NotADay as e:
        return ask_until(scene, str(e))
    if day is None:
        return ask_until(scene, "没看懂是哪一天。")
    if day <= scene.today:
        return ask_until(scene, "这一天已经到了，请写今天以后的日子。")
    if (day - scene.today).days > LONGEST:
        return ask_until(scene, f"这一天太远了，最多安静 {LONGEST} 天，免得误了截止日期。")
    return _ordered(scene, Order(Action.OWN, Place(), quiet, {"day": day.isoformat()}), after=_after(scene))


def tap_until(scene: Scene, days: str) -> Outcome:
    """So many days, by a button."""
    return hear_until(scene, f"{int(days)}天后") if days.isdecimal() else ask_until(scene)


def quiet_off(scene: Scene) -> Outcome:
    """No longer quiet."""
    return _ordered(scene, Order(Action.OWN, Place(), quiet, {"day": ""}), after="reminders:")


def tap_snooze(scene: Scene, argument: str) -> Outcome:
    """明天再提醒, 三天后: the screen stays as it is."""
    days, _, notice = argument.partition(".")
    values = {"days": int(days) if days in ("1", "3") else 1, "notice": notice}
    return _ordered(scene, Order(Action.OWN, Place(), snooze, values))


def switch(doing: Doing, kind: str) -> Sequence[Reply]:
    """Carried out: a kind of message on or off."""
    keep(doing, lambda h: replace(h, off=h.off ^ {kind}))
    return ()


def set_time(doing: Doing, minutes: int) -> Sequence[Reply]:
    """Carried out: when the digest comes. Quiet hours that would leave no room for it go."""

    def change(habits: Habits) -> Habits:
        quiet = habits.quiet if habits.quiet and fits_quiet(habits.quiet, minutes) else None
        return replace(habits, hour=0 if minutes == USUAL.start else minutes, quiet=quiet)

    keep(doing, change)
    return ()


def set_hours(doing: Doing, span: tuple[int, int] | None) -> Sequence[Reply]:
    """Carried out: the quiet hours."""
    keep(doing, lambda h: replace(h, quiet=span))
    return ()


def _ordered(scene: Scene, order: Order, after: str = "") -> Outcome:
    return Outcome(scene.conversation, answered_press(scene), scene.changes, orders=(order,), after=after)


def _word(scene: Scene, text: str) -> Outcome | None:
    """Typed words that mean a button work here, too."""
    if text in WORDS:
        return Outcome(scene.conversation, (), scene.changes, after=WORDS[text])
    return None


def _after(scene: Scene) -> str:
    return f"filing:{scene.filing.id}" if scene.filing else "home"


def _way_back(scene: Scene) -> tuple[str, str]:
    return (labels.BACK_TO_WORK, _after(scene))


def _item(scene: Scene) -> str:
    return scene.conversation.item


def _kinds(scene: Scene) -> list[str]:
    """The kinds of messages this person can get at all."""
    roles = {role for held in scene.rights.units.values() for role in held}
    offices = {role for held in scene.rights.counties.values() for role in held}
    wanted = set(EVERYBODY)
    wanted |= set(FILLING) if Role.FILLER in roles or not (roles or offices) else set()
    wanted |= set(REVIEWING) if Role.REVIEWER in roles or Role.ADMINISTRATOR in offices else set()
    return [k for k in OPTIONAL if k in wanted]


def hear_elsewhere(scene: Scene, text: str) -> Outcome:
    """Typed on the settings page: a word that means a button, else the page once more."""
    return _word(scene, text) or show_page(scene, ack="点下面的按钮改设置；要接着填，点“回去接着做”。")
