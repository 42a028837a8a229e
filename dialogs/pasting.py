"""Several answers in one message: each line read, read back, and what could not be taken said plainly."""

from collections.abc import Sequence

from dialogs.asking import ask_next
from dialogs.conversation import Screen
from dialogs.packing import mark_of, packed, unpacked
from dialogs.private.fields import is_elsewhere
from dialogs.route import progress
from dialogs.scene import Outcome, Scene
from dialogs.scores import bill, decided_by, running
from dialogs.showing import show
from dialogs.telling import told
from dialogs.together.around import said_by
from scoring.answers import Answer, given
from scoring.asked import asked, is_settled
from scoring.items import Item, Text
from scoring.reading import Ambiguous, NotUnderstood, Understood, looks_like_paste, read, read_lines
from scoring.scorecard import score
from templates import labels
from templates.messages import message

SHORT_LINE = 30  # characters


def is_paste(scene: Scene, text: str) -> bool:
    """Whether this message answers several questions at once."""
    if "\n" not in text.strip() or not looks_like_paste(wanted(scene), text):
        return False
    conversation = scene.conversation
    if conversation.screen is not Screen.QUESTION or not isinstance(scene.sheet.items.get(conversation.item), Text):
        return True
    pasted = read_lines(wanted(scene), text, today=scene.today)  # prose may begin like a label
    return not pasted.unmatched and all(isinstance(r, Understood) for _, r in pasted.matched)


def names_another(scene: Scene, text: str) -> bool:
    """Whether one line names another question and answers it: 在职人员数改成31."""
    words = isinstance(scene.item, Text)  # any words would do there: only a short line that names a figure does not
    if words and len(text) > SHORT_LINE:
        return False
    if not words and not isinstance(read(scene.item, text, today=scene.today), NotUnderstood):
        return False
    matched = read_lines(wanted(scene), text, today=scene.today).matched
    if len(matched) != 1 or matched[0][0].id == scene.item.id or not isinstance(matched[0][1], Understood):
        return False
    return not words or (matched[0][0].numeric and text.startswith(matched[0][0].label))


def wanted(scene: Scene) -> list[Item]:
    """The questions of the filing, the present one first: where a bare column of figures begins."""
    items = [i for i in asked(scene.sheet, scene.answers) if not is_elsewhere(scene, i)]
    place = next((n for n, i in enumerate(items) if i.id == scene.conversation.item), 0)
    ahead = [i for i in items[place:] if _open(scene, i)]
    return ahead + [i for n, i in enumerate(items) if n < place or not _open(scene, i)]


def _open(scene: Scene, item: Item) -> bool:
    return not is_settled(scene.sheet, item, scene.answers)


def take_lines(scene: Scene, text: str) -> Outcome:
    """Store every line that is clear and new; what would change earlier answers waits for 确认."""
    pasted = read_lines(wanted(scene), text, today=scene.today)
    fresh: list[tuple[Item, Answer]] = []
    edits: list[tuple[Item, Answer]] = []
    same: list[str] = []
    failed = [{"text": line, "reason": reason} for line, reason in pasted.unmatched]
    for item, reading in pasted.matched:
        match reading:
            case Understood(value, provisional):
                answer = given(value, provisional=provisional)
                old = scene.answers.get(item.id)
                if old is None or _open(scene, item) or old.provisional:
                    fresh.append((item, answer))
                elif old.value == value and old.given:
                    same.append(item.label)
                else:
                    edits.append((item, answer))
            case Ambiguous(question) | NotUnderstood(question):
                failed.append({"text": item.label, "reason": question})
    undo = []
    for item, answer in fresh:
        before = packed(scene.answers.get(item.id))
        scene = scene.answered(item.id, answer)
        undo.append({"item": item.id, "old": before, "new": packed(scene.answers.get(item.id))})
    after = scene
    for item, answer in edits:
        after = after.answered(item.id, answer)
    consequences = bill(scene.sheet, scene.answers, after.answers, tuple(i.id for i, _ in edits))
    ack = message(
        "pasted",
        recorded=[{"label": i.label, "value": told(i, a), "provisional": False} for i, a in fresh],
        same=same,
        edits=[{"label": i.label, "old": told(i, scene.answers.get(i.id)), "new": told(i, a)} for i, a in edits],
        failed=failed,
        lines=decided_by(scene.sheet, [i.id for i, _ in fresh], scene.answers),
        before=consequences.before,
        after=consequences.after,
        **running(score(scene.sheet, scene.answers)),
    )
    if not edits:
        return ask_next(behind(scene.turned(undo=tuple(undo))), ack, [(labels.UNDO, "undo")] if undo else [])
    return _ask_about(scene, edits, ack)


def _ask_about(scene: Scene, edits: Sequence[tuple[Item, Answer]], text: str) -> Outcome:
    """The changes wait for 确认, as long as the answers they change are still those that were shown."""
    rows = [[(labels.CONFIRM, "confirm"), (labels.CANCEL, "cancel")]]
    pending = {"edits": [[i.id, packed(a)] for i, a in edits], "was": {i.id: mark_of(scene.answers.get(i.id)) for i, _ in edits}}
    return show(scene, text, rows, screen=Screen.PASTE, item=scene.conversation.item, pending=pending)


def _changed_meanwhile(scene: Scene) -> Outcome | None:
    """The changes once more, beside what somebody else has made of the answers since they were shown; None where nobody has."""
    pending = scene.conversation.pending
    wishes = [(scene.sheet.items[i], unpacked(scene.sheet.items[i], data)) for i, data in pending["edits"]]
    edits = [(item, answer) for item, answer in wishes if answer is not None]
    was: dict[str, str] = pending.get("was", {})
    moved = [item for item, _ in edits if was.get(item.id) != mark_of(scene.answers.get(item.id))]
    if not was or not moved:
        return None
    lines = [
        {
            "label": i.label,
            "old": told(i, scene.answers.get(i.id)),
            "new": told(i, a),
            "news": said_by(scene, i) if i in moved else "",
        }
        for i, a in edits
    ]
    return _ask_about(scene, edits, message("together/paste_moved", edits=lines))


def confirm_lines(scene: Scene) -> Outcome:
    """Carry the changes of a paste out; one tap undoes them together."""
    if moved := _changed_meanwhile(scene):
        return moved
    undo = []
    before = score(scene.sheet, scene.answers)
    names = []
    for item_id, data in scene.conversation.pending["edits"]:
        item = scene.sheet.items[item_id]
        old = scene.answers.get(item_id)
        scene = scene.answered(item_id, unpacked(item, data))
        undo.append({"item": item_id, "old": packed(old), "new": packed(scene.answers.get(item_id))})
        names.append(item.label)
    after = score(scene.sheet, scene.answers)
    ack = message(
        "changed",
        label="、".join(names),
        value=f"共 {len(names)} 项",
        before=running(before)["total"],
        after=running(after)["total"],
    )
    return ask_next(behind(scene.turned(undo=tuple(undo))), ack, [(labels.UNDO, "undo")])


def behind(scene: Scene) -> Scene:
    """Stay with the present question while it is open: the next one is looked for from just before it."""
    items = [i.id for i in asked(scene.sheet, scene.answers)]
    place = items.index(scene.conversation.item) if scene.conversation.item in items else 0
    return scene.turned(item=items[place - 1] if place else "")


def example(scene: Scene) -> str:
    """Two labels of this form, to show how several answers are sent at once."""
    open_items = [i for s in progress(scene.sheet, scene.answers).sections for i in s.items if i.numeric]
    return "”换行“".join(f"{i.label} {i.good or 0}" for i in open_items[:2]) if len(open_items) > 1 else ""
