"""What the buttons of a question do: skip it, take last year's answer, tick, choose, finish."""

from collections.abc import Callable
from dataclasses import replace

from dialogs import answering, linewise
from dialogs.arriving import filled, open_part
from dialogs.asking import ask, ask_next, resume
from dialogs.lastyear import carries_columns, last_year_value
from dialogs.packing import unpacked
from dialogs.pieces import is_piecewise
from dialogs.route import next_item, previous_item
from dialogs.rowgroups import hearing, lines, takeover
from dialogs.scene import Outcome, Scene
from dialogs.telling import told
from dialogs.together import reusing
from scoring.answers import Answer, State, given
from scoring.columns import OneRow, Rows, Survey
from scoring.items import Checklist, Item, Text
from scoring.wording import quoted
from templates.messages import message


def skip(scene: Scene, item: Item) -> Outcome:
    """Leave it for later; it is asked once more at the end."""
    old = scene.answers.get(item.id)
    if old is not None and old.state is not State.SKIPPED:
        scene = scene.turned(revisited=(*scene.conversation.revisited, item.id))
        return ask_next(scene, f"{quoted(item.label)}先放着，原来的答案没有动。")
    scene = scene.answered(item.id, Answer(State.SKIPPED))
    if _is_last(scene, item):  # nothing lies between now and asking it again, so it would come straight back
        scene = scene.turned(revisited=(*scene.conversation.revisited, item.id))
    return ask_next(scene, f"{quoted(item.label)}先跳过，最后我再问一次。")


def not_applicable(scene: Scene, item: Item) -> Outcome:
    """It does not apply to this unit."""
    if not item.not_applicable:
        return ask(scene, item.id, "这一题每个单位都要填，不能选“不适用”；暂时没有数可以先“跳过”。")
    return answering.take(scene, item, Answer(State.NOT_APPLICABLE))


def nothing(scene: Scene, item: Item) -> Outcome:
    """无, where an item may stay empty."""
    if not item.optional:
        return ask(scene, item.id, "")
    return answering.take(scene, item, given("无") if isinstance(item, Text) else Answer(State.NOT_APPLICABLE))


def back(scene: Scene, item: Item) -> Outcome:
    """The question before, of a questionnaire or of the form."""
    if isinstance(item, Survey) and (back := hearing.back_cell(scene)):
        return back  # the question before is one of the questionnaire
    before = previous_item(scene.sheet, scene.answers, item.id)
    return ask(scene, before.id) if before else ask(scene, item.id, "这已经是第一题了。")


def take_last_year(scene: Scene, item: Item) -> Outcome:
    """Last year's answer as this year's, when there is one that can be taken over as it is."""
    if isinstance(item, Rows) and is_piecewise(item):
        return takeover.last_year_rows(scene, item)
    if isinstance(item, OneRow) and carries_columns(item):
        return ask(scene, item.id, "这一行的数每年往前挪一列，不能整行沿用；上年的数写在题目里了。")
    value = last_year_value(scene, item)
    if value is None:
        return ask(scene, item.id, "没有找到上年的答案，麻烦填一下。")
    return reusing.offer(scene, item) or answering.take(scene, item, given(value))


def zeros(scene: Scene, item: Item) -> Outcome:
    """Every open cell of a line is 0."""
    left = open_part(scene, item)
    row = left.zeros if isinstance(left, OneRow) else None
    return answering.take(scene, item, given(filled(scene, item, row))) if row else ask(scene, item.id)


def keep(scene: Scene, item: Item) -> Outcome:
    """The answer stays as it is, firm or not."""
    answer = scene.answers.get(item.id)
    if answer is None or not answer.given:
        return ask(scene, item.id)
    return ask_next(scene.answered(item.id, answer), message("kept", label=item.label, value=told(item, answer)))


def firm(scene: Scene, item: Item) -> Outcome:
    """The provisional answer is now certain."""
    answer = scene.answers.get(item.id)
    return answering.take(scene, item, replace(answer, provisional=False)) if answer and answer.given else ask(scene, item.id)


def yes_no(value: bool) -> Callable[[Scene, Item], Outcome]:
    """是 or 否."""
    return lambda scene, item: answering.take(scene, item, given(value)) if item.type == "yes_no" else resume(scene, "")


def all_or_none(met: bool) -> Callable[[Scene, Item], Outcome]:
    """Every good criterion is met, or none; of the bad ones the other way round."""

    def then(scene: Scene, item: Item) -> Outcome:
        assert isinstance(item, Checklist)
        return answering.take(scene, item, given(tuple(c.id for c in item.criteria if c.bad is not met)))

    return then


def done(scene: Scene, item: Item) -> Outcome:
    """The table or the ticks are complete as they stand."""
    if is_piecewise(item):
        return lines.finish(scene)
    if isinstance(item, Rows):
        return linewise.finish_rows(scene)
    ticks = tuple(scene.conversation.pending.get("ticks", ()))
    return answering.take(scene, item, given(ticks))


def toggle(scene: Scene, criterion: str) -> Outcome:
    """One criterion ticked or not, on the same message."""
    item = scene.item
    assert isinstance(item, Checklist)
    ticked = set(scene.conversation.pending.get("ticks", ())) ^ {criterion}
    ticks = tuple(c.id for c in item.criteria if c.id in ticked)
    return ask(scene, item.id, edits=scene.event.message, ticks=ticks)


def option(scene: Scene, option: str) -> Outcome:
    """One of the options."""
    return answering.take(scene, scene.item, given(option))


def reading(scene: Scene, index: str) -> Outcome:
    """One of the meanings that were offered."""
    readings = scene.conversation.pending.get("readings", [])
    answer = unpacked(scene.item, readings[int(index)])
    assert answer is not None
    return answering.take(scene, scene.item, answer)


def _is_last(scene: Scene, item: Item) -> bool:
    following = next_item(scene.sheet, scene.answers, item.id, scene.conversation.revisited, scene.unfinished)
    return following is not None and following.id == item.id
