"""Somebody who belongs nowhere, where nobody comes in uninvited: a friendly explanation, and nothing else.

Also for somebody who was removed or left. Not here: using an invitation (joining.py).
"""

import re

from dialogs.access import codes
from dialogs.conversation import Screen
from dialogs.events import Said
from dialogs.scene import Outcome, Scene
from dialogs.showing import show
from scoring.textgate import clean
from templates.messages import message

_LIKE_A_CODE = re.compile(r"[0-9A-Za-z\s\-‐–—_]{8,60}")


def explain(scene: Scene, first: str = "") -> Outcome:
    """What this is, and how to come in."""
    return show(scene, message("access/stranger", first=first or _near_miss(scene)), screen=Screen.START)


def _near_miss(scene: Scene) -> str:
    """A word about a code that lost a part on the way here. It says nothing about any code there is."""
    action = scene.event.action
    text = clean(action.text).strip() if isinstance(action, Said) else ""
    if not _LIKE_A_CODE.fullmatch(text) or text.startswith("/"):
        return ""
    length = sum(ch.isalnum() for ch in text)
    return message("access/not_a_code", length=length, wanted=codes.LENGTH) if any(ch.isdigit() for ch in text) else ""
