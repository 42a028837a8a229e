"""Which questions of a filing are filled on the office's own page, and the link to it. Pure.

Not here: the page (filling.py).
"""

from dialogs.access.permissions import Action
from dialogs.private.doors import FILL
from dialogs.replies import Door
from dialogs.scene import Scene
from scoring.asked import asked
from scoring.items import Item, is_personal


def fields_of(scene: Scene) -> tuple[Item, ...]:
    """The personal questions that are asked here; what arrives from another form is changed there."""
    return tuple(i for i in asked(scene.sheet, scene.answers) if is_personal(i) and i.id not in scene.brought)


def is_elsewhere(scene: Scene, item: Item) -> bool:
    """Whether an answer to this may not pass through the chat."""
    return scene.private and is_personal(item)


def door_to(scene: Scene) -> Door | None:
    """The link to the page; None for whoever may not answer now."""
    if scene.filing is None or not scene.may(Action.ANSWER):
        return None
    return Door(FILL, scene.filing.id, {"said": "填姓名、电话"})
