"""An answer on its way from what was typed or tapped to a stored value, read back as understood."""

import re
from collections.abc import Sequence
from dataclasses import replace

from dialogs.arriving import is_fixed, read_beside, refusal
from dialogs.asking import ask, ask_next
from dialogs.conversation import Screen
from dialogs.lastyear import last_year_value
from dialogs.packing import packed, unpacked
from dialogs.scene import Outcome, Scene
from dialogs.scores import bill, decided_by, remarks, running
from dialogs.showing import Row, said_first, show
from dialogs.telling import told
from scoring.answers import Answer, State, given
from scoring.asked import is_asked, is_settled
from scoring.columns import Rows
from scoring.items import External, Item, Manual, Percent, Text
from scoring.reading import Ambiguous, NotUnderstood, Reading, Understood, is_none, read
from scoring.scorecard import score
from scoring.values import Row as TableRow
from scoring.wording import quoted
from templates import labels
from templates.messages import message

REMOVING = re.compile(r"(?:删|删除|删掉|去掉)\s*第?\s*(?P<row>\d{1,2})\s*行?|清空|重新填|重填|全删|全部删掉")
SUMS = ("合计", "总计", "小计", "共计", "总数")  # lines that nobody needs to type
LONGEST_HALF = 100  # characters of half an answer that are kept for its other half


def hear(scene: Scene, text: str) -> Outcome:
    """Typed text as the answer to the question on the screen."""
    item = scene.item
    if isinstance(item, Rows) and (order := REMOVING.fullmatch(text.strip())):
        return remove_rows(scene, int(order["row"]) if order["row"] else None)
    none_needed = isinstance(item, Rows) and not item.min_rows and not item.not_applicable
    if isinstance(item, Rows) and is_none(text) and (rows_of(scene, item) or none_needed):
        return finish_rows(scene)  # 没了: no more, or none at all
    if item.optional and is_none(text) and isinstance(item, Percent):
        return take(scene, item, Answer(State.NOT_APPLICABLE))
    if item.not_applicable and is_none(text):
        return take(scene, item, Answer(State.NOT_APPLICABLE))
    reading = _read(scene, item, text)
    match reading:
        case Understood(value, provisional):
            if isinstance(item, Rows) and isinstance(value, tuple):
                return add_rows(scene, tuple(v for v in value if isinstance(v, TableRow)), provisional=provisional)
            return take(scene, item, given(value, provisional=provisional))
        case Ambiguous(question, choices, provisional):
            return offer(scene, item, question, [(label, given(v, provisional=provisional)) for label, v in choices])
        case NotUnderstood(reason):
            if is_fixed(scene, item):
                return ask(scene, item.id, refusal(scene, item))
            half = f"{scene.conversation.pending.get('half', '')} {text}".strip() if isinstance(item, Manual | External) else ""
            half = half if len(half) <= LONGEST_HALF else ""
            return ask(scene, item.id, message("retry", reason=reason), brief=True, ticks=_ticks(scene), half=half)


def _read(scene: Scene, item: Item, text: str) -> Reading:
    """The answer in this text; a score that lacked its reason may be completed by the next message."""
    last = last_year_value(scene, item)
    reading = read_beside(scene, item, text, last)
    half = scene.conversation.pending.get("half")
    if half:  # “3 个项目完成”, said after 5, is a reason and not three points
        whole = read(item, f"{half} {text}", today=scene.today, last=last)
        return whole if isinstance(whole, Understood) else reading
    return reading


def _ticks(scene: Scene) -> tuple[str, ...] | None:
    """The ticks of a checklist in progress, which a slip of the tongue must not lose."""
    ticks = scene.conversation.pending.get("ticks")
    return None if ticks is None else tuple(ticks)


def offer(scene: Scene, item: Item, question: str, choices: Sequence[tuple[str, Answer]]) -> Outcome:
    """Two readings as buttons: an ambiguous answer is asked back, never guessed."""
    readings = [packed(answer) for _, answer in choices]
    rows = [[(label, f"reading:{n}")] for n, (label, _) in enumerate(choices)]
    text = message("ambiguous", question=question)
    pending = {"readings": readings}
    return show(scene, text, [*rows, [(labels.CANCEL, "cancel")]], screen=Screen.CHOOSING, item=item.id, pending=pending)


def take(scene: Scene, item: Item, new: Answer, *, toast: str = "") -> Outcome:
    """Store the answer; an earlier firm answer is changed only after its bill was shown."""
    old = scene.answers.get(item.id)
    if old is not None and is_settled(scene.sheet, item, scene.answers):
        if (old.state, old.value, old.provisional) == (new.state, new.value, new.provisional):
            return ask_next(scene, message("kept", label=item.label, value=told(item, old)), toast=toast)
        if not old.provisional:
            return present_bill(scene, item, old, new)
    return _store(scene, item, new, toast=toast)


def _store(scene: Scene, item: Item, new: Answer, *, toast: str = "") -> Outcome:
    """The answer stored and read back above the next question."""
    scene = undoable(scene.answered(item.id, new), item, scene.answers.get(item.id))
    return ask_next(scene, recorded(scene, item, new), after_answer(scene, item, new), toast=toast)


def undoable(scene: Scene, item: Item, old: Answer | None) -> Scene:
    """The scene in which 撤销 takes this item back to its old answer."""
    now = scene.answers.get(item.id)
    return scene.turned(undo=({"item": item.id, "old": packed(old), "new": packed(now)},), latest=item.id)


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


def add_rows(scene: Scene, new: tuple[TableRow, ...], *, provisional: bool = False) -> Outcome:
    """Append lines to a repeating table and stay with it until 完成; each line is stored at once."""
    item = scene.item
    assert isinstance(item, Rows)
    old = rows_of(scene, item)
    sums = [r for r in new if r.cells[0] in SUMS and item.columns[0].type == "text"]
    new = tuple(r for r in new if r not in sums)
    rows, replaced = merged_rows(item, old, new)
    if len(rows) > item.max_rows:
        return ask(scene, item.id, f"这张表最多 {item.max_rows} 行，已经有 {len(old)} 行了。")
    rough = provisional or is_rough(scene, item)
    before = scene.answers.get(item.id)
    scene = undoable(scene.answered(item.id, given(rows, provisional=rough)), item, before)
    again = f"其中{'、'.join(quoted(name) for name in replaced)}原来就有，换成了新的数。" if replaced else ""
    rough_too = "里面有约数，整张表先按暂估记。" if provisional else ""
    summed = "合计不用填，没有记，由我来算。" if sums else ""
    return ask(scene, item.id, f"已记 {len(new)} 行。{again}{rough_too}{summed}")


def is_rough(scene: Scene, item: Item) -> bool:
    """Whether the answer so far is provisional: a table stays so whatever is added to it."""
    answer = scene.answers.get(item.id)
    return answer is not None and answer.provisional


def merged_rows(item: Rows, old: tuple[TableRow, ...], new: tuple[TableRow, ...]) -> tuple[tuple[TableRow, ...], list[str]]:
    """The lines with the new ones, of which one with a known name replaces the line that has it; and those names."""
    rows, replaced = list(old), []
    for row in new:
        name = row.cells[0] if item.columns[0].type == "text" else None
        place = next((n for n, r in enumerate(rows) if name is not None and r.cells[0] == name), None)
        if place is None:
            rows.append(row)
        else:
            rows[place] = row
            replaced.append(str(name))
    return tuple(rows), replaced


def remove_rows(scene: Scene, row: int | None) -> Outcome:
    """Take one line of a repeating table away, by its number, or all of them."""
    item = scene.item
    old = rows_of(scene, item)
    if row is not None and not 1 <= row <= len(old):
        return ask(scene, item.id, f"没有第 {row} 行，现在一共 {len(old)} 行。")
    left = () if row is None else old[: row - 1] + old[row:]
    before = scene.answers.get(item.id)
    scene = undoable(scene.answered(item.id, given(left, provisional=is_rough(scene, item)) if left else None), item, before)
    gone = "都清空了，请重新填。" if row is None else f"第 {row} 行删掉了{_words_of(item, old[row - 1])}。"
    return ask(scene, item.id, f"{gone}删错了就发“撤销”。" if old else gone)


def _words_of(item: Item, row: TableRow) -> str:
    """（验收合格率）: the words that tell a line from the others."""
    at = item.naming if isinstance(item, Rows) else None
    return f"（{row.cells[at]}）" if at is not None and row.cells[at] else ""


def remove_row(scene: Scene) -> Outcome:
    """Take the last line of a repeating table away."""
    return remove_rows(scene, len(rows_of(scene, scene.item)))


def finish_rows(scene: Scene) -> Outcome:
    """The table is complete as it stands."""
    item = scene.item
    assert isinstance(item, Rows)
    rows = rows_of(scene, item)
    if len(rows) < item.min_rows:
        return ask(scene, item.id, f"这张表至少要 {item.min_rows} 行。")
    return _store(scene, item, given(rows, provisional=is_rough(scene, item)))


def rows_of(scene: Scene, item: Item) -> tuple[TableRow, ...]:
    """The lines a repeating table has so far."""
    answer = scene.answers.get(item.id)
    if answer is None or not isinstance(answer.value, tuple):
        return ()
    return tuple(v for v in answer.value if isinstance(v, TableRow))


def present_bill(scene: Scene, item: Item, old: Answer, new: Answer, *, toast: str = "") -> Outcome:
    """What follows from changing an earlier answer, with 确认 and 取消."""
    after = scene.answered(item.id, new)
    consequences = bill(scene.sheet, scene.answers, after.answers, (item.id,))
    text = message("bill", label=item.label, old=told(item, old), new=told(item, new), **consequences.facts())
    rows = [[(labels.CONFIRM, "confirm"), (labels.CANCEL, "cancel")]]
    return show(scene, text, rows, screen=Screen.BILL, item=item.id, pending={"new": packed(new)}, toast=toast)


def present_again(scene: Scene, ack: str, *, toast: str = "") -> Outcome:
    """The bill once more, when what was typed is neither 确认 nor 取消."""
    item, new = scene.item, unpacked(scene.item, scene.conversation.pending.get("new"))
    old = scene.answers.get(item.id)
    if new is None or old is None:
        return resume(scene, "")
    return said_first(present_bill(scene, item, old, new, toast=toast), ack)


def confirm_bill(scene: Scene) -> Outcome:
    """Carry the change out; one tap undoes it."""
    item = scene.item
    new = unpacked(item, scene.conversation.pending.get("new"))
    old = scene.answers.get(item.id)
    before = score(scene.sheet, scene.answers)
    scene = scene.answered(item.id, new)
    undo = ({"item": item.id, "old": packed(old), "new": packed(scene.answers.get(item.id))},)
    scene = scene.turned(undo=undo, latest=item.id)
    after = score(scene.sheet, scene.answers)
    facts = {"before": running(before)["total"], "after": running(after)["total"]}
    ack = message("changed", label=item.label, value=told(item, new), **facts)
    return ask_next(scene, ack, [(labels.UNDO, "undo")])


def cancel(scene: Scene) -> Outcome:
    """Leave the answer as it was and go back to the question."""
    item = scene.item
    answer = scene.answers.get(item.id)
    ack = message("kept", label=item.label, value=told(item, answer)) if answer else ""
    return ask_next(scene, ack) if answer and is_settled(scene.sheet, item, scene.answers) else ask(scene, item.id, ack)


def undo(scene: Scene) -> Outcome:
    """Take the last confirmed change back, unless the answer has moved on since."""
    entries = scene.conversation.undo
    acks: list[str] = []
    for entry in entries:  # all or nothing
        item = scene.sheet.items[entry["item"]]
        if packed(scene.answers.get(item.id)) != entry["new"]:
            return resume(scene.turned(undo=()), f"{quoted(item.label)}后来又改过，没法撤销了。")
    for entry in entries:
        item = scene.sheet.items[entry["item"]]
        old = unpacked(item, entry["old"])
        scene = scene.answered(item.id, old)
        acks.append(message("undone", label=item.label, value=told(item, old)))
    if not acks:
        return resume(scene, "没有可以撤销的修改。")
    scene = scene.turned(undo=())
    if len(entries) == 1 and entries[0]["old"] is None and is_asked(scene.sheet, item, scene.answers):
        return ask(scene, item.id, "\n".join(acks))  # it is open again: so it is what is asked
    return resume(scene, "\n".join(acks))


def resume(scene: Scene, ack: str, *, toast: str = "") -> Outcome:
    """Show the present question again, or the next one when it is settled or, after an undo, no longer asked."""
    item = scene.sheet.items.get(scene.conversation.item)
    if item and scene.conversation.screen is Screen.QUESTION and is_asked(scene.sheet, item, scene.answers):
        return ask(scene, item.id, ack, toast=toast)
    return ask_next(scene, ack, toast=toast)


def mark_provisional(scene: Scene, item_id: str) -> Outcome:
    """暂估: the answer counts, is marked in print, and is asked again later."""
    item, answer = scene.sheet.items[item_id], scene.answers.get(item_id)
    if answer is None or not answer.given:
        return resume(scene, "")
    if isinstance(item, Text):
        return resume(scene, f"{quoted(item.label)}是文字，不用标暂估。")
    scene = undoable(scene.answered(item_id, replace(answer, provisional=True)), item, answer)
    return resume(scene, recorded(scene, item, replace(answer, provisional=True)))
