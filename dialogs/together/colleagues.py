"""问同事: a question put to a colleague from inside it, taken back, and the reply taken or not by whoever owns the question.

Not here: the colleague's side (replying.py), or the words of the question (enquiries.py).
"""

from dataclasses import replace

from dialogs import arriving
from dialogs.access.permissions import Action, Role
from dialogs.asking import ask, ask_next
from dialogs.changing import undoable
from dialogs.conversation import Screen
from dialogs.linewise import merged_rows
from dialogs.orders import Doing, Order
from dialogs.packing import mark_of, unpacked
from dialogs.replies import Message, Question, Reply
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, said_first, show, wrapped
from dialogs.store import filings, journal, members, proposals
from dialogs.store.errors import Conflict
from dialogs.store.notices import Notice
from dialogs.store.proposals import Proposal
from dialogs.telling import told
from dialogs.together import enquiries
from dialogs.together.around import SOMEBODY, author, called, colleagues, labelled, moment, spaced
from dialogs.together.enquiries import LASTS, may_be_asked
from scoring.answers import Answer
from scoring.asked import is_asked, is_settled
from scoring.cells import lines_of
from scoring.columns import Rows
from scoring.items import Item
from scoring.wording import quoted
from templates import labels
from templates.messages import message

MOST = 10  # questions about one item that wait at the same time
LONGEST_NOTE = 200  # characters of what is added to a question


def choose(scene: Scene, item_id: str, ack: str = "") -> Outcome:
    """Whom to ask, and who has been asked already."""
    item = scene.sheet.items.get(item_id or scene.conversation.item)
    if item is None or not is_asked(scene.sheet, item, scene.answers):
        return ask_next(scene, "先打开要问的那一题。")
    if not may_be_asked(item):
        return ask(scene, item.id, "这一题是整张问卷，一句话答不完，没法转给别人。")
    if arriving.is_fixed(scene, item):
        return ask(scene, item.id, arriving.refusal(scene, item))
    known = [p for p in _of(scene, item.id) if p.state(scene.event.at) in ("open", "answered")]
    note = str(scene.conversation.pending.get("note", "")) if scene.conversation.screen is Screen.COLLEAGUE else ""
    text = message(
        "together/colleague",
        ack=ack,
        label=item.label,
        note=note,
        waiting=[_standing(scene, item, p) for p in known],
        alone=not colleagues(scene),
    )
    people = [(name, f"ask_of:{item.id}:{id}") for id, name in labelled(colleagues(scene)).items()]
    rows: list[Row] = [*wrapped(people, 2), [(labels.ASK_BY_LINK, f"ask_link:{item.id}")]]
    for p in known:
        name = spaced(called(scene, p.asked_of)).strip() if p.asked_of else "链接"
        if p.state(scene.event.at) == "answered":
            rows.append([(f"看{name}的回复", f"reply_take:{p.id}")])
        else:
            rows.append([(f"收回（{name}）", f"ask_back:{p.id}")])
    rows.append([(labels.BACK_TO_QUESTION, f"jump:{item.id}")])
    pending = {"item": item.id, "note": note}
    return show(scene, text, rows, screen=Screen.COLLEAGUE, item=item.id, pending=pending)


def _of(scene: Scene, item: str) -> list[Proposal]:
    assert scene.filing is not None
    return [p for p in scene.world.read(proposals.of_filing, scene.filing.id) if p.item == item]


def _standing(scene: Scene, item: Item, p: Proposal) -> str:
    who = spaced(called(scene, p.asked_of)).strip() if p.asked_of else "链接发出去了"
    if p.answer is not None:
        return f"{who}回复：{told(item, unpacked(item, dict(p.answer)))}"
    return f"{who}，还没回（{moment(scene, p.expires_at)}前有效）"


def hear(scene: Scene, text: str) -> Outcome:
    """A colleague's name, or a word to go with the question."""
    item = str(scene.conversation.pending.get("item", ""))
    found = [m for m in colleagues(scene) if m.name and text == m.name]
    if len(found) == 1:
        return put_to(scene, f"{item}:{found[0].id}")
    if len(text) > LONGEST_NOTE:
        return choose(scene, item, f"附的话有 {len(text)} 个字，太长了（最多 {LONGEST_NOTE} 字）。")
    return choose(scene.turned(pending={**scene.conversation.pending, "note": text}), item, "这句话会附在问题下面。点一下问谁。")


def again(scene: Scene, ack: str) -> Outcome:
    """The page once more, below a line."""
    return choose(scene, str(scene.conversation.pending.get("item", "")), ack)


def put_to(scene: Scene, argument: str) -> Outcome:
    """The question to a member of the unit."""
    item, _, person = argument.partition(":")
    if person not in [m.id for m in colleagues(scene)]:
        return choose(scene, item, "这位已经不在单位里了，请另选一位。")
    return _put(scene, item, person)


def put_by_link(scene: Scene, item: str) -> Outcome:
    """The question as a link to be forwarded to anybody."""
    return _put(scene, item, "")


def _put(scene: Scene, item: str, person: str) -> Outcome:
    if item not in scene.sheet.items:
        return choose(scene, item)
    if len([p for p in _of(scene, item) if p.state(scene.event.at) == "open"]) >= MOST:
        return choose(scene, item, f"这一题已经问了 {MOST} 次还没有回，先等等，或者收回几个。")
    note = str(scene.conversation.pending.get("note", "")) if scene.conversation.screen is Screen.COLLEAGUE else ""
    values = {"filing": scene.place.filing, "item": item, "of": person, "note": note}
    order = Order(Action.ASK, scene.place, put_question, values)
    return Outcome(scene.conversation, (), scene.changes, orders=(order,), after=f"asked_now:{item}")


def put_question(doing: Doing, filing: str, item: str, of: str, note: str) -> tuple[Reply, ...]:
    """Put a question to a member, who is told; or have it forwarded as a link."""
    found = filings.filing(doing.c, filing)
    assert found is not None
    id = doing.office.new_id()
    asked = Proposal(id, filing, item, doing.person, of or None, note, doing.at, doing.at + LASTS)
    proposals.ask(doing.c, asked)
    journal.note(doing.c, doing.person, "asked", found.place, {"item": item, "proposal": id, "of": of}, doing.at)
    if not of:
        return (Message(message("together/forward")), Question(id))
    one = enquiries.enquiry(doing.c, id)
    assert one is not None
    text = enquiries.told(one, doing.office.day_of(doing.at), enquiries.last_year_of(doing.c, one))
    rows = [[(labels.REPLY, f"reply:{id}"), (labels.DO_NOT_KNOW, f"reply_pass:{id}")]]
    doing.say(Notice(of, "proposal", f"asked:{id}", text, rows))
    return ()


def asked_now(scene: Scene, item: str) -> Outcome:
    """Back at the question, with a word that it is on its way."""
    latest = max(_of(scene, item), key=lambda p: (p.created_at, p.id), default=None)
    who = spaced(called(scene, latest.asked_of)).strip() if latest and latest.asked_of else ""
    ack = f"已经问了{who}，回了我就告诉你。你可以先填别的。" if who else "上面这条转发出去就行，回了我就告诉你。"
    return ask(scene, item, ack) if item in scene.sheet.items else ask_next(scene, ack)


def withdraw(scene: Scene, id: str) -> Outcome:
    """Take a question back."""
    order = Order(Action.ASK, scene.place, take_back, {"id": id, "filing": scene.place.filing})
    return Outcome(scene.conversation, (), scene.changes, orders=(order,), after=f"ask_back_now:{id}")


def take_back(doing: Doing, id: str, filing: str) -> None:
    """Nobody waits for the reply any more."""
    found, known = filings.filing(doing.c, filing), proposals.load(doing.c, id)
    if found is not None and known is not None and known.filing_id == filing and proposals.withdraw(doing.c, id, doing.at):
        journal.note(doing.c, doing.person, "withdrew question", found.place, {"proposal": id}, doing.at)


def withdrawn_now(scene: Scene, id: str) -> Outcome:
    """The page of the question after it was taken back, or had been answered just before."""
    p = scene.world.read(proposals.load, id)
    if p is None or p.filing_id != scene.place.filing:
        return ask_next(scene)
    return choose(scene, p.item, "收回了，那边再答也收不到了。" if p.verdict == "withdrawn" else "晚了一步，对方刚刚回复了。")


# ── the reply ──


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
    fillers = [m.id for m in members.members_of(doing.c, unit) if Role.FILLER in m.roles]
    return [p.asked_by] if p.asked_by in fillers else fillers


def _who(scene: Scene, p: Proposal) -> str:
    return spaced(called(scene, p.answered_by)).strip()
