"""What a button means: its action carried out on the scene. Typed words that name an action come here, too.

Not here: which buttons a screen has (asking.py, checkup.py …), or what other typed text means (interview.py).
"""

from collections.abc import Callable, Mapping

from dialogs import (
    changing,
    checkup,
    contents,
    issuing,
    linewise,
    opening,
    pasting,
    reasons,
    recording,
    renaming,
    returning,
    rooms,
    tapping,
)
from dialogs.access.permissions import Action
from dialogs.access.refusing import refused
from dialogs.asking import ask, ask_next, resume
from dialogs.conversation import Screen
from dialogs.explaining import explain, printed
from dialogs.pieces import is_piecewise
from dialogs.review.dossier import is_locked
from dialogs.rowgroups import hearing, lines, takeover
from dialogs.scene import Opening, Outcome, Scene
from dialogs.showing import answered_press, changed_meanwhile, said_first
from dialogs.together import meeting
from scoring.items import Item

_UNDECIDED = (Screen.BILL, Screen.PASTE, Screen.REASON, Screen.STANDS)  # screens on which a change waits for its word
_DECIDING = ("confirm", "cancel", "reason", "stands")


def act(scene: Scene, action: str) -> Outcome:
    """What a button means, to somebody who may."""
    name, _, argument = action.partition(":")
    entry = rooms.actions().get(name)
    if entry is not None and not scene.may(entry.needs, entry.place(scene, argument)):
        return refused(scene, entry.needs, action)
    if entry is None and (scene.form is None or name in _BEFORE):
        if scene.stranger:
            return refused(scene, Action.READ, action) if name in ("filing", "goto") else opening.greet(scene)
        handler = _BEFORE.get(name)
        return handler(scene, argument) if handler else opening.greet(scene)
    if entry is None and not scene.may(NEEDED.get(name, Action.ANSWER)):
        return refused(scene, NEEDED.get(name, Action.ANSWER), action)
    handler = entry.handler if entry else _ACTIONS.get(name)
    outcome = handler(scene, argument) if handler else resume(scene, "")
    dropped = scene.form is not None and scene.conversation.screen in _UNDECIDED and name not in _DECIDING
    return said_first(outcome, "刚才的改动没有存。") if dropped else outcome


def goto(scene: Scene, argument: str) -> Outcome:
    """To a filing and there to a button's action, from wherever somebody is: `filing:action`."""
    filing, _, then = argument.partition(":")
    return Outcome(scene.conversation.elsewhere(), answered_press(scene), opening=Opening(filing=filing, then=then))


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
        return meeting.table_moved(scene) if changed_meanwhile(scene) else then(scene, argument)

    return handler


def _provisional(scene: Scene, item_id: str) -> Outcome:
    wanted = item_id or scene.conversation.latest
    if wanted not in scene.sheet.items:
        return resume(scene, "先填一个数，再标暂估。")
    return recording.mark_provisional(scene, wanted)


def confirm(scene: Scene, _: str) -> Outcome:
    match scene.conversation.screen:
        case Screen.BILL:
            return changing.confirm_bill(scene)
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
    return changing.cancel(scene)


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
    "goto": goto,
    "home": lambda scene, _: Outcome(scene.conversation.elsewhere(), (), leaving=True),
}

_ACTIONS: Mapping[str, Callable[[Scene, str], Outcome]] = {
    "skip": _on_question(tapping.skip),
    "not_applicable": _on_question(tapping.not_applicable),
    "nothing": _on_question(tapping.nothing),
    "back": _on_question(tapping.back),
    "last_year": _on_question(tapping.take_last_year),
    "zeros": _on_question(tapping.zeros),
    "keep": _on_question(tapping.keep),
    "firm": _on_question(tapping.firm),
    "yes": _on_question(tapping.yes_no(True)),
    "no": _on_question(tapping.yes_no(False)),
    "all": _on_question(tapping.all_or_none(True)),
    "none": _on_question(tapping.all_or_none(False)),
    "done": _on_question(tapping.done),
    "remove_row": _on_question(lambda scene, _: linewise.remove_row(scene)),
    "start_rows": _in_table(lambda scene, _: takeover.start_rows(scene)),
    "copy_rows": _in_table(lambda scene, _: takeover.copy_rows(scene)),
    "back_cell": _in_table(lambda scene, _: hearing.back_cell(scene) or tapping.back(scene, scene.item)),
    "edit_rows": _in_table(lambda scene, _: lines.choose_line(scene)),
    "table": _in_table(lambda scene, _: lines.table(scene)),
    "line": _in_table(lambda scene, row: lines.show_line(scene, int(row))),
    "cell": _in_table(lines.change_cell),
    "word": _in_table(hearing.tap_word),
    "drop": _in_table(lambda scene, row: linewise.remove_rows(scene, int(row) + 1)),
    "move": _in_table(lambda scene, places: lines.move(scene, *(int(p) for p in places.split(".")))),
    "toggle": tapping.toggle,
    "option": tapping.option,
    "reading": tapping.reading,
    "explain": lambda scene, _: explain(scene),
    "printed": printed,
    "provisional": _provisional,
    "confirm": confirm,
    "cancel": cancel,
    "undo": lambda scene, _: changing.undo(scene),
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
    "draft": lambda scene, _: act(scene, "papers") if is_locked(scene.place.state) else issuing.issue(scene),
    "singles": lambda scene, _: issuing.send(scene, "singles"),
    "package": lambda scene, _: issuing.send(scene, "package"),
    "summary": lambda scene, _: issuing.send(scene, "summary"),
}

# What each of them needs. Those of the beginning show a person what is theirs anyway; whether the filing may be opened or
# begun is asked where that is done (staging.py).
_OWN = dict.fromkeys(_BEFORE, Action.OWN)
_READ = dict.fromkeys(
    ("contents", "section", "jump", "continue", "pause", "checkup", "review", "explain", "printed", "new_project"), Action.READ
)
_DRAFT = dict.fromkeys(("draft", "singles", "package", "summary"), Action.DRAFT)
_ANSWER = dict.fromkeys(
    (
        *("skip", "not_applicable", "nothing", "back", "last_year", "zeros", "keep", "firm", "yes", "no", "all", "none", "done"),
        *("remove_row", "start_rows", "copy_rows", "back_cell", "edit_rows", "table", "line", "cell", "word", "drop", "move"),
        *(
            "toggle",
            "option",
            "reading",
            "provisional",
            "confirm",
            "cancel",
            "undo",
            "reason",
            "rename_project",
            "project_renamed",
        ),
    ),
    Action.ANSWER,
)
NEEDED: Mapping[str, Action] = {**_OWN, **_READ, **_DRAFT, **_ANSWER}
