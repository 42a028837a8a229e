"""The page of a survey for whoever fills in the form: live tallies, the link, the picture, closing it, taking it over.

What comes out is a proposal: nothing stands in the form before the filler has said so. Not here: making one (making.py).
"""

from dataclasses import replace
from decimal import Decimal

from dialogs import answering
from dialogs.access.permissions import Action
from dialogs.conversation import Screen
from dialogs.orders import Order
from dialogs.replies import Made, Message
from dialogs.scene import Outcome, Scene
from dialogs.showing import answered_press, quiet, show
from dialogs.store import office_settings, surveys
from dialogs.store.surveys import Stored
from dialogs.surveying import making
from dialogs.surveying.carrying import close, count_out
from dialogs.surveying.dates import said_day
from dialogs.surveying.goallines import fitting, placed
from dialogs.surveying.questionnaires import from_json, tallied, value_of, worked_out
from scoring.answers import given
from scoring.asked import is_asked
from scoring.cells import lines_of
from scoring.columns import Rows, Survey
from scoring.items import Item
from scoring.values import Value
from templates import labels
from templates.messages import message

MOST_ISSUED = 1_000_000


def survey_page(scene: Scene, item_id: str) -> Outcome:
    """The survey for an item: made, running or over, whichever it is."""
    item = scene.sheet.items.get(item_id)
    if item is None or scene.filing is None:
        return quiet(scene, "这一题没有调查")
    survey = scene.world.read(surveys.latest, scene.filing.id, item_id)
    if survey is None:
        return making.propose(scene, item)
    if survey.closed_at is not None:
        return _result(scene, item, survey)
    if not survey.runs(scene.event.at):
        if not scene.may(Action.SURVEY):
            return _result(scene, item, survey)
        order = Order(Action.SURVEY, scene.place, close, {"survey": survey.id, "place": scene.place})
        return Outcome(scene.conversation, answered_press(scene), scene.changes, orders=(order,), after=f"survey:{item_id}")
    return _running(scene, item, survey)


def link_of(scene: Scene, survey: Stored) -> str:
    """The address that opens the survey; empty while the bot does not know its own name."""
    return scene.world.read(office_settings.link, f"s{survey.code}")


def _running(scene: Scene, item: Item, survey: Stored, ack: str = "") -> Outcome:
    questions = from_json(survey.questions)
    tallies = tallied(questions, scene.world.read(surveys.answers, survey.id))
    text = message(
        "surveying/running",
        ack=ack,
        label=item.label,
        number=scene.sheet.numbers[item.id],
        opened=tallies.opened,
        returned=tallies.returned,
        valid=tallies.valid,
        least=survey.minimum,
        until=said_day(survey.closes_at, scene.zone),
        questions=_shown(survey, tallies.ticks),
        link=link_of(scene, survey),
    )
    rows = [[(labels.SURVEY_REFRESH, f"survey:{item.id}"), (labels.SURVEY_POSTER, f"survey_poster:{survey.id}")]]
    if scene.may(Action.SURVEY):
        rows.append([(labels.SURVEY_DAY, f"survey_day:{item.id}"), (labels.SURVEY_END, f"survey_end:{item.id}")])
    return _on_page(scene, text, [*rows, _back(scene, item)], item)


def _shown(survey: Stored, ticks: tuple[tuple[int, ...], ...]) -> list[dict[str, object]]:
    asked = from_json(survey.questions)
    return [{"text": q.text, "ticks": list(zip(q.options, t, strict=True))} for q, t in zip(asked, ticks, strict=True)]


def _result(scene: Scene, item: Item, survey: Stored, ack: str = "") -> Outcome:
    tallies = tallied(from_json(survey.questions), scene.world.read(surveys.answers, survey.id))
    value = value_of(item, tallies, survey.issued)
    takes = _takes(scene, item, survey, value)
    text = message(
        "surveying/result",
        ack=ack,
        label=item.label,
        number=scene.sheet.numbers[item.id],
        issued=max(tallies.opened if survey.issued is None else survey.issued, tallies.returned),
        counted=survey.issued is None,
        returned=tallies.returned,
        valid=tallies.valid,
        least=survey.minimum,
        questions=_shown(survey, tallies.ticks),
        rate="" if isinstance(item, Survey) else worked_out(tallies),
        proposed=value is not None,
        lines=len(takes) if isinstance(item, Rows) else -1,
    )
    rows = takes
    more = [(labels.SURVEY_ISSUED, f"survey_issued:{survey.id}")] if isinstance(item, Survey) and value is not None else []
    if scene.may(Action.SURVEY):
        rows.append([*more, (labels.SURVEY_AGAIN, f"survey_new:{item.id}")])
    return _on_page(scene, text, [*rows, _back(scene, item)], item)


def _back(scene: Scene, item: Item) -> list[tuple[str, str]]:
    return [(f"回到第 {scene.sheet.numbers[item.id]} 题", f"jump:{item.id}"), (labels.CONTENTS, "contents")]


def _on_page(scene: Scene, text: str, rows: list[list[tuple[str, str]]], item: Item, **pending: object) -> Outcome:
    return show(scene, text, rows, screen=Screen.SURVEY, item=item.id, pending={"survey": item.id, **pending})


def poster(scene: Scene, id: str) -> Outcome:
    """The picture with the QR code, to be printed, and the words to pass on with it."""
    survey = scene.world.read(surveys.by_id, id)
    if survey is None or scene.filing is None or survey.filing != scene.filing.id:
        return quiet(scene, "这个调查已经不在了")
    link = link_of(scene, survey)
    if not link:
        return Outcome(scene.conversation, (*answered_press(scene), Message(message("surveying/no_link"))), scene.changes)
    caption = message("surveying/poster", whose=scene.filing.name, link=link, until=said_day(survey.closes_at, scene.zone))
    return Outcome(
        scene.conversation, (*answered_press(scene, "马上发"), Made("survey_poster", survey.id, caption)), scene.changes
    )


def end(scene: Scene, item_id: str) -> Outcome:
    """结束调查, asked once more: links that are out do not open again."""
    item, survey = _of(scene, item_id)
    if item is None or survey is None or survey.closed_at is not None:
        return survey_page(scene, item_id)
    tallies = tallied(from_json(survey.questions), scene.world.read(surveys.answers, survey.id))
    text = message("surveying/end", valid=tallies.valid, least=survey.minimum)
    rows = [[(labels.SURVEY_END_NOW, f"survey_close:{item_id}"), (labels.SURVEY_WAIT, f"survey:{item_id}")]]
    return _on_page(scene, text, rows, item)


def close_now(scene: Scene, item_id: str) -> Outcome:
    """The survey is over, and its result is shown."""
    _, survey = _of(scene, item_id)
    if survey is None or survey.closed_at is not None:
        return survey_page(scene, item_id)
    order = Order(Action.SURVEY, scene.place, close, {"survey": survey.id, "place": scene.place})
    return Outcome(scene.conversation, answered_press(scene), scene.changes, orders=(order,), after=f"survey:{item_id}")


def _of(scene: Scene, item_id: str) -> tuple[Item | None, Stored | None]:
    if scene.filing is None or item_id not in scene.sheet.items:
        return None, None
    return scene.sheet.items[item_id], scene.world.read(surveys.latest, scene.filing.id, item_id)


def _mine(scene: Scene, id: str) -> tuple[Item | None, Stored | None]:
    """A survey of the filing in focus by its id, with its item."""
    survey = scene.world.read(surveys.by_id, id)
    if survey is None or scene.filing is None or survey.filing != scene.filing.id:
        return None, None
    return scene.sheet.items.get(survey.item), survey


def take(scene: Scene, argument: str) -> Outcome:
    """The result into the form, as any other answer: read back, or as a change to be confirmed. `id:3`: into a line of goals."""
    id, _, line = argument.partition(":")
    item, survey = _mine(scene, id)
    if item is None or survey is None or survey.closed_at is None:
        return quiet(scene, "这个调查还没有结果")
    value = value_of(item, tallied(from_json(survey.questions), scene.world.read(surveys.answers, survey.id)), survey.issued)
    if value is None:
        return survey_page(scene, item.id)
    if not is_asked(scene.sheet, item, scene.answers):
        return Outcome(scene.conversation, (*answered_press(scene), Message(message("surveying/not_asked"))), scene.changes)
    if isinstance(item, Rows):
        rows = lines_of(scene.answers.get(item.id))
        assert isinstance(value, Decimal)
        chosen = next((f for f in fitting(item, rows, value) if str(f.line) == line), None)
        if chosen is None:
            return survey_page(scene, item.id)
        value = placed(item, rows, chosen)
    there = replace(scene, conversation=replace(scene.conversation, screen=Screen.QUESTION, item=item.id, pending={}))
    return answering.take(there, item, given(value))


def _takes(scene: Scene, item: Item, survey: Stored, value: Value | None) -> list[list[tuple[str, str]]]:
    """The buttons that take the result over: one, or one for each line of goals that can take it."""
    if value is None or not scene.may(Action.ANSWER):
        return []
    if not isinstance(item, Rows):
        return [[(labels.SURVEY_TAKE, f"survey_take:{survey.id}")]]
    assert isinstance(value, Decimal)
    found = fitting(item, lines_of(scene.answers.get(item.id)), value)[:8]
    return [[(f"填进 {f.name}"[:20], f"survey_take:{survey.id}:{f.line}")] for f in found]


def ask_issued(scene: Scene, id: str, ack: str = "") -> Outcome:
    """发放 is what was handed out: only the filler knows how many."""
    item, survey = _mine(scene, id)
    if item is None or survey is None:
        return quiet(scene, "这个调查已经不在了")
    text = message("surveying/issued", ack=ack)
    return _on_page(scene, text, [[(labels.CANCEL, f"survey:{item.id}")]], item, asks="issued", id=id)


def hear_issued(scene: Scene, text: str) -> Outcome:
    """发放 as typed."""
    id = scene.conversation.pending["id"]
    item, survey = _mine(scene, id)
    if item is None or survey is None or scene.filing is None:
        return quiet(scene, "这个调查已经不在了")
    tallies = tallied(from_json(survey.questions), scene.world.read(surveys.answers, survey.id))
    bare = text.removesuffix("份").strip()
    if not bare.isdecimal() or not tallies.returned <= int(bare) <= MOST_ISSUED:
        return ask_issued(scene, id, f"请发一个整数，不能少于收回的 {tallies.returned} 份。")
    order = Order(Action.SURVEY, scene.place, count_out, {"survey": id, "count": int(bare)})
    return Outcome(scene.conversation, (), scene.changes, orders=(order,), after=f"survey:{item.id}")
