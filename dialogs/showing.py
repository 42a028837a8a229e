"""How a step ends: a message with live buttons, and the conversation that knows what they mean.

Buttons carry `turn.index`; what they stand for stays here, so a forged or stale one means nothing.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from dialogs.conversation import Screen
from dialogs.events import Pressed
from dialogs.packing import mark_of
from dialogs.replies import Button, Door, Message, Reply, Toast
from dialogs.scene import Outcome, Scene
from scoring.columns import Rows, Survey
from templates import labels
from templates.messages import fit

OURS = re.compile(r"[0-9a-z]{8}\.(?:0|[1-9][0-9]{0,2})")  # a button of a screen: its turn and its place
STANDING = re.compile(r"([0-9a-z]{12})\.(0|[1-9][0-9]{0,2})")  # a button of a notice, as the store knows it
Row = Sequence[tuple[str, str]]  # (label, action)
T = TypeVar("T")


def show(
    scene: Scene,
    text: str,
    rows: Sequence[Row] = (),
    *,
    screen: Screen,
    item: str = "",
    pending: Mapping[str, Any] | None = None,
    edits: int = 0,
    toast: str = "",
    more: Sequence[Reply] = (),
    partly: bool = False,
    door: Door | None = None,
) -> Outcome:
    """The outcome that puts this text and these buttons on the screen. `partly`: the present answer does not stand in it.
    `door`: a link that stands below the text.

    With `edits` (the id of a message) the buttons keep their turn, so that a second quick tap still counts.
    """
    conversation = scene.conversation
    turn = conversation.turn if edits and conversation.turn else scene.new_id()
    flat = [pair for row in rows for pair in row]
    buttons: list[tuple[Button, ...]] = []
    n = 0
    for row in rows:
        buttons.append(tuple(Button(label, f"{turn}.{n + k}") for k, (label, _) in enumerate(row)))
        n += len(row)
    shown = replace(
        conversation,
        screen=screen,
        item=item,
        turn=turn,
        before=conversation.before if turn == conversation.turn else _pressed(scene) or conversation.turn,
        labels=tuple(label for label, _ in flat),
        actions=tuple(action for _, action in flat),
        pending={**(pending or {}), **_seen(scene, screen, item, partly)},
    )
    message = Message(fit(text), tuple(b for b in buttons if b), edits, door)
    return Outcome(shown, (*answered_press(scene, toast), message, *more), scene.changes)


_ANSWERING = (Screen.QUESTION, Screen.CHOOSING, Screen.BILL)


def _seen(scene: Scene, screen: Screen, item: str, partly: bool) -> dict[str, str]:
    """What the answer was when its question was put: the place of a line must mean the same when it is answered, and what
    somebody else has said since must not be lost. A question that is put again in brief keeps what was seen first."""
    asked = scene.form.items.get(item) if scene.form is not None else None
    if screen not in _ANSWERING or asked is None:
        return {}
    before = scene.conversation
    again = partly and before.screen in _ANSWERING and before.item == item and not any(c.item == item for c in scene.changes)
    if again and "seen" in before.pending and not isinstance(asked, Rows | Survey):
        return {"seen": before.pending["seen"]}
    return {"seen": mark_of(scene.answers.get(item))}


def changed_meanwhile(scene: Scene) -> bool:
    """Whether the answer to the question on the screen has changed since it was put: in another chat, or where it comes from."""
    conversation = scene.conversation
    if scene.form is None or conversation.screen not in _ANSWERING or conversation.item not in scene.form.items:
        return False
    seen = conversation.pending.get("seen")
    return seen is not None and seen != mark_of(scene.answers.get(conversation.item))


def _pressed(scene: Scene) -> str:
    """The button that brought this screen about: pressed a second time, it is only a double tap."""
    return scene.event.action.token if isinstance(scene.event.action, Pressed) else ""


def answered_press(scene: Scene, text: str = "") -> tuple[Reply, ...]:
    """Every button press wants an answer, even an empty one."""
    return (Toast(scene.event.query, text),) if scene.event.query else ()


def quiet(scene: Scene, toast: str, *, refused: str = "") -> Outcome:
    """Nothing changes on the screen; the press is answered."""
    return Outcome(scene.conversation, answered_press(scene, toast), scene.changes, refused=refused)


def said_first(outcome: Outcome, text: str) -> Outcome:
    """The outcome with a line above its first message."""
    place = next((n for n, r in enumerate(outcome.replies) if isinstance(r, Message)), None)
    if place is None:
        return outcome
    first = outcome.replies[place]
    assert isinstance(first, Message)
    said = replace(first, text=fit(f"{text}\n\n{first.text}"))
    return replace(outcome, replies=(*outcome.replies[:place], said, *outcome.replies[place + 1 :]))


def wrapped(buttons: Row, width: int) -> list[Row]:
    """Buttons in rows of at most `width`."""
    return [buttons[n : n + width] for n in range(0, len(buttons), width)]


def page_of(listed: Sequence[T], wanted: int, size: int) -> tuple[Sequence[T], int, int]:
    """The lines on the page that is wanted (from 0), which page that really is, and how many there are: at least one."""
    count = max(1, -(-len(listed) // size))
    at = min(max(wanted, 0), count - 1)
    return listed[at * size : (at + 1) * size], at, count


def turning(action: str, number: int, count: int) -> Row:
    """The buttons to the page before and behind this one of a list; `action` up to the number of the page."""
    turn = [(labels.PREVIOUS_PAGE, f"{action}{number - 1}")] if number else []
    return [*turn, (labels.NEXT_PAGE, f"{action}{number + 1}")] if number + 1 < count else turn
