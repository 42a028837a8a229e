"""One unit of a county found by name, code or a part of it: for whoever looks after a hundred of them.

Not here: what is shown then (members.py).
"""

from dialogs.access import me, members, places
from dialogs.access.refusing import not_theirs
from dialogs.access.units import UnitError, find
from dialogs.conversation import Screen
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, show
from dialogs.store import counties
from templates import labels
from templates.messages import message

FEW = 12  # units with a button each


def ask(scene: Scene, argument: str, wrong: str = "") -> Outcome:
    """Which unit: typed, or tapped where there are few."""
    spot = places.spot(scene, argument)
    if spot is None or spot.is_unit:
        return not_theirs(scene, f"unit_people:{argument}")
    known = scene.world.read(counties.units_in, spot.place.county)
    rows: list[Row] = [[(u.name, f"members:u.{u.id}")] for u in known] if len(known) <= FEW else []
    text = message("access/which_unit", wrong=wrong, count=len(known), place=spot.name, few=bool(rows))
    below = [[(labels.MEMBERS, f"members:{spot.key}"), *me.back(scene)]]
    return show(scene, text, [*rows, *below], screen=Screen.WHICH_UNIT, item=scene.conversation.item, pending={"of": spot.key})


def hear(scene: Scene, text: str) -> Outcome:
    """The unit as typed."""
    of = scene.conversation.pending.get("of", "")
    spot = places.spot(scene, of)
    if spot is None:
        return me.page(scene)
    try:
        unit = scene.world.read(find, spot.place.county, text)
    except UnitError as e:
        return ask(scene, of, str(e))
    return members.page(scene, f"u.{unit.id}")


def again(scene: Scene, first: str) -> Outcome:
    """The question once more, below a line."""
    return ask(scene, scene.conversation.pending.get("of", ""), first)
