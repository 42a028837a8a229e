"""No answer changes while a filing is handed in or approved, however the change comes about: typed, pasted, tapped, undone.

The last look at a step's outcome, beside the reasons for changed arrivals. The store looks once more (standing.answered).
"""

from dialogs.access.permissions import Action
from dialogs.review import pages
from dialogs.review.dossier import is_locked
from dialogs.review.showing import saying
from dialogs.scene import Outcome, Scene
from templates.messages import message


def guarded(scene: Scene, outcome: Outcome) -> Outcome:
    """The outcome; or, where it would change what is locked, the page of the filing with a word about it."""
    changing = bool(outcome.changes or outcome.rename)
    if not changing or scene.filing is None or not is_locked(scene.place.state):
        return outcome
    withdraw = scene.may(Action.WITHDRAW)
    text = message("review/locked", state=str(scene.place.state), withdraw=withdraw)
    return pages.main(saying(scene.turned(pending={}), text))
