"""What a button means: its action carried out on the scene. Typed words that name an action come here, too.

Not here: which buttons a screen has (asking.py, checkup.py …), or what other typed text means (interview.py).
"""

from collections.abc import Callable, Mapping

from dialogs import answering, checkup, contents, issuing, opening, pasting, reasons, renaming, returning
from dialogs.answering import resume
from dialogs.arriving import filled, open_part
from dialogs.asking import ask, ask_next, firm
from dialogs.conversation import Screen
from dialogs.explaining import explain, printed
from dialogs.lastyear import carries_columns, last_year_value
from dialogs.packing import unpacked
from dialogs.pieces import is_piecewise
from dialogs.route import next_item, previous_item
from dialogs.rowgroups import hearing, lines, takeover
from dialogs.scene import Opening, Outcome, Scene
from dialogs.showing import MEANWHILE, answered_press, changed_meanwhile, said_first
from dialogs.telling import told
from scoring.answers import Answer, State, given
from scoring.columns import OneRow, Rows, Survey
from scoring.items import Checklist, Item, Text
from scoring.wording import quoted
from templates.messages import message


def act(scene: Scene, action: str) -> Outcome:
    """What a button means."""
    name, _, argument = action.partition(":")
    if scene.form is None or name in _BEFORE:
        handler = _BEFORE.get(name)
        return handler(scene, argument) if handler else opening.greet(scene)
    handler = _ACTIONS.get(name)
    outcome = handler(scene, argument) if handler else resume(scene, "")
    dropped = scene.conversation.screen in (Screen.BILL, Screen.PASTE, Screen.REASON) and name not in (
        "confirm",
        "cancel",
        "reason",
    )
    return said_first(outcome, "刚才的改动没有存。") if dropped else outcome


def _on_question(then: Callable[[Scene, Item], Outcome]) -> Callable[[Scene, str], Outcome]:
    """An action that only makes sense while a question is on the screen."""

    def handler(scene: Scene, _: str) -> Outcome:
        conversation = scene.conversation
        if conversation.screen is not Screen.QUESTION or conversation.item not in scene.sheet.items:
            return resume(scene, "")
        return then(scene, scene.item)

    return handler


def _in_table(then: Callable[[Scene, str], Outcome]) -> Callable[[Scene, str], Outcome]:
    """An action that only makes sense while a table asked piece by piece is on the screen."""

    def handler(scene: Scene, argument: str) -> Outcome:
        conversation = scene.conversation
        asked = scene.sheet.items.get(conversation.item)
        if conversation.screen is not Screen.QUESTION or asked is None or not is_piecewise(asked):
            return resume(scene, "")
        return ask(scene, asked.id, MEANWHILE) if changed_meanwhile(scene) else then(scene, argument)

    return handler


def _skip(scene: Scene, item: Item) -> Outcome:
    old = scene.answers.get(item.id)
    if old is not None and old.state is not State.SKIPPED:
        scene = scene.turned(revisited=(*scene.conversation.revisited, item.id))
        return ask_next(scene, f"{quoted(item.label)}先放着，原来的答案没有动。")
    scene = scene.answered(item.id, Answer(State.SKIPPED))
    if _is_last(scene, item):  # nothing lies between now and asking it again, so it would come straight back
        scene = scene.turned(revisited=(*scene.conversation.revisited, item.id))
    return ask_next(scene, f"{quoted(item.label)}先跳过，最后我再问一次。")


def _is_last(scene: Scene, item: Item) -> bool:
    following = next_item(scene.sheet, scene.answers, item.id, scene.conversation.revisited, scene.unfinished)
    return following is not None and following.id == item.id


def _not_applicable(scene: Scene, item: Item) -> Outcome:
    if not item.not_applicable:
        return ask(scene, item.id, "这一题每个单位都要填，不能选“不适用”；暂时没有数可以先“跳过”。")
    return answering.take(scene, item, Answer(State.NOT_APPLICABLE))


def _nothing(scene: Scene, item: Item) -> Outcome:
    if not item.optional:
        return ask(scene, item.id, "")
    return answering.take(scene, item, given("无") if isinstance(item, Text) else Answer(State.NOT_APPLICABLE))


def _back(scene: Scene, item: Item) -> Outcome:
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
    return answering.take(scene, item, given(value))


def _zeros(scene: Scene, item: Item) -> Outcome:
    left = open_part(scene, item)
    row = left.zeros if isinstance(left, OneRow) else None
    return answering.take(scene, item, given(filled(scene, item, row))) if row else ask(scene, item.id)


def _keep(scene: Scene, item: Item) -> Outcome:
    answer = scene.answers.get(item.id)
    if answer is None or not answer.given:
        return ask(scene, item.id)
    return ask_next(scene.answered(item.id, answer), message("kept", label=item.label, value=told(item, answer)))


def _firm(scene: Scene, item: Item) -> Outcome:
    answer = scene.answers.get(item.id)
    return answering.take(scene, item, firm(answer)) if answer and answer.given else ask(scene, item.id)


def _yes_no(value: bool) -> Callable[[Scene, Item], Outcome]:
    return lambda scene, item: answering.take(scene, item, given(value)) if item.type == "yes_no" else resume(scene, "")


def _all(met: bool) -> Callable[[Scene, Item], Outcome]:
    def then(scene: Scene, item: Item) -> Outcome:
        assert isinstance(item, Checklist)
        return answering.take(scene, item, given(tuple(c.id for c in item.criteria if c.bad is not met)))

    return then


def _done(scene: Scene, item: Item) -> Outcome:
    if is_piecewise(item):
        return lines.finish(scene)
    if isinstance(item, Rows):
        return answering.finish_rows(scene)
    ticks = tuple(scene.conversation.pending.get("ticks", ()))
    return answering.take(scene, item, given(ticks))


def _toggle(scene: Scene, criterion: str) -> Outcome:
    item = scene.item
    assert isinstance(item, Checklist)
    ticked = set(scene.conversation.pending.get("ticks", ())) ^ {criterion}
    ticks = tuple(c.id for c in item.criteria if c.id in ticked)
    return ask(scene, item.id, edits=scene.event.message, ticks=ticks)


def _option(scene: Scene, option: str) -> Outcome:
    return answering.take(scene, scene.item, given(option))


def _reading(scene: Scene, index: str) -> Outcome:
    readings = scene.conversation.pending.get("readings", [])
    answer = unpacked(scene.item, readings[int(index)])
    assert answer is not None
    return answering.take(scene, scene.item, answer)


def _provisional(scene: Scene, item_id: str) -> Outcome:
    wanted = item_id or scene.conversation.latest
    if wanted not in scene.sheet.items:
        return resume(scene, "先填一个数，再标暂估。")
    return answering.mark_provisional(scene, wanted)


def confirm(scene: Scene, _: str) -> Outcome:
    match scene.conversation.screen:
        case Screen.BILL:
            return answering.confirm_bill(scene)
        case Screen.PASTE:
            return pasting.confirm_lines(scene)
    return resume(scene, "")


def cancel(scene: Scene, _: str) -> Outcome:
    match scene.conversation.screen:
        case Screen.PASTE:
            return ask_next(pasting.behind(scene), "好的，这几项没有改。")
        case Screen.CHOOSING:
            return ask(scene, scene.conversation.item, "好的，请重新填一下。")
        case Screen.REASON:
            return reasons.cancel_reason(scene)
        case Screen.PROJECT:
            return contents.show_contents(scene)
    return answering.cancel(scene)


def _continue(scene: Scene, _: str) -> Outcome:
    present = scene.conversation.item
    if present in scene.sheet.items and scene.conversation.screen is not Screen.DRAFTED:
        return returning.resume_at(scene)
    return ask_next(scene.turned(revisited=(), item=""))


_BEFORE: Mapping[str, Callable[[Scene, str], Outcome]] = {
    "new": lambda scene, _: opening.new(scene),
    "unit": opening.take_unit,
    "other_unit": lambda scene, _: opening.ask_name(scene),
    "rename": lambda scene, _: opening.rename(scene),
    "form": opening.take_form,
    "project": opening.pick_project,
    "begin": lambda scene, _: opening.begin(scene),
    "filing": lambda scene, filing: Outcome(
        scene.conversation.elsewhere(), answered_press(scene), opening=Opening(filing=filing)
    ),
    "home": lambda scene, _: Outcome(scene.conversation.elsewhere(), (), leaving=True),
}

_ACTIONS: Mapping[str, Callable[[Scene, str], Outcome]] = {
    "skip": _on_question(_skip),
    "not_applicable": _on_question(_not_applicable),
    "nothing": _on_question(_nothing),
    "back": _on_question(_back),
    "last_year": _on_question(take_last_year),
    "zeros": _on_question(_zeros),
    "keep": _on_question(_keep),
    "firm": _on_question(_firm),
    "yes": _on_question(_yes_no(True)),
    "no": _on_question(_yes_no(False)),
    "all": _on_question(_all(True)),
    "none": _on_question(_all(False)),
    "done": _on_question(_done),
    "remove_row": _on_question(lambda scene, _: answering.remove_row(scene)),
    "start_rows": _in_table(lambda scene, _: takeover.start_rows(scene)),
    "copy_rows": _in_table(lambda scene, _: takeover.copy_rows(scene)),
    "back_cell": _in_table(lambda scene, _: hearing.back_cell(scene) or _back(scene, scene.item)),
    "edit_rows": _in_table(lambda scene, _: lines.choose_line(scene)),
    "table": _in_table(lambda scene, _: lines.table(scene)),
    "line": _in_table(lambda scene, row: lines.show_line(scene, int(row))),
    "cell": _in_table(lines.change_cell),
    "word": _in_table(hearing.tap_word),
    "drop": _in_table(lambda scene, row: answering.remove_rows(scene, int(row) + 1)),
    "move": _in_table(lambda scene, places: lines.move(scene, *(int(p) for p in places.split(".")))),
    "toggle": _toggle,
    "option": _option,
    "reading": _reading,
    "explain": lambda scene, _: explain(scene),
    "printed": printed,
    "provisional": _provisional,
    "confirm": confirm,
    "cancel": cancel,
    "undo": lambda scene, _: answering.undo(scene),
    "reason": reasons.tap_reason,
    "new_project": lambda scene, _: opening.new_project(scene),
    "rename_project": lambda scene, _: renaming.ask_new_project_name(scene),
    "project_renamed": lambda scene, _: renaming.rename_project(scene),
    "contents": lambda scene, _: contents.show_contents(scene),
    "section": contents.show_section,
    "jump": contents.visit,
    "continue": _continue,
    "pause": lambda scene, _: returning.pause(scene),
    "checkup": lambda scene, _: checkup.show_checkup(scene),
    "review": lambda scene, page: checkup.show_review(scene, int(page or 0)),
    "draft": lambda scene, _: issuing.issue(scene),
    "singles": lambda scene, _: issuing.send(scene, "singles"),
    "package": lambda scene, _: issuing.send(scene, "package"),
    "summary": lambda scene, _: issuing.send(scene, "summary"),
}
