"""A new date on the screen: typed or tapped, then its reason, then the deed. The screen says whom it concerns before anything is done.

Not here: whose date it is (county_page.py), what is refused (wishes.py).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from dialogs.access.permissions import Action
from dialogs.calendar.deadlines import Dates
from dialogs.calendar.moving import hints, move
from dialogs.calendar.near import left_in_full
from dialogs.calendar.typed_days import read_new_day, suggested, told_day
from dialogs.calendar.wishes import NAMES, Look, PackDays, Refused, Wish, look, stand
from dialogs.conversation import Screen
from dialogs.days import NotADay
from dialogs.editions import form_of
from dialogs.orders import Order
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, answered_press, show, wrapped
from dialogs.store import counties, deadlines, filings
from scoring.calendar import STAGES, Days
from templates import labels
from templates.messages import message

Pending = Mapping[str, Any]  # county, year, forms, unit, filing; stage and day once they are known


def ask_day(scene: Scene, wish: Pending, stage: str, ack: str = "") -> Outcome:
    """To which day."""
    now = _stand(scene, wish)
    present = _present(now, stage)
    lines = [f"{_title(scene, form)}：{told_day(day, scene.today)}" for form, dates in now if (day := dates.day(stage))]
    text = message(
        "calendar/which_day",
        ack=ack,
        whose=_whose(scene, wish),
        stage=NAMES[stage],
        lines=lines if len(now) > 1 else [],
        present=told_day(present, scene.today) if present else "",
        left=left_in_full(present, scene.today) if present and stage == "due" else "",
    )
    days = [(told_day(day, scene.today), f"cal_day:{day}") for day in suggested(scene.today, present)]
    rows: list[Row] = wrapped(days, 2)
    rows.append([(f"改{STAGES[other]}", f"cal_stage:{other}") for other in STAGES if other != stage])
    if wish["unit"] and _has_own(scene, wish, stage):
        rows.append([(labels.NO_OWN_DATE, "cal_day:")])
    rows.append([(labels.LEAVE_DATE, f"cal_county:c.{wish['county']}.{wish['year']}")])
    return show(scene, text, rows, screen=Screen.CALENDAR, pending={**_kept(wish), "step": "day", "stage": stage})


def _kept(wish: Pending) -> dict[str, Any]:
    return {key: wish[key] for key in ("county", "year", "forms", "unit", "filing")}


def _wish(pending: Pending, dates: Mapping[str, str], reason: str = "") -> Wish:
    forms = tuple(pending["forms"])
    return Wish(pending["county"], pending["unit"], pending["filing"], forms, pending["year"], tuple(dates.items()), reason)


def _packs(scene: Scene, wish: Wish) -> PackDays:
    offered = {f.id: f.days_in(wish.year) for f in scene.forms}
    return tuple((form, offered.get(form, Days())) for form in wish.forms)


def _looks(scene: Scene, wish: Wish) -> tuple[Look, ...]:
    """Each form's dates before and after. Raises Refused, but not for want of a reason."""
    reasoned = replace(wish, reason=wish.reason or "…")
    return scene.world.read(look, reasoned, scene.today, _packs(scene, wish))[1]


def _stand(scene: Scene, pending: Pending) -> tuple[tuple[str, Dates], ...]:
    """Each form's present dates."""
    wish = _wish(pending, {})
    return scene.world.read(stand, wish, _packs(scene, wish))


def _present(now: tuple[tuple[str, Dates], ...], stage: str) -> date | None:
    """The present date: the latest one, where forms differ."""
    return max((day for _, dates in now if (day := dates.day(stage))), default=None)


def _title(scene: Scene, form: str) -> str:
    return next((f.title for f in scene.forms if f.id == form), form)


def _whose(scene: Scene, wish: Pending) -> str:
    """卫健局 · 部门自评表, 全县 · 部门自评表."""
    if wish["filing"]:
        f = scene.world.read(filings.filing, wish["filing"])
        assert f is not None
        return " · ".join(part for part in (f.unit_name, scene.world.read(form_of, f).title, f.project) if part)
    unit = scene.world.read(counties.unit, wish["unit"]) if wish["unit"] else None
    forms = wish["forms"]
    what = _title(scene, forms[0]) if len(forms) == 1 else f"{len(forms)} 张表"
    return f"{unit.name if unit else '全县'} · {what}"


def _has_own(scene: Scene, wish: Pending, stage: str) -> bool:
    """Whether this unit or filing has a date of its own that can be taken back."""
    rows = scene.world.read(deadlines.rows_of, (wish["year"],))
    said = [
        getattr(r, stage)
        for r in rows
        if r.form in wish["forms"] and (r.filing == wish["filing"] if wish["filing"] else r.unit == wish["unit"] and not r.filing)
    ]
    last = [day for day in said if day is not None]
    return bool(last and last[-1])


def change_stage(scene: Scene, stage: str) -> Outcome:
    """Another of the four dates."""
    return ask_day(scene, scene.conversation.pending, stage)


def hear_day(scene: Scene, text: str) -> Outcome:
    """The new date as typed."""
    pending = scene.conversation.pending
    stage = pending["stage"]
    try:
        day = read_new_day(text, scene.today, _present(_stand(scene, pending), stage))
    except NotADay as e:
        return ask_day(scene, pending, stage, str(e))
    return take_day(scene, day.isoformat())


def take_day(scene: Scene, day: str) -> Outcome:
    """The new date, or with "" the own one taken back: it is looked at, then its reason is asked."""
    pending = scene.conversation.pending
    stage = pending["stage"]
    try:
        looks = _looks(scene, _wish(pending, {stage: day}))
    except Refused as e:
        return ask_day(scene, pending, stage, str(e))
    if day and not any(one.changes for one in looks):
        return ask_day(scene, pending, stage, f"{NAMES[stage]}本来就是{told_day(date.fromisoformat(day), scene.today)}。")
    return ask_reason(scene, {**pending, "day": day}, looks)


def ask_reason(scene: Scene, pending: Pending, looks: tuple[Look, ...], ack: str = "") -> Outcome:
    """Why, with the bill: from which day to which, and for how many."""
    stage = pending["stage"]
    now = {one.now.day(stage) for one in looks}
    before = [day for one in looks if (day := one.was.day(stage))]
    text = message(
        "calendar/why",
        ack=ack,
        whose=_whose(scene, pending),
        stage=NAMES[stage],
        was=told_day(max(before), scene.today) if before else "",
        now="、".join(told_day(day, scene.today) for day in sorted(filter(None, now))) or "没有定",
        back=not pending["day"],
        many=0 if pending["filing"] else _many(scene, pending),
        hints=hints(looks, scene.today),
        needed=bool(before or pending["unit"]),
    )
    rows: list[Row] = [[(reason, f"cal_reason:{n}")] for n, reason in enumerate(labels.DATE_REASONS)]
    if not (before or pending["unit"]):
        rows = [[(labels.SET_WITHOUT_REASON, "cal_reason:-")]]
    rows.append([(labels.LEAVE_DATE, f"cal_county:c.{pending['county']}.{pending['year']}")])
    kept = {**_kept(pending), "step": "reason", "stage": stage, "day": pending["day"]}
    return show(scene, text, rows, screen=Screen.CALENDAR, pending=kept)


def _many(scene: Scene, pending: Pending) -> int:
    """How many filings these dates are about."""
    keys = scene.world.read(deadlines.keys_in, pending["county"], pending["year"])
    return sum(key.form in pending["forms"] and pending["unit"] in ("", key.unit) for key in keys)


def tap_reason(scene: Scene, number: str) -> Outcome:
    """One of the reasons offered, or none where none is needed."""
    known = number.isdecimal() and int(number) < len(labels.DATE_REASONS)
    return hear_reason(scene, labels.DATE_REASONS[int(number)] if known else "")


def hear_reason(scene: Scene, text: str) -> Outcome:
    """The reason as typed; then the date is moved."""
    pending = scene.conversation.pending
    wish = _wish(pending, {pending["stage"]: pending["day"]}, text)
    try:
        scene.world.read(look, wish, scene.today, _packs(scene, wish))
    except Refused as e:
        return ask_reason(scene, pending, _looks(scene, replace(wish, reason="")), str(e))
    order = Order(Action.CALENDAR, wish.place, move, {"wish": wish})
    back = f"cal_county:c.{wish.county}.{wish.year}"
    return Outcome(scene.conversation, answered_press(scene), orders=(order,), after=back)
