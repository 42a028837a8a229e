"""历史 in the chat: every change of a question, or of the whole filing, the latest first, a page at a time.

Not here: what happened (past.py).
"""

from dialogs.access.naming import SOMEBODY
from dialogs.conversation import Screen
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, page_of, show, turning
from dialogs.telling import told
from dialogs.together.around import YOU, moment, spaced
from dialogs.together.past import Past, past_of
from templates import labels
from templates.messages import message

PAGE = 8  # changes on one page
SHORT = 60  # characters of an answer


def show_history(scene: Scene, argument: str = "") -> Outcome:
    """A page of the history: `item:page`; without an item of the question on the screen, else of the whole filing."""
    item_id, _, page = argument.partition(":")
    if not argument and scene.conversation.screen in (Screen.QUESTION, Screen.BILL, Screen.STANDS):
        item_id = scene.conversation.item
    assert scene.filing is not None
    known = item_id in scene.sheet.items
    past = scene.world.read(past_of, scene.filing.id, scene.sheet, item_id if known else "")[::-1]
    shown, at, pages = page_of(past, int(page) if page.isdecimal() else 0, PAGE)
    item = scene.sheet.items.get(item_id)
    answer = scene.answers.get(item_id)
    text = message(
        "together/history",
        label=item.label if item else "",
        title=scene.sheet.title,
        now=told(item, answer) if item and answer else "",
        source=answer.source if item and answer else "",
        lines=[_line(scene, p, alone=item is not None) for p in shown],
        page=at + 1,
        pages=pages,
    )
    turn = turning(f"history:{item_id}:", at, pages)
    below = [(labels.BACK_TO_QUESTION, f"jump:{item_id}")] if item else [(labels.CONTINUE, "continue")]
    rows: list[Row] = [turn, [*below, (labels.CONTENTS, "contents")]]
    pending = {"about": f"{item_id}:{at}"}
    return show(scene, text, [r for r in rows if r], screen=Screen.HISTORY, item=scene.conversation.item, pending=pending)


def again(scene: Scene, _: str) -> Outcome:
    """The page once more."""
    return show_history(scene, str(scene.conversation.pending.get("about", "")))


def _line(scene: Scene, past: Past, *, alone: bool) -> dict[str, str]:
    who = YOU if past.person == scene.rights.person else past.name or SOMEBODY
    what = "" if alone else f"{past.label}　"
    if past.answered_by:
        who = f"{past.answered_by}（{who}采用）"
    return {"when": moment(scene, past.at), "who": spaced(who).strip(), "what": what, "did": _did(scene, past)}


def _did(scene: Scene, past: Past) -> str:
    if past.renamed:
        return f"{past.renamed[0] or '（没有名称）'} → {past.renamed[1]}"
    item = scene.sheet.items[past.item]
    old, new = (told(item, a)[:SHORT] for a in (past.old, past.new))
    if past.aside:
        return f"也填了 {new}，当时已有 {old}"
    said = f"清空（原来 {old}）" if past.new is None else f"填 {new}" if past.old is None else f"{old} → {new}"
    return f"{said}，原因：{past.reason}" if past.reason else said
