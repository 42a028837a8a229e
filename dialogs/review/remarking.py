"""Remarks and 核查分 as a reviewer types them, and the deeds that keep them. Only while a filing waits for its review.

On the page of one answer a sentence is a remark; on the page of one indicator points with a reason are 核查分, any other
sentence is a remark.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from dialogs import contents
from dialogs.access.permissions import Action, Role, State
from dialogs.access.refusing import refused
from dialogs.asking import ask
from dialogs.conversation import Screen
from dialogs.orders import Doing, Order
from dialogs.replies import Message, Reply
from dialogs.returning import arrive
from dialogs.review import answers, cards, confirming, pages
from dialogs.review.deciding import LONGEST, SHORTEST
from dialogs.review.dossier import decides, dossier, is_locked, load
from dialogs.review.showing import ordered, saying
from dialogs.review.words import about as words_about
from dialogs.review.words import too_late
from dialogs.scene import Outcome, Scene
from dialogs.showing import said_first
from dialogs.small_talk import meant
from dialogs.store import filings, journal, remarks, standing, verified
from dialogs.store.remarks import About, Remark
from scoring.numbers import plain
from scoring.reading import NotUnderstood
from scoring.review.verified import Verified, read_verified
from scoring.scorecard import is_out, score
from scoring.wording import quoted
from templates.messages import message

NUMBER = re.compile(r"[#＃]?(?:第\s*)?(\d{1,4})\s*[题项个]?")
NUMBERED = re.compile(r"[#＃]?(?:第\s*)?(\d{1,4})\s*(?:[题项个][\s,，、.．:：]*|[\s,，、.．:：]+)(\S.*)", re.DOTALL)
ELSEWHERE = re.compile(r"(?:[#＃]|第\s*)(\d{1,4})\s*题?[\s,，、.．:：]*(\S.*)", re.DOTALL)  # #17 写得太空: a remark about 17
QUESTION = re.compile(r"[#＃]?(?:第\s*)?(\d{1,4})\s*题[\s,，、.．:：]*(\S.*)?", re.DOTALL)  # also on the scorecard: no indicator
POINTS = re.compile(r"(?:核查分?|得|打|给)?\s*[\d０-９]")
LATE = "这份刚才已经有人审核过了，这一句没有记。"


def _ordered(scene: Scene, text: str) -> Outcome | None:
    """A decision typed on a page; and, from whoever has handed the filing in, an answer that comes too late."""
    if decide := DECISIONS.get(text):
        return decide(scene, "")
    if not is_locked(scene.place.state) and scene.hat is Role.FILLER:
        return _at_work_again(scene, text)
    if is_locked(scene.place.state) and scene.hat is Role.FILLER and not NUMBER.fullmatch(text):
        facts = {"state": str(scene.place.state), "withdraw": scene.may(Action.WITHDRAW)}
        said = message("review/locked", talk=meant(text) is not None, page=True, **facts)
        return pages.main(saying(scene, said))
    return None


def _at_work_again(scene: Scene, text: str) -> Outcome:
    """Typed by a filler on a page of the review whose filing has come back meanwhile: to the question they mean."""
    if number := NUMBER.fullmatch(text):
        return contents.jump(scene, int(number[1]))
    item = scene.conversation.item
    if scene.conversation.screen is Screen.REVIEW_ITEM and item in scene.sheet.items:
        return ask(scene, item, "这份现在可以改了。要改这一题，再发一次新的答案。")
    return said_first(arrive(scene), "这份现在可以改了。")


DECISIONS: Mapping[str, Callable[[Scene, str], Outcome]] = {
    "退回": confirming.ask_return,
    "通过": confirming.ask_approve,
    "重新打开": confirming.ask_reopen,
}


def hear_item(scene: Scene, text: str) -> Outcome:
    """On the page of one answer: another number, or a remark."""
    if outcome := _ordered(scene, text):
        return outcome
    if elsewhere := ELSEWHERE.fullmatch(text):
        return _numbered(scene, int(elsewhere[1]), elsewhere[2], "", on_card=False)
    if number := NUMBER.fullmatch(text):
        return answers.jump(scene, int(number[1]))
    return remark(scene, "item", scene.conversation.item, text, f"rv_item:{scene.conversation.item}")


def hear_indicator(scene: Scene, text: str) -> Outcome:
    """On the page of one indicator: points with a reason, or a remark."""
    if outcome := _ordered(scene, text):
        return outcome
    id = str(scene.conversation.pending.get("page", "")).partition(":")[2]
    if question := QUESTION.fullmatch(text):
        return _of_question(scene, question, f"rv_ind:{id}")
    if POINTS.match(text):
        return verify(scene, id, text)
    return remark(scene, "indicator", id, text, f"rv_ind:{id}")


def hear_page(scene: Scene, text: str) -> Outcome:
    """On a list: a number opens one thing; a number and words are a remark about it, or its 核查分."""
    page = str(scene.conversation.pending.get("page", "rv"))
    name = page.partition(":")[0]
    on_card = name == "rv_card"
    if outcome := _ordered(scene, text):
        return outcome
    if on_card and (question := QUESTION.fullmatch(text)):
        return _of_question(scene, question, page)
    if number := NUMBER.fullmatch(text):
        return _indicator(scene, int(number[1])) if on_card else answers.jump(scene, int(number[1]))
    if numbered := NUMBERED.fullmatch(text):
        return _numbered(scene, int(numbered[1]), numbered[2], page, on_card=on_card)
    if on_card and scene.may(Action.VERIFY) and POINTS.match(text):
        return again(saying(scene, "给哪一个指标？点它的序号再发一次，或者连序号一起发，例如“1 8分 缺佐证”。"))
    said = (
        "要写意见，先发题号（或“3 和批复对不上”这样的一行）；整份的意见，点“退回”以后写。"
        if scene.may(Action.REMARK)
        else "点一个按钮就行；发题号看一题。"
    )
    return again(saying(scene, said))


def _of_question(scene: Scene, question: re.Match[str], page: str) -> Outcome:
    """`第3题写错了`, wherever it is typed; `第3题` alone shows it."""
    number, words = int(question[1]), question[2] or ""
    return _numbered(scene, number, words, page, on_card=False) if words else answers.jump(scene, number)


def _numbered(scene: Scene, number: int, words: str, page: str, *, on_card: bool) -> Outcome:
    """`3 和批复对不上`; on the scorecard also `3 8 缺佐证`."""
    if not on_card:
        id = next((i for i, n in scene.sheet.numbers.items() if n == number), "")
        return remark(scene, "item", id, words, page or f"rv_item:{id}") if id else answers.jump(scene, number)
    lines = score(scene.sheet, scene.answers).lines
    if not 1 <= number <= len(lines):
        return _indicator(scene, number)
    id = lines[number - 1].indicator.id
    return verify(scene, id, words) if POINTS.match(words) else remark(scene, "indicator", id, words, page)


def again(scene: Scene) -> Outcome:
    """The page that stands there, once more."""
    from dialogs.review.room import ROOM  # the room knows its pages; a page knows only its name

    name, _, argument = str(scene.conversation.pending.get("page", "rv")).partition(":")
    entry = ROOM.actions.get(name) or ROOM.actions["rv"]
    return entry.handler(scene, argument)


def _indicator(scene: Scene, number: int) -> Outcome:
    lines = score(scene.sheet, scene.answers).lines
    if 1 <= number <= len(lines):
        return cards.indicator(scene, lines[number - 1].indicator.id)
    return again(saying(scene, f"没有第 {number} 个指标，一共 {len(lines)} 个。"))


def remark(scene: Scene, about: About, place: str, text: str, then: str) -> Outcome:
    """Have a remark kept, and show the page it was written on."""
    late = _not_now(scene, Action.REMARK)
    if late is not None:
        return late
    words = " ".join(text.split())
    if not SHORTEST <= len(words) <= LONGEST:
        return again(saying(scene, f"一条意见 {SHORTEST}–{LONGEST} 个字，收到 {len(words)} 个字，没有记。"))
    assert scene.filing is not None
    values = {"filing": scene.filing.id, "about": about, "place": place, "text": words}
    order = Order(Action.REMARK, scene.place, keep_remark, values)
    said = words_about(scene.sheet, about, place)
    return ordered(scene, order, then, f"已记意见{f'（{said}）' if said else ''}：{words}")


def take_back(scene: Scene, id: str) -> Outcome:
    """Have a remark removed that was not sent yet."""
    found = next((r for r in dossier(scene).fresh if r.id == id), None)
    late = _not_now(scene, Action.REMARK)
    if late is not None or found is None:
        return late or again(saying(scene, "这条意见已经收回或者发出去了。"))
    assert scene.filing is not None
    order = Order(Action.REMARK, scene.place, drop_remark, {"filing": scene.filing.id, "id": id})
    page = {"item": f"rv_item:{found.place}", "indicator": f"rv_ind:{found.place}"}.get(found.about, "rv")
    listed = str(scene.conversation.pending.get("page", ""))
    return ordered(scene, order, listed if listed.startswith("rv_remarks") else page, f"已收回：{found.text}")


def verify(scene: Scene, id: str, text: str) -> Outcome:
    """Have 核查分 kept as typed: points and reason."""
    late = _not_now(scene, Action.VERIFY)
    if late is not None:
        return late
    line = next((x for x in score(scene.sheet, scene.answers).lines if x.indicator.id == id), None)
    if line is None or scene.filing is None:
        return again(scene)
    if is_out(scene.sheet, line):
        return again(saying(scene, f"{quoted(line.indicator.name)}不适用、不计入总分，没有核查分可改。"))
    read = read_verified(scene.sheet, line.indicator, re.sub(r"^核查分?[\s:：]*", "", text))
    if isinstance(read, NotUnderstood):
        return again(saying(scene, f"{quoted(line.indicator.name)}：{read.text}"))
    if read.points == line.points:
        if id in dossier(scene).verdicts:
            return own_points(scene, id)
        return again(saying(scene, f"{quoted(line.indicator.name)}自评就是 {plain(read.points)} 分，不用改。"))
    values = {"filing": scene.filing.id, "indicator": id, "given": replace(read, own=line.points)}
    said = f"{quoted(line.indicator.name)}核查 {plain(read.points)} 分：{read.reason}"
    return ordered(scene, Order(Action.VERIFY, scene.place, keep_points, values), _page_of(scene, id), said)


def still(scene: Scene, id: str) -> Outcome:
    """Have 核查分 stand although the 自评分 has changed since."""
    late = _not_now(scene, Action.VERIFY)
    verdict = dossier(scene).verdicts.get(id)
    if late is not None or scene.filing is None or verdict is None:
        return late or again(scene)
    line = score(scene.sheet, scene.answers).line(id)
    values = {"filing": scene.filing.id, "indicator": id, "given": replace(verdict, own=line.points)}
    said = f"好的，核查仍是 {plain(verdict.points)} 分。"
    return ordered(scene, Order(Action.VERIFY, scene.place, keep_points, values), _page_of(scene, id), said)


def own_points(scene: Scene, id: str) -> Outcome:
    """Have 核查分 taken back: the 自评分 counts again."""
    late = _not_now(scene, Action.VERIFY)
    if late is not None or scene.filing is None:
        return late or again(scene)
    if id not in dossier(scene).verdicts:
        return again(saying(scene, "这个指标没有核查分，一直按自评分。"))
    values = {"filing": scene.filing.id, "indicator": id, "given": None}
    return ordered(scene, Order(Action.VERIFY, scene.place, keep_points, values), _page_of(scene, id), "核查分收回了，按自评分。")


def _page_of(scene: Scene, id: str) -> str:
    page = str(scene.conversation.pending.get("page", ""))
    return page if page.startswith("rv_card") else f"rv_ind:{id}"


def _not_now(scene: Scene, action: Action) -> Outcome | None:
    """Why this cannot be done: it is not theirs to do, or it is not the time for it; None when it can."""
    if scene.may(action):
        return None
    state = scene.place.state
    if state is not State.SUBMITTED and decides(scene):
        return again(saying(scene, too_late(state, dossier(scene), scene.zone)))
    return refused(scene, action)


def keep_remark(doing: Doing, filing: str, about: About, place: str, text: str) -> Sequence[Reply]:
    """Keep a remark of the present round."""
    own = filings.filing(doing.c, filing)
    if own is None or not standing.hold(doing.c, filing, (State.SUBMITTED,)):
        return (Message(LATE),)
    remark = Remark(doing.office.new_id(), own.round, about, place, doing.person, doing.at, text)
    remarks.add(doing.c, filing, remark)
    detail = {"round": own.round, "about": about, "place": place}
    journal.note(doing.c, doing.person, "remarked", own.place, detail, doing.at)
    return ()


def drop_remark(doing: Doing, filing: str, id: str) -> Sequence[Reply]:
    """Remove a remark that has not been sent."""
    own = filings.filing(doing.c, filing)
    held = own is not None and standing.hold(doing.c, filing, (State.SUBMITTED,))
    waits = held and id in {r.id for r in load(doing.c, filing).fresh}
    if own is None or not waits or not remarks.take_back(doing.c, filing, id):
        return (Message("这条意见已经收回或者发出去了，没有再动。"),)
    journal.note(doing.c, doing.person, "remark taken back", own.place, {"round": own.round}, doing.at)
    return ()


def keep_points(doing: Doing, filing: str, indicator: str, given: Verified | None) -> Sequence[Reply]:
    """Keep 核查分 of an indicator, or take it back."""
    own = filings.filing(doing.c, filing)
    if own is None or not standing.hold(doing.c, filing, (State.SUBMITTED,)):
        return (Message(LATE),)
    if given is None:
        verified.drop(doing.c, filing, indicator)
    else:
        verified.put(doing.c, filing, indicator, given, doing.person, doing.at)
    detail = {"round": own.round, "indicator": indicator, "points": plain(given.points) if given else None}
    journal.note(doing.c, doing.person, "verified", own.place, detail, doing.at)
    return ()
