"""How a page of the review is put on the screen, and an order given whose result the next page shows.

A page remembers the button that shows it, so that it can be shown once more below a line.
"""

from collections.abc import Sequence
from dataclasses import replace

from dialogs.conversation import Screen
from dialogs.orders import Order
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, answered_press, show

PAGE = 2400  # characters on one page of a list


def page(scene: Scene, text: str, rows: Sequence[Row], name: str, screen: Screen = Screen.REVIEWING, item: str = "") -> Outcome:
    """This text and these buttons; `name` is the button that shows it. What was just done stands above."""
    said = scene.conversation.pending.get("ack", "")
    return show(scene, f"{said}\n\n{text}" if said else text, rows, screen=screen, item=item, pending={"page": name})


def saying(scene: Scene, text: str) -> Scene:
    """The scene whose next page begins with this line."""
    return scene.turned(pending={**scene.conversation.pending, "ack": text})


def ordered(scene: Scene, order: Order, then: str, said: str = "") -> Outcome:
    """Have it done, then show the page of this button with what was done above it."""
    after = replace(scene.conversation, pending={"ack": said} if said else {})
    return Outcome(after, answered_press(scene), scene.changes, orders=(order,), after=then)


def pages(costs: Sequence[int], room: int = PAGE, most: int = 0) -> list[range]:
    """The lines of a list in pages: as many as fit, at least one; one empty page when there is none.

    `most`: no page has more lines than that, where each has a button.
    """
    found: list[range] = []
    start, used = 0, 0
    for n, cost in enumerate(costs):
        if used + cost > room and n > start:
            found.append(range(start, n))
            start, used = n, 0
        used += cost
    found.append(range(start, len(costs)))
    return [part[n : n + most] for part in found for n in range(0, max(1, len(part)), most)] if most else found


def which(argument: str, count: int) -> int:
    """The page that is meant, from 0."""
    return min(int(argument), count - 1) if argument.isdecimal() and len(argument) < 5 else 0
