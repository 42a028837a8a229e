"""A filler makes a survey: everything proposed on one page, each part changed with a tap, begun with another.

Not here: its page once it runs (pages.py).
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from dialogs.access.permissions import Action
from dialogs.conversation import Screen
from dialogs.orders import Order
from dialogs.scene import Outcome, Scene
from dialogs.showing import answered_press, quiet, show
from dialogs.store import surveys
from dialogs.surveying.carrying import create, prolong
from dialogs.surveying.dates import typed_day
from dialogs.surveying.questionnaires import SATISFIED, least_for, own_questions, questions_for, suits, to_json
from scoring.columns import Survey
from scoring.items import Item
from templates import labels
from templates.messages import message

DAYS = 14  # a survey runs so long unless the filler says otherwise
MOST_LEAST = 100_000


def propose(scene: Scene, item: Item, ack: str = "", wish: Mapping[str, Any] | None = None) -> Outcome:
    """What the survey would be; nothing is made yet."""
    if not suits(item) or not scene.may(Action.SURVEY) or scene.filing is None:
        return quiet(scene, "这一题没有调查")
    wish = wish or {"texts": [], "day": (scene.today + timedelta(days=DAYS)).isoformat(), "least": least_for(item)}
    asked = questions_for(item, scene.filing.unit_name, wish["texts"], scene.filing.project)
    day = date.fromisoformat(wish["day"])
    text = message(
        "surveying/making",
        ack=ack,
        label=item.label,
        number=scene.sheet.numbers[item.id],
        questions=[q.text for q in asked],
        options=[] if isinstance(item, Survey) else list(asked[0].options),
        satisfied=list(asked[0].options[:SATISFIED]),
        day=f"{day.month}月{day.day}日",
        least=wish["least"],
    )
    own = [] if isinstance(item, Survey) else [(labels.SURVEY_TEXTS, "survey_asks:texts")]
    rows = [
        [(labels.SURVEY_GO, "survey_go")],
        [*own, (labels.SURVEY_DAY, "survey_asks:day"), (labels.SURVEY_LEAST, "survey_asks:least")],
        [(f"回到第 {scene.sheet.numbers[item.id]} 题", f"jump:{item.id}"), (labels.CONTENTS, "contents")],
    ]
    return _page(scene, text, rows, item, {"wish": dict(wish)})


def _page(scene: Scene, text: str, rows: list[list[tuple[str, str]]], item: Item, pending: Mapping[str, Any]) -> Outcome:
    return show(scene, text, rows, screen=Screen.SURVEY, item=item.id, pending={"survey": item.id, **pending})


def _item(scene: Scene) -> Item | None:
    return scene.sheet.items.get(scene.conversation.pending.get("survey", ""))


def again_new(scene: Scene, item_id: str) -> Outcome:
    """Another survey for the same item."""
    item = scene.sheet.items.get(item_id)
    return propose(scene, item) if item is not None else quiet(scene, "这一题没有调查")


def asks(scene: Scene, what: str, ack: str = "") -> Outcome:
    """The filler wants other questions, another last day or another least number."""
    item, wish = _item(scene), scene.conversation.pending.get("wish")
    if item is None or wish is None or what not in ("texts", "day", "least"):
        return quiet(scene, "这一步已经过去了")
    text = message(f"surveying/ask_{what}", ack=ack)
    return _page(scene, text, [[(labels.CANCEL, "survey_kept")]], item, {"wish": wish, "asks": what})


def kept(scene: Scene, _: str) -> Outcome:
    """Back to what is proposed, unchanged."""
    item = _item(scene)
    return propose(scene, item, wish=scene.conversation.pending.get("wish")) if item else quiet(scene, "这一步已经过去了")


def hear(scene: Scene, what: str, text: str) -> Outcome:
    """Other questions, another day, another number, as typed."""
    item, wish = _item(scene), scene.conversation.pending.get("wish")
    if item is None or wish is None:
        return quiet(scene, "")
    if what == "texts":
        texts, wrong = own_questions(text)
        return asks(scene, what, wrong) if wrong else propose(scene, item, wish={**wish, "texts": list(texts)})
    if what == "day":
        day, wrong = typed_day(text, scene.today)
        return propose(scene, item, wish={**wish, "day": day.isoformat()}) if day else asks(scene, what, wrong)
    bare = text.removesuffix("份").removesuffix("人").strip()
    if not bare.isdecimal() or not 1 <= int(bare) <= MOST_LEAST:
        return asks(scene, what, "请发一个整数，例如：30。")
    return propose(scene, item, wish={**wish, "least": int(bare)})


def go(scene: Scene, _: str) -> Outcome:
    """The survey begins; its page shows the link."""
    item, wish = _item(scene), scene.conversation.pending.get("wish")
    if item is None or wish is None or scene.filing is None:
        return quiet(scene, "这一步已经过去了")
    questions = to_json(questions_for(item, scene.filing.unit_name, wish["texts"], scene.filing.project))
    values = {"place": scene.place, "item": item.id, "questions": questions, "minimum": wish["least"], "day": wish["day"]}
    order = Order(Action.SURVEY, scene.place, create, values)
    return Outcome(scene.conversation, answered_press(scene, "发起了"), scene.changes, orders=(order,), after=f"survey:{item.id}")


def ask_day(scene: Scene, item_id: str, ack: str = "") -> Outcome:
    """Another last day for a survey that runs."""
    item = scene.sheet.items.get(item_id)
    if item is None:
        return quiet(scene, "这一题没有调查")
    text = message("surveying/ask_day", ack=ack)
    return _page(scene, text, [[(labels.CANCEL, f"survey:{item_id}")]], item, {"asks": "moved"})


def hear_moved(scene: Scene, text: str) -> Outcome:
    """The other last day, as typed."""
    item = _item(scene)
    survey = scene.world.read(surveys.latest, scene.filing.id, item.id) if item and scene.filing else None
    if item is None or survey is None:
        return quiet(scene, "")
    day, wrong = typed_day(text, scene.today)
    if day is None:
        return ask_day(scene, item.id, wrong)
    values = {"place": scene.place, "survey": survey.id, "day": day.isoformat()}
    order = Order(Action.SURVEY, scene.place, prolong, values)
    return Outcome(scene.conversation, (), scene.changes, orders=(order,), after=f"survey:{item.id}")
