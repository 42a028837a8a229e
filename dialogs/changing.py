"""An answer given earlier is changed: first what follows from it (the bill), then 确认; one tap takes it back."""

from dialogs.asking import ask, ask_next, resume
from dialogs.conversation import Screen
from dialogs.packing import packed, unpacked
from dialogs.scene import Outcome, Scene
from dialogs.scores import bill, running
from dialogs.showing import said_first, show
from dialogs.telling import told
from scoring.answers import Answer
from scoring.asked import is_asked, is_settled
from scoring.items import Item
from scoring.scorecard import score
from scoring.wording import quoted
from templates import labels
from templates.messages import message


def undoable(scene: Scene, item: Item, old: Answer | None) -> Scene:
    """The scene in which 撤销 takes this item back to its old answer."""
    now = scene.answers.get(item.id)
    return scene.turned(undo=({"item": item.id, "old": packed(old), "new": packed(now)},), latest=item.id)


def present_bill(scene: Scene, item: Item, old: Answer, new: Answer, *, toast: str = "") -> Outcome:
    """What follows from changing an earlier answer, with 确认 and 取消."""
    after = scene.answered(item.id, new)
    consequences = bill(scene.sheet, scene.answers, after.answers, (item.id,))
    text = message("bill", label=item.label, old=told(item, old), new=told(item, new), **consequences.facts())
    rows = [[(labels.CONFIRM, "confirm"), (labels.CANCEL, "cancel")]]
    return show(scene, text, rows, screen=Screen.BILL, item=item.id, pending={"new": packed(new)}, toast=toast)


def present_again(scene: Scene, ack: str, *, toast: str = "") -> Outcome:
    """The bill once more, when what was typed is neither 确认 nor 取消."""
    item, new = scene.item, unpacked(scene.item, scene.conversation.pending.get("new"))
    old = scene.answers.get(item.id)
    if new is None or old is None:
        return resume(scene, "")
    return said_first(present_bill(scene, item, old, new, toast=toast), ack)


def confirm_bill(scene: Scene) -> Outcome:
    """Carry the change out; one tap undoes it."""
    item = scene.item
    new = unpacked(item, scene.conversation.pending.get("new"))
    old = scene.answers.get(item.id)
    before = score(scene.sheet, scene.answers)
    scene = undoable(scene.answered(item.id, new), item, old)
    after = score(scene.sheet, scene.answers)
    facts = {"before": running(before)["total"], "after": running(after)["total"]}
    ack = message("changed", label=item.label, value=told(item, new), **facts)
    return ask_next(scene, ack, [(labels.UNDO, "undo")])


def cancel(scene: Scene) -> Outcome:
    """Leave the answer as it was and go back to the question."""
    item = scene.item
    answer = scene.answers.get(item.id)
    ack = message("kept", label=item.label, value=told(item, answer)) if answer else ""
    return ask_next(scene, ack) if answer and is_settled(scene.sheet, item, scene.answers) else ask(scene, item.id, ack)


def undo(scene: Scene) -> Outcome:
    """Take the last confirmed change back, unless the answer has moved on since."""
    entries = scene.conversation.undo
    acks: list[str] = []
    for entry in entries:  # all or nothing
        item = scene.sheet.items[entry["item"]]
        if packed(scene.answers.get(item.id)) != entry["new"]:
            return resume(scene.turned(undo=()), f"{quoted(item.label)}后来又改过，没法撤销了。")
    for entry in entries:
        item = scene.sheet.items[entry["item"]]
        old = unpacked(item, entry["old"])
        scene = scene.answered(item.id, old)
        acks.append(message("undone", label=item.label, value=told(item, old)))
    if not acks:
        return resume(scene, "没有可以撤销的修改。")
    scene = scene.turned(undo=())
    if len(entries) == 1 and entries[0]["old"] is None and is_asked(scene.sheet, item, scene.answers):
        return ask(scene, item.id, "\n".join(acks))  # it is open again: so it is what is asked
    return resume(scene, "\n".join(acks))
