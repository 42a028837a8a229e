"""The way to handing in, as a button on other pages. A leaf of the room: pages of the filling ask it."""

from dialogs.access.permissions import Action
from dialogs.scene import Scene
from dialogs.showing import Row
from dialogs.store import members
from templates import labels


def can_be_reviewed(scene: Scene) -> bool:
    """Whether there is anybody to hand it in to."""
    place = scene.place
    return bool(scene.world.read(members.reviewers, place) or scene.world.read(members.administrators, place.county))


def way_to_submit(scene: Scene) -> Row:
    """The button, where handing in is for this person now."""
    if scene.filing is None or scene.outside is None or not scene.may(Action.SUBMIT) or not can_be_reviewed(scene):
        return []
    return [(labels.SUBMIT_AGAIN if scene.filing.round else labels.SUBMIT, "submit")]
