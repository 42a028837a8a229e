"""我的: what the bot knows somebody as — name, hats, places — and the ways from there: colleagues, own data, leaving.

Also what the room adds to the start page. Not here: the pages these buttons lead to.
"""

from collections.abc import Sequence

from dialogs.access import hats, places
from dialogs.access.naming import person_name, roles_named
from dialogs.access.permissions import Action
from dialogs.access.rights import Place
from dialogs.conversation import Screen
from dialogs.orders import Doing, Order
from dialogs.private.doors import NAME
from dialogs.replies import Door, Message, Reply
from dialogs.rooms import Home
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, answered_press, show
from dialogs.store import journal, members
from templates import labels
from templates.messages import message

MOST = 20  # places with a button of their own


def home(scene: Scene) -> Home:
    """The start page: who one is here, other hats with one tap, and the way to 我的."""
    if scene.rights.none:
        return Home()
    held = hats.places_held(scene)
    lines = ["你在这里：", *(f"· {line}" for line in held)] if held else []
    lines += [line for line in (hats.line(scene),) if line]
    below = [*_each(hats.switch(scene)), [(labels.ME, "me")]]
    return Home([*lines, ""] if lines else (), (), below)


def _each(buttons: Row) -> list[Row]:
    return [buttons[n : n + 2] for n in range(0, len(buttons), 2)]


def back(scene: Scene) -> list[tuple[str, str]]:
    """The button back to what somebody was at."""
    return [(labels.BACK_TO_FILING, f"filing:{scene.filing.id}")] if scene.filing else [(labels.HOME, "home")]


def page(scene: Scene, first: str = "") -> Outcome:
    """我的."""
    name = scene.world.read(members.name_of, scene.rights.person)
    held = places.own(scene)
    text = message(
        "access/me",
        first=first,
        whom=name,
        held=[f"{spot.name}：{roles_named(roles)}" for spot, roles in held],
        hat=hats.line(scene),
    )
    rows: list[Row] = [[(labels.MEMBERS, "colleagues"), (labels.CALL_ME, "call_me")], *_each(hats.switch(scene))]
    rows += [[(labels.MY_DATA, "my_data"), (labels.LEAVE, "leaving")], back(scene)]
    return show(scene, text, rows, screen=Screen.ME, item=scene.conversation.item)


def page_again(scene: Scene, first: str) -> Outcome:
    """我的 once more, below a line."""
    return page(scene, first)


def choose_place(scene: Scene, action: str, text: str) -> Outcome | None:
    """Which of several places is meant; None where there is one only."""
    held = places.own(scene)
    if len(held) < 2:
        return None
    rows = [[(spot.name, f"{action}:{spot.key}")] for spot, _ in held[:MOST]]
    return show(scene, text, [*rows, [(labels.ME, "me")]], screen=Screen.ME, item=scene.conversation.item)


def ask_name(scene: Scene, wrong: str = "") -> Outcome:
    """How somebody is called: what colleagues see beside their answers."""
    name = scene.world.read(members.name_of, scene.rights.person)
    rows = [[(labels.NOT_NOW, "me" if name else "home")]]
    if scene.private:
        door = Door(NAME, scene.rights.person, {"said": "写姓名"})
        text = message("private/name", wrong=wrong)
        return show(scene, text, rows, screen=Screen.MY_NAME, item=scene.conversation.item, door=door)
    text = message("access/call_me", wrong=wrong, whom=name)
    return show(scene, text, rows, screen=Screen.MY_NAME, item=scene.conversation.item)


def hear_name(scene: Scene, text: str) -> Outcome:
    """The name as typed."""
    if scene.private:
        return ask_name(scene, "刚才发的我没有记，也已经从服务器上抹掉；请长按那条消息，把它从聊天里删掉。")
    name, wrong = person_name(text)
    if wrong:
        return ask_name(scene, wrong)
    order = Order(Action.OWN, Place(), call, {"name": name})
    known = scene.world.read(members.name_of, scene.rights.person)
    conversation = scene.turned(screen=Screen.START).conversation
    return Outcome(conversation, answered_press(scene), orders=(order,), after="me" if known or scene.filing else "home")


def call(doing: Doing, name: str) -> Sequence[Reply]:
    """Keep somebody's name. The journal says that it changed, not what it was."""
    members.call(doing.c, doing.person, name)
    journal.note(doing.c, doing.person, "named", Place(), {}, doing.at)
    return (Message(message("access/called", whom=name)),)
