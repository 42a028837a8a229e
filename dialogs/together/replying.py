"""A colleague's side of 问同事: the question opened by a button or a one-time link, the reply read, read back and sent.

Whoever opens a link needs no membership and sees this one question only. Not here: what becomes of the reply (taking.py).
"""

import re
from typing import Any

from dialogs.access import codes, joining
from dialogs.access.naming import SOMEBODY
from dialogs.access.permissions import Action
from dialogs.access.rights import Place
from dialogs.conversation import Screen
from dialogs.orders import Doing, Order
from dialogs.packing import packed, unpacked
from dialogs.pieces import is_piecewise
from dialogs.private.fields import is_elsewhere
from dialogs.replies import Message
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, answered_press, show, wrapped
from dialogs.store import invitations, journal, members, proposals
from dialogs.store.errors import Conflict
from dialogs.store.notices import Notice
from dialogs.telling import told
from dialogs.together import enquiries
from dialogs.together.enquiries import Enquiry
from dialogs.together.taking import owners_of
from scoring.answers import given
from scoring.columns import Rows
from scoring.items import Choice, Item, YesNo
from scoring.reading import Ambiguous, NotUnderstood, Reading, Understood, read
from scoring.reading.blocks import read_block
from scoring.wording import quoted
from templates import labels
from templates.messages import message

_LINK = re.compile(r"(?:https?://)?(?:t\.me|telegram\.me)/\w+\?start=c(\w+)/?", re.IGNORECASE)
_BARE = re.compile(r"c(?=\w*\d)(\w{28})", re.IGNORECASE)
NAME = re.compile(r"[^\d@/\\<>]{2,20}")


def begin(scene: Scene, code: str) -> Outcome:
    """/start c<code>, as the link sends it."""
    if scene.world.read(invitations.tries, scene.rights.person, scene.event.at) >= joining.MOST_TRIES:
        return _said(scene, message("access/too_many_tries"))
    plain = codes.plain_code(code)
    p = scene.world.read(proposals.by_code, codes.hashed(plain)) if plain else None
    if p is None:
        order = Order(Action.JOIN, Place(), joining.wrong)
        return _said(scene, "这个链接打不开：可能已经换过新的，或者没有复制完整。请对方再发一次。", order)
    return _open(scene, p.id, by_link=True)


def overhears(scene: Scene, text: str) -> Outcome | None:
    """The link or its code, pasted as a message; None for other text."""
    found = _LINK.fullmatch(text.strip()) or _BARE.fullmatch(codes.joined(text))
    return begin(scene, found[1]) if found and codes.plain_code(found[1]) else None


def open_it(scene: Scene, id: str) -> Outcome:
    """The button below the question."""
    pending = scene.conversation.pending
    return _open(scene, id, by_link=bool(pending.get("by_link")) and pending.get("proposal") == id)


def _open(scene: Scene, id: str, *, by_link: bool, ack: str = "") -> Outcome:
    """The question, if it may be answered by this person and still waits."""
    one = scene.world.read(enquiries.enquiry, id)
    if refusal := _refusal(scene, one, by_link=by_link):
        return _said(scene, refusal)
    assert one is not None
    member = scene.rights.may(Action.READ, one.filing.place)
    last_year = scene.world.read(enquiries.last_year_of, one) if member else ""
    item = one.item
    rows: list[Row] = []
    if isinstance(item, YesNo):
        rows.append([(labels.YES, f"reply_say:{labels.YES}"), (labels.NO, f"reply_say:{labels.NO}")])
    if isinstance(item, Choice):
        rows += wrapped([(o.text, f"reply_say:{o.text}") for o in item.options], 1)
    rows.append([(labels.DO_NOT_KNOW, f"reply_pass:{id}")])
    text = enquiries.told(one, scene.today, last_year)
    text = f"{ack}\n\n{text}" if ack else f"{text}\n\n直接把答案发给我就行。"
    return show(scene, text, rows, screen=Screen.REPLYING, item=_focus(scene), pending={"proposal": id, "by_link": by_link})


def _focus(scene: Scene) -> str:
    """The question of one's own filing that is waited for meanwhile."""
    return scene.conversation.item


def _refusal(scene: Scene, one: Enquiry | None, *, by_link: bool) -> str:
    if one is None:
        return "这个问题已经不在了。"
    p, person = one.proposal, scene.rights.person
    state = p.state(scene.event.at)
    if not by_link and (p.asked_of != person or not scene.rights.may(Action.READ, one.filing.place)):
        return "这个问题不是问你的，或者你已经不在那个单位了。"
    if state == "withdrawn":
        return f"{one.asker}已经收回了这个问题，不用答了，谢谢！"
    if state == "expired":
        return f"这个问题过了期限，{one.asker}那边收不到了；真要补充，请直接联系他。"
    if state != "open":
        return "这个问题已经有回复了，谢谢！" if p.answered_by != person else "你已经回复过了，谢谢！"
    if one.gone:
        return "这一题现在不用填了，谢谢！"
    if is_elsewhere(scene, one.item):
        return "这一题是个人信息，按规定不在聊天里答。请对方在单位自己的网页上填。"
    return ""


def _said(scene: Scene, text: str, *orders: Order) -> Outcome:
    """Say it; what stood on the screen still stands there, unless it was a question that waits no more."""
    conversation = scene.conversation
    if conversation.screen is Screen.REPLYING:
        rows: list[Row] = [[(labels.CONTINUE, "continue")]] if scene.form is not None else []
        outcome = show(
            scene, text, rows, screen=Screen.CONTENTS if scene.form is not None else Screen.START, item=conversation.item
        )
        return Outcome(outcome.conversation, outcome.replies, outcome.changes, orders=orders)
    return Outcome(conversation, (*answered_press(scene), Message(text)), orders=orders)


def hear(scene: Scene, text: str) -> Outcome:
    """The reply as typed, or the name of somebody nobody knows yet."""
    pending = scene.conversation.pending
    id, by_link = str(pending.get("proposal", "")), bool(pending.get("by_link"))
    one = scene.world.read(enquiries.enquiry, id)
    if refusal := _refusal(scene, one, by_link=by_link):
        return _said(scene, refusal)
    assert one is not None
    if pending.get("naming"):
        name = " ".join(text.split())
        if not NAME.fullmatch(name):
            return _ask_name(scene, "名字写 2–20 个字就行，例如：张三")
        return _send(scene, one, name)
    match reading := _read(one.item, text, scene):
        case Understood(value, provisional):
            return _confirm(scene, one, packed(given(value, provisional=provisional)))
        case Ambiguous(question, choices, provisional):
            answers = [packed(given(v, provisional=provisional)) for _, v in choices]
            rows: list[Row] = [[(label, f"reply_is:{n}")] for n, (label, _) in enumerate(choices)]
            rows.append([(labels.REPLY_ANEW, f"reply:{id}")])
            more = {"proposal": id, "by_link": by_link, "readings": answers}
            return show(scene, question, rows, screen=Screen.REPLYING, item=_focus(scene), pending=more)
        case NotUnderstood():
            return _open(scene, id, by_link=by_link, ack=reading.text)


def _read(item: Item, text: str, scene: Scene) -> Reading:
    """The reply, by the reader of the filling; lines of a table that is asked cell by cell all at once."""
    if isinstance(item, Rows) and is_piecewise(item):
        block = read_block(item, text, ())
        return block if isinstance(block, NotUnderstood) else Understood(block.rows, block.provisional)
    return read(item, text, today=scene.today)


def again(scene: Scene, ack: str) -> Outcome:
    """The question once more, below a line."""
    pending = scene.conversation.pending
    return _open(scene, str(pending.get("proposal", "")), by_link=bool(pending.get("by_link")), ack=ack)


def say(scene: Scene, words: str) -> Outcome:
    """A button that stands for words."""
    return hear(scene, words) if scene.conversation.screen is Screen.REPLYING else _said(scene, "这个问题已经关上了。")


def reading(scene: Scene, index: str) -> Outcome:
    """One of the meanings that were offered."""
    pending = scene.conversation.pending
    one = scene.world.read(enquiries.enquiry, str(pending.get("proposal", "")))
    answers: list[dict[str, Any]] = pending.get("readings", [])
    if one is None or not index.isdecimal() or int(index) >= len(answers):
        return _said(scene, "这个问题已经关上了。")
    return _confirm(scene, one, answers[int(index)])


def _confirm(scene: Scene, one: Enquiry, answer: dict[str, Any] | None) -> Outcome:
    """The reply read back before it is sent."""
    text = message("together/reply", label=one.item.label, value=told(one.item, unpacked(one.item, answer)), asker=one.asker)
    rows = [[(labels.SEND_REPLY, "reply_send"), (labels.REPLY_ANEW, f"reply:{one.proposal.id}")]]
    pending = {**_kept(scene), "proposal": one.proposal.id, "answer": answer}
    return show(scene, text, rows, screen=Screen.REPLYING, item=_focus(scene), pending=pending)


def _kept(scene: Scene) -> dict[str, Any]:
    return {"by_link": bool(scene.conversation.pending.get("by_link"))}


def send(scene: Scene, _: str) -> Outcome:
    """The reply on its way; somebody nobody knows says their name first."""
    pending = scene.conversation.pending
    one = scene.world.read(enquiries.enquiry, str(pending.get("proposal", "")))
    if refusal := _refusal(scene, one, by_link=bool(pending.get("by_link"))):
        return _said(scene, refusal)
    assert one is not None
    if not pending.get("answer"):
        return _open(scene, one.proposal.id, by_link=bool(pending.get("by_link")))
    if not scene.private and not scene.world.read(members.name_of, scene.rights.person):
        return _ask_name(scene)
    return _send(scene, one, "")


def _ask_name(scene: Scene, ack: str = "") -> Outcome:
    text = ack or "怎么称呼你？对方会看到是谁回复的。"
    pending = {**scene.conversation.pending, "naming": True}
    return show(scene, text, screen=Screen.REPLYING, item=_focus(scene), pending=pending)


def _send(scene: Scene, one: Enquiry, name: str) -> Outcome:
    answer = scene.conversation.pending.get("answer")
    values = {"id": one.proposal.id, "answer": answer, "value": told(one.item, unpacked(one.item, answer)), "name": name}
    order = Order(Action.JOIN, Place(), keep_reply, values | {"label": one.item.label})
    return _said(scene, f"谢谢！已经转给{one.asker}。", order)


def keep_reply(doing: Doing, id: str, answer: dict[str, Any], value: str, label: str, name: str) -> None:
    """Keep the reply; whoever asked is told, and takes it or not."""
    if name:
        members.call(doing.c, doing.person, name)
    one = enquiries.enquiry(doing.c, id)
    if one is None or not proposals.answer(doing.c, id, answer, doing.person, doing.at):
        raise Conflict("")  # somebody was quicker, or it was taken back this instant: that is said when it is looked at again
    journal.note(doing.c, doing.person, "replied", one.filing.place, {"item": one.item.id, "proposal": id}, doing.at)
    who = members.name_of(doing.c, doing.person) or SOMEBODY
    text = f"{who}回复了{quoted(label)}：{value}\n{one.filing.unit_name} · {one.filing.year}年度 · {one.form.title}"
    where = one.filing.id
    rows = [[(labels.ACCEPT, f"goto:{where}:reply_take:{id}"), (labels.DECLINE, f"goto:{where}:reply_refuse:{id}")]]
    for owner in owners_of(doing, one.proposal, one.filing.unit_id):
        doing.say(Notice(owner, "proposal", f"reply:{id}", text, rows))


def pass_on(scene: Scene, id: str) -> Outcome:
    """不清楚: the asker is told, so that somebody else can be asked."""
    pending = scene.conversation.pending
    by_link = bool(pending.get("by_link")) and pending.get("proposal") == id
    one = scene.world.read(enquiries.enquiry, id)
    if refusal := _refusal(scene, one, by_link=by_link):
        return _said(scene, refusal)
    assert one is not None
    order = Order(Action.JOIN, Place(), keep_pass, {"id": id, "label": one.item.label})
    return _said(scene, f"好的，我告诉{one.asker}，请他再问问别人。谢谢！", order)


def keep_pass(doing: Doing, id: str, label: str) -> None:
    """Tell the asker that this colleague does not know."""
    one = enquiries.enquiry(doing.c, id)
    if one is None:
        return
    who = members.name_of(doing.c, doing.person) or SOMEBODY
    rows = [[(labels.COLLEAGUE, f"goto:{one.filing.id}:colleague:{one.item.id}")]]
    for owner in owners_of(doing, one.proposal, one.filing.unit_id):
        doing.say(Notice(owner, "proposal", f"pass:{id}:{doing.person}", f"{who}说不清楚{quoted(label)}，再问问别人吧。", rows))
