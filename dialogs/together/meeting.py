"""Two people at the same question: the second is shown the first's answer — whose, since when — and asked which stands.

Every step passes `guarded`: an answer, a confirmed change or a table that rests on what somebody else has changed since the
question was put is not stored, but laid beside it. Not here: what was seen (showing.py), two changes within one instant
(the store raises Conflict, and the event is thought through again).
"""

from collections.abc import Sequence
from dataclasses import replace

from dialogs import answering
from dialogs.access.naming import SOMEBODY
from dialogs.access.permissions import Action
from dialogs.asking import ask, ask_next, resume, shown_row
from dialogs.changing import undoable
from dialogs.conversation import Screen
from dialogs.events import Said
from dialogs.orders import Doing, Order
from dialogs.packing import mark_of, packed, unpacked
from dialogs.pieces import is_piecewise
from dialogs.rowgroups import hearing
from dialogs.scene import Outcome, Scene
from dialogs.showing import changed_meanwhile, said_first, show
from dialogs.store import changes
from dialogs.telling import told
from dialogs.together.around import author, called, moment, spaced
from scoring.answers import Answer, State
from scoring.asked import is_asked
from scoring.cells import rows_in
from scoring.columns import Rows, Survey, Table
from scoring.items import Item
from scoring.wording import quoted
from templates import labels
from templates.messages import message

SHORT = 14  # characters of an answer on a button
TOLD = 3  # lines of a table that are named
RESEND = "resend"


def guarded(scene: Scene, outcome: Outcome) -> Outcome:
    """The outcome, or both answers side by side where it would pass over what somebody else has said meanwhile."""
    if not changed_meanwhile(scene):
        return outcome
    item = scene.item
    if isinstance(item, Rows | Survey):
        touched = any(change.item == item.id for change in outcome.changes)
        return table_moved(_with_the_others(scene, outcome, item), _typed(scene)) if touched else outcome
    mine, theirs = _wished(scene, outcome, item), scene.answers.get(item.id)
    if theirs is None or theirs.state is State.SKIPPED:
        return outcome
    if mine is None or mark_of(mine) == mark_of(theirs):  # the same again, or passed over
        left = outcome.conversation.screen is Screen.QUESTION and outcome.conversation.item != item.id
        return said_first(outcome, f"{quoted(item.label)}{_who(scene, item)}刚填好：{told(item, theirs)}") if left else outcome
    return present(_with_the_others(scene, outcome, item), item, mine)


def _wished(scene: Scene, outcome: Outcome, item: Item) -> Answer | None:
    """The answer this step would give, at once or after a 确认."""
    found = next((c.new for c in outcome.changes if c.item == item.id), None)
    after = outcome.conversation
    if found is None and after.screen is Screen.BILL and after.item == item.id and scene.conversation.screen is not Screen.BILL:
        found = unpacked(item, after.pending.get("new"))
    return None if found is None or found.state is State.SKIPPED else found


def _with_the_others(scene: Scene, outcome: Outcome, item: Item) -> Scene:
    """The scene with what the step changes elsewhere: that is nobody's concern and is kept."""
    for change in outcome.changes:
        if change.item != item.id:
            scene = scene.answered(change.item, change.new)
    return scene


def present(scene: Scene, item: Item, mine: Answer, ack: str = "") -> Outcome:
    """Both answers, and which stands. The one that was given second is kept beside the first whatever is decided."""
    theirs = scene.answers.get(item.id)
    line = author(scene, item.id)
    text = message(
        "together/stands",
        ack=ack,
        label=item.label,
        who=spaced(called(scene, line.person)) if line else SOMEBODY,
        when=moment(scene, line.at) if line else "刚才",
        theirs=told(item, theirs),
        mine=told(item, mine),
    )
    name = (called(scene, line.person) if line else SOMEBODY)[:8]
    rows = [[(_label(f"用{name}的", item, theirs), "stands:theirs")], [(_label(labels.TAKE_MINE, item, mine), "stands:mine")]]
    pending = {"mine": packed(mine), "theirs": mark_of(theirs), "by": line.person if line else ""}
    outcome = show(scene, text, rows, screen=Screen.STANDS, item=item.id, pending=pending)
    values = {"item": item.id, "stands": packed(theirs), "offered": packed(mine), "message": scene.event.message}
    return replace(outcome, orders=(Order(Action.ANSWER, scene.place, keep_aside, {"filing": scene.place.filing, **values}),))


def _label(words: str, item: Item, answer: Answer | None) -> str:
    value = told(item, answer)
    return f"{words}：{value}" if len(value) <= SHORT else words


def keep_aside(doing: Doing, filing: str, item: str, stands: dict[str, object], offered: dict[str, object], message: int) -> None:
    """Keep the answer given second with the history, whichever will stand."""
    changes.set_aside(doing.c, filing, item, stands, offered, doing.person, doing.at, doing.inbox_id, message)


def decide(scene: Scene, which: str) -> Outcome:
    """One of the two stands."""
    conversation = scene.conversation
    if conversation.screen is not Screen.STANDS or conversation.item not in scene.sheet.items:
        return resume(scene, "")
    item = scene.item
    mine, theirs = unpacked(item, conversation.pending.get("mine")), scene.answers.get(item.id)
    if mine is None or not is_asked(scene.sheet, item, scene.answers):
        return ask_next(scene, f"{quoted(item.label)}现在不用填了。")
    if mark_of(theirs) != conversation.pending.get("theirs"):
        return present(scene, item, mine, "就在刚才，这一题又改了一次。")
    if which == "theirs":
        return ask_next(scene, f"好的，{quoted(item.label)}用{_name(scene)}的：{told(item, theirs)}")
    scene = undoable(scene.answered(item.id, mine), item, theirs)
    ack = f"改成了你的：{quoted(item.label)}{told(item, mine)}（{_name(scene)}填的是 {told(item, theirs)}，历史里都留着）"
    return ask_next(scene, ack, [(labels.UNDO, "undo")])


def _name(scene: Scene) -> str:
    return spaced(called(scene, scene.conversation.pending.get("by", "")))


def again(scene: Scene, ack: str) -> Outcome:
    """Both answers once more, below a line."""
    item_id = scene.conversation.item
    mine = unpacked(scene.sheet.items[item_id], scene.conversation.pending.get("mine")) if item_id in scene.sheet.items else None
    return present(scene, scene.item, mine, ack) if mine is not None else resume(scene, ack)


def hear(scene: Scene, text: str) -> Outcome:
    """A typed word for one of the two."""
    if text in ("1", "用他的", "用她的", "保留", "不改", "对方的"):
        return decide(scene, "theirs")
    if text in ("2", "我的", "改", "用我的", labels.TAKE_MINE):
        return decide(scene, "mine")
    return again(scene, "先定一下用哪个，刚才这句我没有记。")


def table_moved(scene: Scene, typed: str = "") -> Outcome:
    """The table as it is now, with what somebody else did to it; what was typed can be sent again with one tap."""
    item = scene.item
    line = author(scene, item.id)
    text = message(
        "together/table_moved",
        who=spaced(called(scene, line.person)) if line else "",
        when=moment(scene, line.at) if line else "",
        did=_did(item, line) if line else [],
        typed=" ".join(typed.split())[:40],
    )
    more = [(labels.RESEND, RESEND)] if typed else []
    outcome = ask(scene.turned(pending={}), item.id, text, more)
    pending = {**outcome.conversation.pending, **({RESEND: typed} if typed else {})}
    return replace(outcome, conversation=replace(outcome.conversation, pending=pending))


def resend(scene: Scene, _: str) -> Outcome:
    """What was typed for the table before somebody else had changed it, once more."""
    typed = scene.conversation.pending.get(RESEND, "")
    if scene.conversation.screen is not Screen.QUESTION or not typed or not isinstance(scene.item, Rows | Survey):
        return resume(scene, "")
    if changed_meanwhile(scene):
        return table_moved(scene, typed)
    return hearing.hear(scene, typed) if is_piecewise(scene.item) else answering.hear(scene, typed)


def _did(item: Item, line: changes.Line) -> list[str]:
    """What a change did to a table: lines added, lines gone."""
    if not isinstance(item, Table) or isinstance(line.old, str) or isinstance(line.new, str):
        return []
    old, new = (unpacked(item, dict(a)) if a else None for a in (line.old, line.new))
    before, after = (rows_in(a.value) if a else () for a in (old, new))
    return [
        *_named("加了", item, [r for r in after if r not in before]),
        *_named("没了", item, [r for r in before if r not in after]),
    ]


def _named(word: str, item: Table, rows: Sequence[object]) -> list[str]:
    lines = [f"{word}：{shown_row(item, row)[:60]}" for row in rows[:TOLD]]  # type: ignore[arg-type]
    return [*lines, f"……还有 {len(rows) - TOLD} 行"] if len(rows) > TOLD else lines


def _typed(scene: Scene) -> str:
    return scene.event.action.text if isinstance(scene.event.action, Said) else ""


def _who(scene: Scene, item: Item) -> str:
    line = author(scene, item.id)
    return spaced(called(scene, line.person)) if line else SOMEBODY
