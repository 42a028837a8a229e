"""换人: somebody takes over from somebody else. Parts, open questions and what waits to be said move along.

Begun by the filler who leaves, by the administrator, or by the successor on coming in; the predecessor's membership ends or
stays as chosen. Not here: what the successor is shown (account.py).
"""

from collections.abc import Sequence

from dialogs.access import places
from dialogs.access.naming import SOMEBODY
from dialogs.access.permissions import Action, Role
from dialogs.access.rights import Place
from dialogs.conversation import Screen
from dialogs.orders import Doing, Order
from dialogs.reminding.handing import hand_over as reminded
from dialogs.replies import Message, Reply
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, answered_press, show, wrapped
from dialogs.store import assignments, counties, digests, handovers, journal, members, people, proposals
from dialogs.store.notices import Notice
from dialogs.together.account import account
from dialogs.together.around import fillers, known_as, labelled, spaced
from templates import labels
from templates.messages import message

GONE = "人员刚刚有变动，看一眼再选。"


def place_of(scene: Scene, argument: str) -> Place:
    """The unit a button's argument begins with; without one, that of the filing in focus or the only one there is."""
    unit = argument.partition(":")[0] or _here(scene)
    found = scene.world.read(places.find, f"u.{unit}") if unit else None
    return found.place if found else Place()


def _here(scene: Scene) -> str:
    if scene.filing is not None:
        return scene.filing.unit
    own = [unit for unit, roles in scene.rights.units.items() if Role.FILLER in roles]
    return own[0] if len(own) == 1 else ""


def _name(scene: Scene, unit: str) -> str:
    found = scene.world.read(counties.unit, unit)
    return found.name if found else ""


def begin(scene: Scene, argument: str) -> Outcome:
    """Who is to be replaced: oneself, or, for an administrator, one of the unit's fillers."""
    unit = place_of(scene, argument).unit
    if not unit:
        return _told(scene, "先打开要交接的那个单位的填报，再发“换人”。")
    me = scene.rights.person
    known = fillers(scene, unit)
    if me in [m.id for m in known]:
        return choose(scene, f"{unit}:{me}")
    if not known:
        return _told(scene, f"{_name(scene, unit)}还没有填报人，不用换，直接邀请一位就行。")
    rows: list[Row] = wrapped([(name, f"handover_from:{unit}:{id}") for id, name in labelled(known).items()], 2)
    return _page(scene, message("together/replace_whom", unit=_name(scene, unit)), rows)


def choose(scene: Scene, argument: str) -> Outcome:
    """Who takes over from this person."""
    unit, _, before = argument.partition(":")
    known = fillers(scene, unit)
    if before not in [m.id for m in known]:
        return begin(scene, unit) if before != scene.rights.person else _told(scene, GONE)
    names = {id: name for id, name in labelled(known).items() if id != before}
    rows: list[Row] = wrapped([(name, f"handover_to:{unit}:{before}:{id}") for id, name in names.items()], 2)
    if scene.may(Action.INVITE, place_of(scene, unit)):
        rows.append([(labels.INVITE, f"invite:u.{unit}")])
    text = message(
        "together/successor",
        unit=_name(scene, unit),
        mine=before == scene.rights.person,
        whom=known_as(scene, before),
        alone=not names,
    )
    return _page(scene, text, [*rows, [(labels.CANCEL, "continue" if scene.filing else "home")]])


def confirm(scene: Scene, argument: str) -> Outcome:
    """The last word: does the predecessor stay?"""
    unit, before, after = (*argument.split(":"), "", "")[:3]
    if not {before, after} <= {m.id for m in fillers(scene, unit)} or before == after:
        return begin(scene, unit)
    mine = before == scene.rights.person
    text = message(
        "together/hand_over",
        unit=_name(scene, unit),
        mine=mine,
        before=spaced(known_as(scene, before)).strip(),
        after=spaced(known_as(scene, after)).strip(),
    )
    go, stay = ("交接，我退出", "交接，我还留着") if mine else ("交接，原来的人退出", "交接，原来的人留着")
    rows = [
        [(go, f"hand:{argument}:leave")],
        [(stay, f"hand:{argument}:stay")],
        [(labels.CANCEL, "continue" if scene.filing else "home")],
    ]
    return _page(scene, text, rows)


def hand(scene: Scene, argument: str) -> Outcome:
    """It was confirmed."""
    unit, before, after, how = (*argument.split(":"), "", "", "")[:4]
    values = {"unit": unit, "before": before, "after": after, "leave": how == "leave"}
    others = how == "leave" and before != scene.rights.person  # to take somebody else out takes more
    order = Order(Action.REMOVE if others else Action.HAND_OVER, place_of(scene, unit), hand_over, values)
    return Outcome(scene.conversation.elsewhere(), answered_press(scene), orders=(order,), after="home")


def succeed(scene: Scene, argument: str) -> Outcome:
    """On coming in: from whom somebody takes over."""
    unit = argument.removeprefix("u.")
    me = scene.rights.person
    known = fillers(scene, unit)
    if me not in [m.id for m in known]:
        return _told(scene, "先用邀请加入这个单位，再接替同事。")
    names = {id: name for id, name in labelled(known).items() if id != me}
    if not names:
        return _told(scene, "单位里没有别的填报人，直接填就行。")
    rows: list[Row] = wrapped([(f"接替{name}", f"hand:{unit}:{id}:{me}:stay") for id, name in names.items()], 2)
    return _page(scene, message("together/succeed", unit=_name(scene, unit)), [*rows, [(labels.HOME, "home")]])


def show_account(scene: Scene, argument: str) -> Outcome:
    """How everything stands in the unit."""
    unit = place_of(scene, argument).unit
    if not unit:
        return _told(scene, "先打开一个单位的填报。")
    found = scene.world.read(account, unit, _name(scene, unit), scene.rights.person, scene.today, scene.event.at)
    return _page(scene, found.text, [list(row) for row in found.rows])


def hand_over(doing: Doing, unit: str, before: str, after: str, leave: bool) -> tuple[Reply, ...]:
    """Move everything that is open from one filler of a unit to another, who is shown how it stands."""
    spot = places.find(doing.c, f"u.{unit}")
    here = {m.id: m for m in members.fillers_of(doing.c, unit)}
    if spot is None or before not in here or after not in here or before == after:
        return (Message(GONE),)
    digests.in_turn(doing.c)
    parts = assignments.move(doing.c, before, after, unit)
    questions = proposals.move(doing.c, before, after, unit, doing.at)
    known = handovers.standings(doing.c, unit)
    asked = [p.id for one in known for p in proposals.of_filing(doing.c, one.id)]
    handovers.move_notices(doing.c, before, after, [one.id for one in known], asked)
    reminded(doing.c, doing.office, before, after, [one.id for one in known])
    if leave:
        people.leave(doing.c, before, unit, str(Role.FILLER))
    detail = {"from": before, "to": after, "parts": parts, "questions": questions, "left": leave}
    journal.note(doing.c, doing.person, "handed over", spot.place, detail, doing.at)
    names = {id: m.name or SOMEBODY for id, m in here.items()}
    today = doing.office.day_of(doing.at)
    told = account(doing.c, unit, spot.name, after, today, doing.at, before)
    if after != doing.person:
        doing.say(Notice(after, "assigned", f"succeeded:{unit}:{before}:{doing.at}", told.text, told.rows))
    if before != doing.person:
        text = message("together/you_are_replaced", unit=spot.name, after=names[after], leave=leave)
        rows = [] if leave else [[(labels.ACCOUNT, f"account:{unit}")]]
        doing.say(Notice(before, "assigned", f"replaced:{unit}:{after}:{doing.at}", text, rows))
    if doing.person == after:
        return (Message(told.text),)
    moved = [words for words, count in ((f"{parts} 处分工", parts), (f"{questions} 个问题", questions)) if count]
    facts = {"unit": spot.name, "before": names[before], "after": names[after]}
    said = message("together/handed_over", leave=leave, moved=moved, **facts)
    return (Message(said),)


def _page(scene: Scene, text: str, rows: Sequence[Row]) -> Outcome:
    return show(scene, text, rows, screen=Screen.SUCCESSION, item=scene.conversation.item)


def again(scene: Scene, ack: str) -> Outcome:
    """The page once more, below a line."""
    return begin(scene, "") if not ack else _told(scene, ack)


def hear(scene: Scene, text: str) -> Outcome:
    """Typed words where a button is wanted."""
    return _told(scene, "点上面的一个按钮就行；不换了就点“取消”。")


def _told(scene: Scene, text: str) -> Outcome:
    """Say it; what stood on the screen still stands there."""
    return Outcome(scene.conversation, (*answered_press(scene), Message(text)))
