"""A respondent before a survey: anybody with the link, one tap a question, anonymous; afterwards all is as before.

Nothing else of the unit or its filing is shown. Whoever belongs to the unit sees the questions, and is not counted.
"""

import re
from dataclasses import replace

from dialogs import returning
from dialogs.access.permissions import Action
from dialogs.conversation import Conversation, Screen
from dialogs.orders import Order
from dialogs.replies import Message
from dialogs.scene import Outcome, Scene
from dialogs.showing import answered_press, quiet, said_first, show
from dialogs.store import filings, surveys
from dialogs.store.surveys import Stored
from dialogs.surveying.carrying import forgotten, opened, ticked
from dialogs.surveying.questionnaires import from_json
from templates import labels
from templates.messages import message

CODE = re.compile(r"[0-9a-z]{16}")


def begin(scene: Scene, code: str) -> Outcome:
    """Somebody follows the link of a survey."""
    survey = scene.world.read(surveys.by_code, code) if CODE.fullmatch(code) else None
    if survey is None:
        return _only(scene, message("surveying/unknown"))
    if not survey.runs(scene.event.at):
        return _only(scene, message("surveying/over"))
    count = len(from_json(survey.questions))
    if _belongs(scene, survey):
        return _question(scene, survey, 0, preview=True)
    known = scene.world.read(surveys.marks_of, survey, scene.rights.person)
    if known is not None and known[1]:
        return _only(scene, message("surveying/already"))
    order = Order(Action.JOIN, scene.place, opened, {"survey": survey.id, "questions": count})
    marks = known[0] if known else ()
    outcome = _question(scene, survey, next((n for n, m in enumerate(marks) if m is None), 0))
    return replace(outcome, orders=(order,))


def _belongs(scene: Scene, survey: Stored) -> bool:
    """Whether the person has any role where the survey comes from."""
    filing = scene.world.read(filings.filing, survey.filing)
    return filing is not None and bool(scene.rights.roles_at(filing.place))


def _only(scene: Scene, text: str) -> Outcome:
    """One sentence; everything stays as it was."""
    return Outcome(scene.conversation, (*answered_press(scene), Message(text)), scene.changes)


def _question(scene: Scene, survey: Stored, n: int, *, preview: bool = False, ack: str = "") -> Outcome:
    questions = from_json(survey.questions)
    filing = scene.world.read(filings.filing, survey.filing)
    assert filing is not None
    text = message(
        "surveying/question",
        ack=ack,
        first=n == 0,
        unit=filing.unit_name,
        place=n + 1,
        places=len(questions),
        question=questions[n].text,
        preview=preview,
    )
    rows = [[(option, f"survey_tick:{k}")] for k, option in enumerate(questions[n].options)]
    if n:
        rows.append([(labels.SURVEY_BACK, "survey_before")])
    since = scene.conversation.pending.get("since") if scene.conversation.screen is Screen.SURVEYED else None
    pending = {"of": survey.id, "n": n, "since": since or scene.event.at, "preview": preview}
    return _in_place(scene, show(scene, text, rows, screen=Screen.SURVEYED, item=scene.conversation.item, pending=pending))


def _in_place(scene: Scene, outcome: Outcome) -> Outcome:
    """The next question takes the place of the one just answered, with buttons of its own."""
    if not scene.event.query or scene.conversation.screen is not Screen.SURVEYED:
        return outcome
    shown = (replace(r, edits=scene.event.message) if isinstance(r, Message) else r for r in outcome.replies)
    return replace(outcome, replies=tuple(shown))


def _at_hand(scene: Scene) -> Stored | None:
    """The survey on the screen."""
    pending = scene.conversation.pending
    if scene.conversation.screen is not Screen.SURVEYED or "of" not in pending:
        return None
    return scene.world.read(surveys.by_id, pending["of"])


def tick(scene: Scene, option: str) -> Outcome:
    """One tap: written at once, and the next question."""
    survey = _at_hand(scene)
    if survey is None:
        return quiet(scene, "这一题已经过去了")
    if not survey.runs(scene.event.at):
        return _left(scene, message("surveying/over"))
    pending, questions = scene.conversation.pending, from_json(survey.questions)
    n, preview = pending["n"], pending["preview"]
    if not option.isdecimal() or int(option) >= len(questions[n].options):
        return quiet(scene, "这一题已经过去了")
    known = None if preview else scene.world.read(surveys.marks_of, survey, scene.rights.person)
    if known is not None and known[1]:
        return _left(scene, message("surveying/already"))
    values = {"survey": survey.id, "question": n, "option": int(option)}
    orders = () if preview else (Order(Action.JOIN, scene.place, ticked, values),)
    still_open = [k for k in range(len(questions)) if k != n and (known is None or known[0][k] is None)]
    following = next((k for k in still_open if k > n), None) if preview else next(iter(still_open), None)
    if following is not None:
        return replace(_question(scene, survey, following, preview=preview), orders=orders)
    if not preview:
        orders = (*orders, Order(Action.JOIN, scene.place, forgotten, {"since": pending["since"]}))
    return replace(_left(scene, message("surveying/thanks", preview=preview)), orders=orders)


def _left(scene: Scene, text: str) -> Outcome:
    """The respondent is done: back where they were, or a stranger again. No trace of the last tap stays on the screen."""
    conversation = scene.conversation
    if scene.form is not None:
        there = replace(
            scene, conversation=Conversation(item=conversation.item, hat=conversation.hat, unfinished=conversation.unfinished)
        )
        outcome = said_first(returning.arrive(there), text)
        return replace(outcome, conversation=replace(outcome.conversation, before=""))
    after = Conversation(turn=conversation.turn, actions=("survey_over",) * len(conversation.actions), hat=conversation.hat)
    edits = scene.event.message if scene.event.query else 0
    return Outcome(after, (*answered_press(scene), Message(text, (), edits)), scene.changes)


def over(scene: Scene, _: str) -> Outcome:
    """A second tap on the last question."""
    order = Order(Action.JOIN, scene.place, forgotten, {"since": scene.event.at})
    return replace(quiet(scene, "已经填好了，谢谢您"), orders=(order,))


def before(scene: Scene, _: str) -> Outcome:
    """The question before, as long as the answer is not complete."""
    survey = _at_hand(scene)
    if survey is None or not survey.runs(scene.event.at):
        return _left(scene, message("surveying/over")) if survey else quiet(scene, "这一题已经过去了")
    pending = scene.conversation.pending
    return _question(scene, survey, max(pending["n"] - 1, 0), preview=pending["preview"])


def again(scene: Scene, ack: str) -> Outcome:
    """The question once more, below a line."""
    survey = _at_hand(scene)
    if survey is None or not survey.runs(scene.event.at):
        return _left(scene, message("surveying/over"))
    pending = scene.conversation.pending
    return _question(scene, survey, pending["n"], preview=pending["preview"], ack=ack)


def hear(scene: Scene, _: str) -> Outcome:
    """Typed words are no answer here: a tap is."""
    return again(scene, "点一个选项就行，不用打字。")
