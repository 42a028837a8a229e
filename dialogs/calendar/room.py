"""The calendar's room: its buttons, what is typed on its pages, and the words that ask when something is due."""

from dialogs.access import places
from dialogs.access.permissions import Action
from dialogs.access.refusing import refused
from dialogs.access.rights import Place
from dialogs.calendar import changing_page, county_page, mine, year_page
from dialogs.conversation import Screen
from dialogs.rooms import Entry, Handler, Room, lost
from dialogs.scene import Outcome, Scene
from dialogs.showing import said_first
from templates import labels

ASKING = (
    "截止 截止日 截止日期 截止时间 什么时候截止 啥时候截止 哪天截止 几号截止 什么时候交 啥时候交 哪天交 几号交 什么时候要交 "
    "还有几天 还剩几天 还有多少天 还剩多少天 还有多久 还剩多久 最后期限 期限 交表时间 上报时间 什么时候报 几号报 来得及吗"
)


def _here(scene: Scene, _: str) -> Place:
    """The county whose calendar is on the screen."""
    return Place(str(scene.conversation.pending.get("county", "")))


def _calendar(handler: Handler) -> Entry:
    return Entry(Action.CALENDAR, handler, places.at)


def _on_page(handler: Handler, *steps: str, needs: Action = Action.CALENDAR) -> Entry:
    """A button that means something on certain pages only; anywhere else the start of it all is shown."""

    def guarded(scene: Scene, argument: str) -> Outcome:
        if scene.conversation.screen is Screen.CALENDAR and scene.conversation.pending.get("step") in steps:
            return handler(scene, argument)
        return mine.my_dates(scene)

    return Entry(needs, guarded, _here)


def _opening(handler: Handler, *steps: str) -> Entry:
    return _on_page(handler, *steps, needs=Action.OPEN_YEAR)


def calendar(scene: Scene, _: str) -> Outcome:
    """日程: the county of somebody with an office there, everybody else's own last days."""
    counties = mine.counties_seen(scene)
    return county_page.county_page(scene, f"c.{counties[0]}") if len(counties) == 1 else mine.my_dates(scene)


def hear(scene: Scene, text: str) -> Outcome:
    """What is typed on a page of the calendar."""
    pending = scene.conversation.pending
    if not county_page.may_here(scene, pending):
        return refused(scene, Action.CALENDAR)
    match pending.get("step"):
        case "page":
            return county_page.hear_page(scene, text)
        case "unit":
            return county_page.hear_unit(scene, text)
        case "day":
            return changing_page.hear_day(scene, text)
        case "reason":
            return changing_page.hear_reason(scene, text)
        case "year":
            return year_page.hear_year(scene, text)
        case "confirm":
            return year_page.hear_projects(scene, text)
    return again(scene, "点一个按钮就行。")


def again(scene: Scene, ack: str) -> Outcome:
    """The page once more, below a line."""
    pending = scene.conversation.pending
    here = f"c.{pending.get('county', '')}.{pending.get('year', '')}"
    match pending.get("step"):
        case "unit":
            return county_page.choose_unit(scene, here, ack)
        case "day" | "reason":
            return changing_page.ask_day(scene, pending, pending["stage"], ack)
        case "pack" | "year" | "units" | "confirm":
            return said_first(year_page.again(scene, ""), ack)
    return county_page.county_page(scene, here, ack)


ROOM = Room(
    actions={
        "cal_dates": Entry(Action.OWN, mine.my_dates),
        "cal_mine": Entry(Action.OWN, calendar),
        "cal_county": Entry(Action.PROGRESS, county_page.county_page, places.at),
        "cal_form": _calendar(county_page.change_form),
        "cal_unit": _calendar(county_page.choose_unit),
        "cal_its": _calendar(county_page.its_filings),
        "cal_filing": _calendar(county_page.change_filing),
        "cal_whole": _calendar(county_page.change_unit),
        "cal_stage": _on_page(changing_page.change_stage, "day"),
        "cal_day": _on_page(changing_page.take_day, "day"),
        "cal_reason": _on_page(changing_page.tap_reason, "reason"),
        "cal_open": Entry(Action.OPEN_YEAR, year_page.open_page, places.at),
        "cal_pack": _opening(year_page.take_pack, "pack"),
        "cal_year": _opening(year_page.take_year, "year"),
        "cal_units": _opening(year_page.take_units, "units"),
        "cal_opening": _opening(year_page.confirm, "confirm"),
    },
    hears={Screen.CALENDAR: hear},
    again={Screen.CALENDAR: again},
    missing={Screen.CALENDAR: lost(Action.PROGRESS, lambda pending: f"c.{pending.get('county', '')}")},
    words={
        **{word + mark: "cal_dates" for word in ASKING.split() for mark in ("", "？", "?", "呢", "啊")},
        labels.CALENDAR: "cal_mine",
    },
    home=mine.home,
)
