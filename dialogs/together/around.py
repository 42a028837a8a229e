"""What a step may want to know about the people around a filing: its parts, its unit's fillers, what somebody is called.

Read when it is asked for. A step without a store (a form tried out alone) has nobody around. Not here: what is made of it.
"""

from collections.abc import Callable, Mapping

from dialogs.access.naming import SOMEBODY
from dialogs.localtime import local
from dialogs.scene import Scene
from dialogs.showing import changed_meanwhile
from dialogs.store import assignments, changes, members
from dialogs.store.assignments import Assigned
from dialogs.together.turns import owners, rank
from scoring.columns import Rows, Survey
from scoring.items import Item

YOU = "你"


def given(scene: Scene) -> tuple[Assigned, ...]:
    """The parts of the filing in focus that were given to somebody."""
    if scene.outside is None or scene.filing is None:
        return ()
    return scene.world.read(assignments.of_filing, scene.filing.id)


def fillers(scene: Scene, unit: str = "") -> tuple[members.Member, ...]:
    """The fillers of the filing's unit, or of another one."""
    where = unit or (scene.filing.unit if scene.filing else "")
    if scene.outside is None or not where:
        return ()
    return scene.world.read(members.fillers_of, where)


def colleagues(scene: Scene, unit: str = "") -> tuple[members.Member, ...]:
    """The other fillers."""
    return tuple(m for m in fillers(scene, unit) if m.id != scene.rights.person)


def called(scene: Scene, person: str | None) -> str:
    """What somebody is called in the chat; 你 for whoever reads it."""
    if not person:
        return SOMEBODY
    if person == scene.rights.person:
        return YOU
    return known_as(scene, person)


def known_as(scene: Scene, person: str) -> str:
    """What somebody is called by everybody."""
    return scene.world.read(members.name_of, person) or SOMEBODY if scene.outside else SOMEBODY


def labelled(people: tuple[members.Member, ...]) -> Mapping[str, str]:
    """The names as buttons show them, by person: no two alike."""
    names: dict[str, str] = {}
    for n, one in enumerate(people, 1):
        name = one.name or f"同事 {n}"
        names[one.id] = name if name not in names.values() else f"{name} ({n})"
    return names


def order_for(scene: Scene) -> Callable[[str], int] | None:
    """The order in which this person is led through the filing; None where no part was given to anybody."""
    owned = owners(scene.sheet, given(scene))
    return (lambda item: rank(owned, scene.rights.person, item)) if owned else None


def author(scene: Scene, item_id: str) -> changes.Line | None:
    """The last change of an answer; None where nobody changed it, or it came from another filing."""
    if scene.outside is None or scene.filing is None or item_id in scene.brought:
        return None
    return scene.world.read(changes.latest, scene.filing.id, item_id)


def news(scene: Scene, item: Item) -> str:
    """That somebody else has answered the question on the screen since it was put there; empty otherwise."""
    if scene.conversation.item != item.id or scene.changes or not changed_meanwhile(scene) or isinstance(item, Rows | Survey):
        return ""
    line = author(scene, item.id)
    return f"这一题{spaced(called(scene, line.person))}刚填过（{moment(scene, line.at)}）。" if line else ""


def said_by(scene: Scene, item: Item) -> str:
    """张三 09:30 填的: whose answer it is that stands there now; empty where nobody changed it."""
    line = author(scene, item.id)
    return f"{called(scene, line.person)} {moment(scene, line.at)} 填的" if line else ""


def spaced(name: str) -> str:
    """A name with the blanks it wants beside Chinese words: none for 你 and Chinese names, one for others."""
    return name if not name[:1].isascii() else f" {name} "


def moment(scene: Scene, at: int) -> str:
    """3月1日 09:30, where the units are; only the time where it is of today, with the year where it is another one."""
    when, today = local(at, scene.zone), scene.today
    if when.year != today.year:
        return f"{when.year}年{when.month}月{when.day}日 {when:%H:%M}"
    return f"{when:%H:%M}" if when.date() == today else f"{when.month}月{when.day}日 {when:%H:%M}"
