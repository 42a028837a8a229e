"""Last year's text used again: its sentences numbered, those that still speak of last year with the reason, and mended one by one.

Not here: what is last year's in a sentence (scoring/checks/last_year.py).
"""

import re

from dialogs.answering import take
from dialogs.asking import ask, resume
from dialogs.conversation import Screen
from dialogs.lastyear import last_year_value, marked_text
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, show, wrapped
from scoring.answers import given
from scoring.checks.sentences import replaced
from scoring.items import Item, Text
from scoring.reading import Understood, read
from scoring.wording import quoted
from templates import labels
from templates.messages import message

ROOM = 3000  # characters of all sentences on one page
_WHICH = re.compile(r"(?:改|修改)?\s*(?:第\s*)?(\d{1,2})\s*句?")
_OUT = ("删掉", "删除", "去掉", "不要了")


def offer(scene: Scene, item: Item) -> Outcome | None:
    """Last year's text with what in it is last year's; None where there is nothing to mark and it can be taken as it is."""
    value = last_year_value(scene, item)
    if not isinstance(item, Text) or not isinstance(value, str) or not any(s.reasons for s in marked_text(scene, value)):
        return None
    return page(scene, item, value)


def page(scene: Scene, item: Item, text: str, ack: str = "") -> Outcome:
    """The sentences, those to be looked at first with their reasons, and the ways to mend them."""
    found = marked_text(scene, text)
    doubtful = [s for s in found if s.reasons]
    room = max(40, ROOM // max(1, len(found)))
    said = message(
        "together/reusing",
        ack=ack,
        label=item.label,
        count=len(found),
        doubtful=len(doubtful),
        lines=[{"number": s.number, "text": _short(s.text, room), "reasons": s.reasons} for s in found if s.text.strip()],
    )
    mend = [(f"改第 {s.number} 句", f"reuse_edit:{s.number}") for s in doubtful[:12]]
    use = labels.USE_AS_IS if doubtful else labels.USE_THIS
    rows: list[Row] = [*wrapped(mend, 3), [(use, "reuse_take"), (labels.WRITE_ANEW, "reuse_anew")]]
    return show(scene, said, rows, screen=Screen.REUSING, item=item.id, pending={"text": text})


def _short(sentence: str, room: int) -> str:
    line = " ".join(sentence.split())
    return line if len(line) <= room else f"{line[:room]}……"


def _open(scene: Scene) -> tuple[Item, str] | None:
    """The question and the text in hand."""
    conversation = scene.conversation
    text = conversation.pending.get("text")
    if conversation.screen is not Screen.REUSING or not isinstance(text, str) or conversation.item not in scene.sheet.items:
        return None
    return scene.item, text


def edit(scene: Scene, number: str) -> Outcome:
    """One sentence, to be said anew."""
    found = _open(scene)
    if found is None:
        return resume(scene, "")
    item, text = found
    sentences = marked_text(scene, text)
    if not number.isdecimal() or not 1 <= int(number) <= len(sentences):
        return page(scene, item, text, f"一共 {len(sentences)} 句，没有第 {number} 句。")
    one = sentences[int(number) - 1]
    said = message("together/sentence", number=one.number, text=one.text.strip(), reasons=one.reasons)
    rows: list[Row] = [[(labels.LEAVE_OUT, "reuse_out"), (labels.BACK_TO_TEXT, "reuse_back")]]
    return show(scene, said, rows, screen=Screen.REUSING, item=item.id, pending={"text": text, "edit": one.number})


def hear(scene: Scene, text: str) -> Outcome:
    """The new sentence, or which one is to be changed."""
    found = _open(scene)
    if found is None:
        return resume(scene, "")
    item, whole = found
    number = scene.conversation.pending.get("edit")
    if isinstance(number, int):
        if text in _OUT:
            return out(scene, "")
        return page(scene, item, replaced(whole, number, text), f"第 {number} 句改好了。")
    if order := _WHICH.fullmatch(text):
        return edit(scene, order[1])
    return page(scene, item, whole, "要改哪一句，发“改第2句”；整段重写，先点“重写”。")


def out(scene: Scene, _: str) -> Outcome:
    """The sentence is left out."""
    found = _open(scene)
    number = scene.conversation.pending.get("edit")
    if found is None or not isinstance(number, int):
        return resume(scene, "")
    item, text = found
    return page(scene, item, replaced(text, number, ""), f"第 {number} 句去掉了。")


def back(scene: Scene, _: str) -> Outcome:
    """Back to all sentences, none changed."""
    found = _open(scene)
    return page(scene, *found) if found else resume(scene, "")


def use(scene: Scene, _: str) -> Outcome:
    """The text as it stands is the answer."""
    found = _open(scene)
    if found is None:
        return resume(scene, "")
    item, text = found
    reading = read(item, text, today=scene.today)
    if not isinstance(reading, Understood):
        reason = getattr(reading, "text", "")
        return page(scene, item, text, reason) if text.strip() else ask(scene, item.id, "句子都去掉了，请重新写一下。")
    return take(scene, item, given(reading.value))


def anew(scene: Scene, _: str) -> Outcome:
    """Written anew: the question once more."""
    found = _open(scene)
    return ask(scene, found[0].id, f"好的，{quoted(found[0].label)}重新写，直接发给我。") if found else resume(scene, "")


def again(scene: Scene, ack: str) -> Outcome:
    """The page once more, below a line."""
    found = _open(scene)
    return page(scene, *found, ack) if found else resume(scene, ack)
