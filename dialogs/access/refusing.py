"""A kind no to somebody who may not do what they wished, with the present screen left as it is.

Every refusal is noted in the journal (Outcome.denied). Not here: who may do what (permissions.py).
"""

from dataclasses import replace

from dialogs.access import strangers
from dialogs.access.permissions import Action, Role
from dialogs.replies import Message
from dialogs.scene import Outcome, Scene
from dialogs.showing import answered_press
from templates.messages import message


def refused(scene: Scene, needs: Action, button: str = "") -> Outcome:
    """Nothing happens, and why. `button`: what was pressed, for the journal."""
    denied = f"{needs}: {button}" if button else str(needs)
    if scene.stranger:
        return replace(strangers.explain(scene), denied=denied)
    here = scene.rights.roles_at(scene.place) if scene.filing is not None else frozenset()
    only_looks = bool(here) and not here - {Role.OBSERVER, Role.OVERSEER}
    nothing_open = scene.filing is None and needs is Action.READ
    facts = {"only_looks": only_looks, "nothing_open": nothing_open}
    text = message("access/denied", state=scene.place.state or "", filing=scene.filing is not None, **facts)
    return Outcome(scene.conversation, (*answered_press(scene), Message(text)), denied=denied)


def not_theirs(scene: Scene, what: str) -> Outcome:
    """Something that belongs to others, or does not exist: which of the two is not told. Back to the start page."""
    text = message("access/denied", state="", filing=False)
    return Outcome(scene.conversation.elsewhere(), (*answered_press(scene), Message(text)), denied=what, leaving=True)
