"""问同事: a question put to a colleague from inside it, and taken back.

Not here: the colleague's side (replying.py), the reply taken or not (taking.py), or the words of the question (enquiries.py).
"""

from dialogs import arriving
from dialogs.access.permissions import Action
from dialogs.asking import ask, ask_next
from dialogs.conversation import Screen
from dialogs.orders import Doing, Order
from dialogs.packing import unpacked
from dialogs.private.fields import is_elsewhere
from dialogs.replies import Message, Question, Reply
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, show, wrapped
from dialogs.store import filings, journal, proposals
from dialogs.store.notices import Notice
from dialogs.store.proposals import Proposal
from dialogs.telling import told
from dialogs.together import enquiries
from dialogs.together.around import called, colleagues, labelled, moment, spaced
from dialogs.together.enquiries import LASTS, may_be_asked
from scoring.asked import is_asked
from scoring.items import Item
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
    if is_elsewhere(scene, item):
        return ask(scene, item.id, "这一题是个人信息，不转给别人在聊天里答。", brief=True)
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
    if item not in scene.sheet.items or is_elsewhere(scene, scene.sheet.items[item]):
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
