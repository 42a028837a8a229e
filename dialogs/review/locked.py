"""No answer changes while a filing is handed in or approved, however the change comes about: typed, pasted, tapped, undone;
nor by somebody who may only read. They see the answer instead of the question.

The last look at a step's outcome, beside the reasons for changed arrivals. The store looks once more (filings.apply).
"""

from dataclasses import replace

from dialogs.access.permissions import Action
from dialogs.conversation import Screen
from dialogs.events import Said
from dialogs.review import answers, pages
from dialogs.review.showing import saying
from dialogs.scene import Outcome, Scene
from templates.messages import message

CHANGING = (Screen.BILL, Screen.PASTE, Screen.CHOOSING, Screen.REASON)  # a change waits there for its word


def guarded(scene: Scene, outcome: Outcome) -> Outcome:
    """The outcome; or, where it would change what is not to be changed, the page of the filing with a word about it."""
    if scene.filing is None or scene.may(Action.ANSWER) or outcome.opening or outcome.leaving:
        return outcome
    screen, same = outcome.conversation.screen, outcome.conversation.item == scene.conversation.item
    typed = isinstance(scene.event.action, Said) and scene.conversation.screen is Screen.QUESTION and same
    changing = bool(outcome.changes or outcome.rename) or screen in CHANGING
    if not changing and screen is not Screen.QUESTION:
        return outcome
    shown = scene.turned(pending={})
    denied = outcome.denied or (str(Action.ANSWER) if outcome.changes or outcome.rename else "")
    if not changing and not typed and not outcome.denied:
        return answers.item(shown, outcome.conversation.item)
    text = message("review/locked", talk=False, page=False, state=str(scene.place.state), withdraw=scene.may(Action.WITHDRAW))
    return replace(pages.main(saying(shown, text)), denied=denied)
