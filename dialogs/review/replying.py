"""What a filler does about one remark: goes to the question, says that it is done, or answers in words."""

from collections.abc import Sequence

from dialogs.access.permissions import Action
from dialogs.asking import ask
from dialogs.conversation import Screen
from dialogs.orders import Doing, Order
from dialogs.replies import Message, Reply
from dialogs.review.above import mark_done, waiting
from dialogs.review.deciding import LONGEST, SHORTEST
from dialogs.review.dossier import said_by
from dialogs.review.returned import show_list
from dialogs.review.showing import ordered, saying
from dialogs.review.words import where
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, show, wrapped
from dialogs.store import filings, journal, remarks, standing
from dialogs.store.remarks import Remark
from dialogs.store.submissions import AT_WORK
from scoring.asked import asked
from templates import labels
from templates.messages import message


def _found(scene: Scene, id: str) -> Remark | None:
    return next((r for r in waiting(scene) if r.id == id), None)


def remark(scene: Scene, id: str) -> Outcome:
    """One remark: its question; of an indicator or the whole filing, a page with the ways to mend it."""
    found = _found(scene, id)
    if found is None:
        return show_list(scene, "这一条已经处理过了。")
    now = {i.id: i for i in asked(scene.sheet, scene.answers)}
    if found.about == "item" and found.place in now:
        return ask(scene, found.place)
    place = next((p for p in scene.sheet.indicators if p.indicator.id == found.place), None)
    items = [now[i] for i in scene.sheet.reads_with_points(place.indicator) if i in now] if place else []
    text = message(
        "review/remark", where=where(scene, found), who=said_by(found.name, "审核人"), text=found.text, items=bool(items)
    )
    numbers = scene.sheet.numbers
    jumps = [(f"{numbers[i.id]} {i.label}"[:18], f"jump:{i.id}") for i in items[:8]]
    rows: list[Row] = [
        *wrapped(jumps, 2),
        [(labels.REMARK_DONE, f"rv_done:{id}"), (labels.REMARK_ANSWER, f"rv_reply:{id}")],
        [(labels.RETURNED_LIST, "returned"), (labels.CONTENTS, "contents")],
    ]
    return show(scene, text, rows, screen=Screen.RETURNED, pending={"page": f"rv_remark:{id}"})


def done(scene: Scene, id: str) -> Outcome:
    """这条改好了."""
    if _found(scene, id) is None or scene.filing is None:
        return show_list(scene, "这一条已经处理过了。")
    order = Order(Action.ANSWER, scene.place, mark_done, {"filing": scene.filing.id, "ids": [id]})
    return ordered(scene, order, "returned")


def ask_reply(scene: Scene, id: str) -> Outcome:
    """The words for the reviewer, to be typed."""
    found = _found(scene, id)
    if found is None:
        return show_list(scene, "这一条已经处理过了。")
    said = scene.conversation.pending.get("ack", "")
    text = message("review/reply", ack=said, where=where(scene, found), who=said_by(found.name, "审核人"), text=found.text)
    pending = {"page": f"rv_reply:{id}"}
    return show(scene, text, [[(labels.RETURNED_LIST, "returned")]], screen=Screen.REVIEW_REPLY, pending=pending)


def hear_reply(scene: Scene, text: str) -> Outcome:
    """The words: kept beside the remark, which is settled with them."""
    id = str(scene.conversation.pending.get("page", "")).partition(":")[2]
    found = _found(scene, id)
    if found is None or scene.filing is None:
        return show_list(scene, "这一条已经处理过了，刚才这句没有记。")
    words = " ".join(text.split())
    if not SHORTEST <= len(words) <= LONGEST:
        return ask_reply(saying(scene, f"写 {SHORTEST}–{LONGEST} 个字，收到 {len(words)} 个字，没有记。"), id)
    values = {"filing": scene.filing.id, "to": found, "text": words}
    order = Order(Action.ANSWER, scene.place, keep_reply, values)
    return ordered(scene, order, "returned", f"已记答复：{words}")


def keep_reply(doing: Doing, filing: str, to: Remark, text: str) -> Sequence[Reply]:
    """Keep what the filler says to a remark, and count it as settled."""
    own = filings.filing(doing.c, filing)
    if own is None or not standing.hold(doing.c, filing, AT_WORK):
        return (Message("这份已经提交了，刚才这句没有记。"),)
    remarks.done(doing.c, filing, [to.id], doing.person, doing.at)
    said = Remark(doing.office.new_id(), to.round, to.about, to.place, doing.person, doing.at, text, doing.at, doing.person)
    remarks.add(doing.c, filing, said)
    journal.note(doing.c, doing.person, "remark answered", own.place, {"round": to.round}, doing.at)
    return ()
