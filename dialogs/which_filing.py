"""A word about a filing (提交, 目录, 谁在填 …) typed on the start page, where none is open: which one is meant.

Not here: what the word does there (the rooms, buttons.py).
"""

from dialogs import rooms
from dialogs.access.permissions import Action
from dialogs.conversation import Screen
from dialogs.opening import MOST, greet
from dialogs.scene import Opening, Outcome, Scene
from dialogs.showing import answered_press, said_first, show
from templates.messages import message

NOWHERE = (Action.OWN, Action.JOIN)  # what needs no filing
OF_A_FILING = ("contents", "checkup", "draft", "review", "continue")  # of the filling's own words


def meant(scene: Scene, word: str, action: str) -> Outcome | None:
    """The only filing there is is opened for it, several are offered; None where the word needs none, or one is open."""
    if scene.filing is not None or scene.stranger or scene.conversation.screen is not Screen.START or not _needs_one(action):
        return None
    if len(scene.choices) == 1:
        opening = Opening(filing=scene.choices[0].id, then=action)
        return Outcome(scene.conversation.elsewhere(), answered_press(scene), opening=opening)
    if not scene.choices:
        return said_first(greet(scene), f"“{word}”要在一份填报里用，你手上还没有。")
    rows = [[(choice.label or choice.title, f"goto:{choice.id}:{action}")] for choice in scene.choices[:MOST]]
    return show(scene, message("which_filing", word=word), rows, screen=Screen.START)


def _needs_one(action: str) -> bool:
    name = action.partition(":")[0]
    entry = rooms.actions().get(name)
    return entry.needs not in NOWHERE and entry.at is None if entry else name in OF_A_FILING
