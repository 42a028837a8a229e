"""An answer that came from another filing is changed only with a reason, and some are not changed here at all.

Every step passes `guarded`, however the change came about: typed, pasted, tapped, undone. What needs no reason is
kept at once; the rest waits in the conversation for its reason. Not here: what counts as a change (scoring/beside/changes.py).
"""

from dataclasses import replace

from dialogs.arriving import refusal, spaced, way_there
from dialogs.asking import ask, ask_next
from dialogs.conversation import Screen
from dialogs.packing import mark_of, packed, unpacked
from dialogs.scene import Change, Outcome, Scene
from dialogs.scores import running
from dialogs.showing import show
from dialogs.telling import told
from scoring.answers import Answer
from scoring.beside.changes import added_lines, lost_lines, overridden
from scoring.beside.overlay import is_locked
from scoring.scorecard import score
from scoring.wording import quoted
from templates import labels
from templates.messages import message

SOURCE_MOVED = "带来这一项的那张表刚才改过了，这个改动没有记；请看一眼现在的数，要改再改一次。"
SHORTEST, LONGEST = 2, 200  # characters of a reason


def guarded(scene: Scene, outcome: Outcome) -> Outcome:
    """The outcome, or the question for a reason, or a kind refusal, where it changes what came from another filing."""
    if not scene.brought or scene.form is None or not any(c.item in scene.brought for c in outcome.changes):
        return outcome
    refused = [c for c in outcome.changes if _refused(scene, c)]
    wanting = [c for c in outcome.changes if c not in refused and _wants_reason(scene, c)]
    if not refused and not wanting:
        return outcome
    others = [c for c in outcome.changes if c not in refused and c not in wanting]
    for change in others:
        scene = scene.answered(change.item, change.new)
    recorded = [f"已记：{scene.sheet.items[c.item].label} {told(scene.sheet.items[c.item], c.new)}" for c in others]
    said = "\n".join([*recorded, *(refusal(scene, scene.sheet.items[c.item]) for c in refused)])
    if wanting:
        changes = [[c.item, packed(c.new)] for c in wanting]
        return ask_reason(scene.turned(pending={"changes": changes}), said)
    item = scene.sheet.items[refused[0].item]
    return ask(scene, item.id, said, way_there(scene, item))


def _refused(scene: Scene, change: Change) -> bool:
    """Whether a change is not for here: of a locked answer, or leaving out a line that arrived."""
    item, brought = scene.sheet.items[change.item], scene.brought.get(change.item)
    if brought is None or change.new is None:
        return False
    if lost_lines(item, brought, change.new):
        return True
    if not is_locked(scene.sheet, item.id):
        return False
    rougher = change.new.provisional and not brought.provisional
    return rougher or bool(overridden(item, brought, change.new) or added_lines(item, brought, change.new))


def _wants_reason(scene: Scene, change: Change) -> bool:
    """Whether something that arrived is said otherwise than before, without a new reason."""
    item, brought = scene.sheet.items[change.item], scene.brought.get(change.item)
    more = overridden(item, brought, change.new) - overridden(item, brought, change.old)
    return bool(more) and change.new is not None and change.new.reason == (change.old.reason if change.old else "")


def ask_reason(scene: Scene, ack: str = "", *, toast: str = "") -> Outcome:
    """The question for the reason of the changes that wait for it."""
    pending = scene.conversation.pending
    if _source_moved(scene):
        return _anew(scene)
    items = [scene.sheet.items[i] for i, _ in pending["changes"]]
    text = message(
        "reason",
        ack=ack,
        changes=[
            {"label": i.label, "old": told(i, scene.answers.get(i.id)), "new": told(i, unpacked(i, data))}
            for i, (_, data) in zip(items, pending["changes"], strict=True)
        ],
        source=spaced(scene.brought[items[0].id].source),
    )
    rows = [[(words, f"reason:{n}")] for n, words in enumerate(labels.REASONS)]
    changes = {"changes": pending["changes"], "from": {i.id: mark_of(scene.brought[i.id]) for i in items}}
    return show(
        scene,
        text,
        [*rows, [(labels.CANCEL, "cancel")]],
        screen=Screen.REASON,
        item=scene.conversation.item,
        pending=changes,
        toast=toast,
    )


def _source_moved(scene: Scene) -> bool:
    """Whether what arrived has changed or gone, in another chat, since the reason was asked for."""
    pending = scene.conversation.pending
    seen: dict[str, str] = pending.get("from", {})
    marks = {i: mark_of(scene.brought[i]) if i in scene.brought else None for i, _ in pending["changes"]}
    return any(mark is None or mark != seen.get(i, mark) for i, mark in marks.items())


def _anew(scene: Scene) -> Outcome:
    """The question again, with what stands there now: a change of what is gone means nothing."""
    item_id = scene.conversation.pending["changes"][0][0]
    return ask(scene.turned(pending={}), item_id, SOURCE_MOVED)


def tap_reason(scene: Scene, number: str) -> Outcome:
    """One of the reasons there often are."""
    if scene.conversation.screen is not Screen.REASON or not number.isdecimal() or int(number) >= len(labels.REASONS):
        return ask_next(scene)
    return hear_reason(scene, labels.REASONS[int(number)])


def hear_reason(scene: Scene, text: str) -> Outcome:
    """The reason as typed: the changes are carried out with it; one tap undoes them."""
    words = " ".join(text.split())
    if _source_moved(scene):
        return _anew(scene)
    if not SHORTEST <= len(words) <= LONGEST:
        return ask_reason(scene, f"原因写 {SHORTEST}–{LONGEST} 个字就行。")
    before = score(scene.sheet, scene.answers)
    undo, names = [], []
    for item_id, data in scene.conversation.pending["changes"]:
        item, old = scene.sheet.items[item_id], scene.answers.get(item_id)
        new = unpacked(item, data)
        if new is None:
            continue
        scene = scene.answered(item_id, replace(new, reason=_joined(old, words)))
        undo.append({"item": item_id, "old": packed(old), "new": packed(scene.answers.get(item_id))})
        names.append(f"{quoted(item.label)}{told(item, scene.answers.get(item_id))}")
    after = score(scene.sheet, scene.answers)
    ack = message(
        "changed_with_reason",
        changes=names,
        reason=words,
        before=running(before)["total"],
        after=running(after)["total"],
        scored=bool(scene.sheet.indicators),
    )
    return ask_next(scene.turned(undo=tuple(undo), pending={}), ack, [(labels.UNDO, "undo")])


def _joined(old: Answer | None, words: str) -> str:
    """The reason with the one there was for an earlier change of another cell."""
    before = old.reason if old is not None else ""
    return words if not before or before == words else f"{before}；{words}"[-2 * LONGEST :]


def cancel_reason(scene: Scene) -> Outcome:
    """The changes are dropped."""
    return ask(scene, scene.conversation.item, "好的，没有改。") if scene.conversation.item else ask_next(scene, "好的，没有改。")
