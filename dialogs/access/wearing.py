"""Changing hats: what is on the screen is shown anew to the role somebody speaks as from now on.

Not here: which hats there are, and the line that says which one is on (hats.py).
"""

from dialogs import returning
from dialogs.access.hats import others, switch, worn
from dialogs.access.naming import role_name
from dialogs.conversation import Screen
from dialogs.replies import Message
from dialogs.scene import Outcome, Scene
from dialogs.showing import answered_press, show
from templates.messages import message


def wear(scene: Scene, role: str) -> Outcome:
    """Put another hat on; what is on the screen is shown to the new role."""
    if role not in others(scene):
        return choose(scene)
    turned = scene.turned(hat=role)
    if turned.filing is None:
        return Outcome(turned.conversation.elsewhere(), answered_press(scene), leaving=True)
    return returning.arrive(turned.turned(screen=Screen.START, pending={}))


def choose(scene: Scene) -> Outcome:
    """换身份, typed: changed at once where there is one other hat."""
    possible = others(scene)
    here = worn(scene)
    if len(possible) == 1:
        return wear(scene, possible[0])
    if not possible or here is None:
        text = message("access/one_hat", role=role_name(here) if here else "")
        return Outcome(scene.conversation, (*answered_press(scene), Message(text)))
    text = message("access/hats", role=role_name(here))
    return show(scene, text, [[button] for button in switch(scene)], screen=Screen.ME, item=scene.conversation.item)
