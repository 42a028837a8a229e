"""An answer stored, and read back above the next question with what it does to the score."""

from dataclasses import replace

from dialogs.asking import ask_next, resume
from dialogs.changing import undoable
from dialogs.scene import Outcome, Scene
from dialogs.scores import decided_by, remarks, running
from dialogs.showing import Row
from dialogs.telling import told
from scoring.answers import Answer
from scoring.items import Item, Manual, Text
from scoring.scorecard import score
from scoring.wording import quoted
from templates import labels
from templates.messages import message


def store(scene: Scene, item: Item, new: Answer, *, toast: str = "") -> Outcome:
    """The answer stored and read back above the next question."""
    scene = undoable(scene.answered(item.id, new), item, scene.answers.get(item.id))
    return ask_next(scene, recorded(scene, item, new), after_answer(scene, item, new), toast=toast)


def recorded(scene: Scene, item: Item, answer: Answer) -> str:
    """What was understood, what it does to the score, and what does not fit."""
    lines = decided_by(scene.sheet, [item.id], scene.answers)
    return message(
        "recorded",
        label=item.label,
        value=told(item, answer),
        provisional=answer.provisional,
        lines=[] if isinstance(item, Manual) else lines,  # the points and the reason stand in the line above
        scored=bool(lines),
        remarks=remarks(scene.sheet, (item.id,), scene.answers),
        **running(score(scene.sheet, scene.answers)),
    )


def after_answer(scene: Scene, item: Item, answer: Answer) -> Row:
    """Buttons about the answer just given, below the next question."""
    row: list[tuple[str, str]] = []
    if answer.given and not answer.provisional and item.numeric:
        row.append((labels.PROVISIONAL, f"provisional:{item.id}"))
    if decided_by(scene.sheet, [item.id], scene.answers):
        row.append((labels.PRINTED, f"printed:{item.id}"))
    return row


def mark_provisional(scene: Scene, item_id: str) -> Outcome:
    """暂估: the answer counts, is marked in print, and is asked again later."""
    item, answer = scene.sheet.items[item_id], scene.answers.get(item_id)
    if answer is None or not answer.given:
        return resume(scene, "")
    if isinstance(item, Text):
        return resume(scene, f"{quoted(item.label)}是文字，不用标暂估。")
    scene = undoable(scene.answered(item_id, replace(answer, provisional=True)), item, answer)
    return resume(scene, recorded(scene, item, replace(answer, provisional=True)))
