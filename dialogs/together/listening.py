"""On the screens of this room the words that mean something everywhere (目录, 第5题 …) still do."""

from collections.abc import Callable

from dialogs import contents
from dialogs.buttons import act
from dialogs.scene import Outcome, Scene
from dialogs.words import GAP, NUMBER, WORDS

Hear = Callable[[Scene, str], Outcome]


def unless_elsewhere(hear: Hear) -> Hear:
    """What a screen hears, unless the words lead away from it."""

    def heard(scene: Scene, text: str) -> Outcome:
        number = NUMBER.fullmatch(text) or GAP.fullmatch(text)
        if number and scene.form is not None:
            return contents.jump(scene, int(number[1] or number[2]))
        return act(scene, WORDS[text]) if text in WORDS else hear(scene, text)

    return heard
