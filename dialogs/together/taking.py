"""A colleague's reply taken or not by whoever owns the question; beside an answer there is already, both are shown first.

Not here: the question (colleagues.py), or how the reply was given (replying.py).
"""

from dataclasses import replace

from dialogs.access.naming import SOMEBODY
from dialogs.access.permissions import Action
from dialogs.asking import ask, ask_next
from dialogs.changing import undoable
from dialogs.conversation import Screen
from dialogs.linewise import merged_rows
from dialogs.orders import Doing, Order
from dialogs.packing import mark_of, unpacked
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, said_first, show
from dialogs.store import filings, journal, members, proposals
from dialogs.store.errors import Conflict
from dialogs.store.notices import Notice
from dialogs.store.proposals import Proposal
from dialogs.telling import told
from dialogs.together.around import author, called, moment, spaced
from scoring.answers import Answer
from scoring.asked import is_asked, is_settled
from scoring.cells import lines_of
from scoring.columns import Rows
from scoring.items import Item
from scoring.wording import quoted
from templates import labels
from templates.messages import message


def _reply_of(scene: Scene, id: str) -> tuple[Proposal, Item, Answer] | None:
    """A reply that waits for the owner's word, with the question it is about."""
    p = scene.world.read(proposals.load, id)
    if p is None or p.filing_id != scene.place.filing or p.item not in scene.sheet.items or p.answer is None or p.verdict:
        return None
    item = scene.sheet.items[p.item]
    answer = unpacked(item, dict(p.answer))
    return None if answer is None else (p, item, answer)


def _gone(scene: Scene, id: str) -> Outcome:
    p = scene.world.read(proposals.load, id)
    said = {"accepted": "这条回复已经采用过了。", "declined": "这条回复已经说过不用了。"}.get(
        p.verdict if p else "", "这条回复已经不在了。"
    )
    item = p.item if p and p.item in scene.sheet.items and p.filing_id == scene.place.filing else ""
    return (
        ask(scene, item, said)
        if item and is_asked(scene.sheet, scene.sheet.items[item], scene.answers)
        else ask_next(scene, said)
    )


def accept(scene: Scene, id: str) -> Outcome:
    """Take a reply as the answer; where the question has been answered meanwhile, both are shown first."""
    found = _reply_of(scene, id)
    if found is None:
        return _gone(scene, id)
    p, item, answer = found
    if not is_asked(scene.sheet, item, scene.answers):
        return ask_next(scene, f"{quoted(item.label)}现在不用填了，{_who(scene, p)}的回复没有用上。")
    now = scene.answers.get(item.id)
    if now is not None and mark_of(now) and mark_of(now) != mark_of(answer):
        return weigh(scene, p, item, answer)
    return _take(scene, p, item, answer)


def weigh(scene: Scene, p: Proposal, item: Item, answer: Answer, ack: str = "") -> Outcome:
    """The answer there is beside the reply: which stands."""
    now, line = scene.answers.get(item.id), author(scene, item.id)
    text = message(
        "together/weigh",
        ack=ack,
        label=item.label,
        who=spaced(called(scene, line.person)).strip() if line else "现在的",
        when=moment(scene, line.at) if line else "",
        now=told(item, now),
        helper=_who(scene, p),
        replied=moment(scene, p.answered_at or 0),
        reply=told(item, answer),
    )
    rows: list[Row] = [[(labels.KEEP_PRESENT, f"reply_refuse:{p.id}")], [(f"用{_who(scene, p)}的", f"reply_instead:{p.id}")]]
    if isinstance(item, Rows) and lines_of(now):
        rows.append([(labels.ADD_LINES, f"reply_more:{p.id}")])
    pending = {"now": mark_of(now), "item": item.id}
    return show(scene, text, rows, screen=Screen.COLLEAGUE, item=item.id, pending=pending)


def accept_anyway(scene: Scene, id: str) -> Outcome:
    """The reply instead of the answer there is, if that is still the one it was held against."""
    return _decided(scene, id, add=False)


def accept_more(scene: Scene, id: str) -> Outcome:
    """The lines of the reply beside those there are."""
    return _decided(scene, id, add=True)


def _decided(scene: Scene, id: str, *, add: bool) -> Outcome:
    found = _reply_of(scene, id)
    if found is None:
        return _gone(scene, id)
    p, item, answer = found
    seen = scene.conversation.pending.get("now") if scene.conversation.screen is Screen.COLLEAGUE else None
    if seen != mark_of(scene.answers.get(item.id)):
        return weigh(scene, p, item, answer, "" if seen is None else "就在刚才，这一题又改了一次。")
    if add and isinstance(item, Rows):
        rows, _ = merged_rows(item, lines_of(scene.answers.get(item.id)), lines_of(answer))
        answer = replace(answer, value=rows[: item.max_rows])
    return _take(scene, p, item, answer)


def _take(scene: Scene, p: Proposal, item: Item, answer: Answer) -> Outcome:
    old = scene.answers.get(item.id)
    scene = undoable(scene.answered(item.id, answer), item, old)
    order = Order(Action.ANSWER, scene.place, decided, {"id": p.id, "verdict": "accepted", "label": item.label})
    settled = is_settled(scene.sheet, item, scene.answers)
    ack = f"采用了{_who(scene, p)}的：{quoted(item.label)}{told(item, answer)}"
    scene = scene.turned(screen=Screen.CONTENTS, item=item.id, pending={})
    outcome = ask_next(scene, ack, [(labels.UNDO, "undo")]) if settled else ask(scene, item.id, ack)
    return replace(outcome, orders=(*outcome.orders, order))


def decline(scene: Scene, id: str) -> Outcome:
    """The reply is not taken."""
    found = _reply_of(scene, id)
    if found is None:
        return _gone(scene, id)
    p, item, _ = found
    order = Order(Action.ANSWER, scene.place, decided, {"id": id, "verdict": "declined", "label": item.label})
    shown = said_first(
        ask_next(scene.turned(screen=Screen.CONTENTS, pending={})), f"好的，{_who(scene, p)}的回复没有用，历史里留着。"
    )
    return replace(shown, orders=(*shown.orders, order))


def decided(doing: Doing, id: str, verdict: str, label: str) -> None:
    """Keep the owner's word; who replied is thanked. Raises Conflict when somebody else has decided meanwhile."""
    p = proposals.load(doing.c, id)
    found = filings.filing(doing.c, p.filing_id) if p else None
    if p is None or found is None or not proposals.decide(doing.c, id, verdict, doing.at):
        raise Conflict(p.item if p else "")
    detail = {"item": p.item, "proposal": id, "answered_by": p.answered_by}
    journal.note(doing.c, doing.person, f"{verdict} reply", found.place, detail, doing.at)
    if verdict == "accepted" and p.answered_by and p.answered_by != doing.person:
        who = members.name_of(doing.c, doing.person) or SOMEBODY
        doing.say(Notice(p.answered_by, "proposal", f"thanks:{id}", f"{who}采用了你对{quoted(label)}的回复，谢谢！"))


def owners_of(doing: Doing, p: Proposal, unit: str) -> list[str]:
    """Who decides about a reply: whoever asked, or every filler when they have left."""
    fillers = [m.id for m in members.fillers_of(doing.c, unit)]
    return [p.asked_by] if p.asked_by in fillers else fillers


def _who(scene: Scene, p: Proposal) -> str:
    return spaced(called(scene, p.answered_by)).strip()
