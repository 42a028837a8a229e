"""On the screens of this room the words that mean something everywhere (目录, 先停一停 …) still do."""

from collections.abc import Callable

from dialogs.buttons import act
from dialogs.scene import Outcome, Scene
from dialogs.words import WORDS

Hear = Callable[[Scene, str], Outcome]


def unless_elsewhere(hear: Hear) -> Hear:
    """What a screen hears, unless the words lead away from it."""

    def heard(scene: Scene, text: str) -> Outcome:
        return act(scene, WORDS[text]) if text in WORDS else hear(scene, text)

    return heard
