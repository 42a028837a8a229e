"""One step of the conversation: (scene, event) → outcome. Pure; the whole dialog begins here.

What typed text means is decided in this order: a command, the label of a live button, a word that works
everywhere (目录, 跳过 …), a question's number, and last the screen that is waiting for it.
"""

import re
from collections.abc import Callable, Mapping

from dialogs import answering, checkup, contents, issuing, opening, pasting
from dialogs.answering import resume
from dialogs.asking import ask, ask_next, firm, last_year_value, zeros
from dialogs.conversation import Conversation, Screen
from dialogs.events import Pressed, Said, Sent
from dialogs.explaining import explain, printed
from dialogs.packing import unpacked
from dialogs.replies import Message
from dialogs.route import next_item, previous_item
from dialogs.scene import Opening, Outcome, Scene
from dialogs.showing import answered_press, quiet
from dialogs.small_talk import Meant, meant
from dialogs.telling import told
from scoring.answers import Answer, State, given
from scoring.items import Checklist, Item, LongText, OneRow, Rows, Text
from scoring.textgate import clean
from scoring.wording import quoted
from templates import labels
from templates.messages import message

LONGEST = 20_000  # characters; Telegram itself sends at most 4,096 at once

WORDS: Mapping[str, str] = {
    labels.CONTENTS: "contents",
    labels.EXPLAIN: "explain",
    labels.SKIP: "skip",
    labels.NOT_APPLICABLE: "not_applicable",
    labels.BACK: "back",
    labels.LAST_YEAR: "last_year",
    labels.ZEROS: "zeros",
    labels.CHECKUP: "checkup",
    "检查": "checkup",
    labels.REVIEW: "review:0",
    labels.DRAFT: "draft",
    labels.FINAL: "draft",
    "生成": "draft",
    "撤销": "undo",
    labels.CONTINUE: "continue",
    "继续": "continue",
    labels.CONTINUE_LATER: "pause",
    "暂停": "pause",
    labels.PROVISIONAL: "provisional",
    "暂估": "provisional",
    labels.OTHER_FILING: "home",
    **dict.fromkeys(
        ("换个单位", "换单位", "另一个单位", "我要填另一个单位", "换一个单位", "再填一份", "换一年", "填另一年"), "home"
    ),
    **dict.fromkeys(("填完了", "都填完了", "检查一下", "完成了"), "checkup"),
    **dict.fromkeys(("定稿", "出定稿", "正式", "正式的", "出草稿", "草稿", "出报告", "生成报告", "生成文件"), "draft"),
    **dict.fromkeys(("下一题", "下一步", "接着填", "接着"), "continue"),
}
NUMBER = re.compile(r"(?:第|题号?|#|＃)\s*(\d{1,3})\s*题?|(\d{1,3})\s*题")
BARE_NUMBER = re.compile(r"〔?(?:待填)?\s*(\d{1,3})〕?")


def step(scene: Scene) -> Outcome:
    """The outcome of the scene's event."""
    match scene.event.action:
        case Pressed(token):
            return _pressed(scene, token)
        case Said(text):
            return _said(scene, text)
        case Sent(what):
            return _sent(scene, what)


def _sent(scene: Scene, what: str) -> Outcome:
    text = message("sent", what=what)
    if what == "group":
        return Outcome(scene.conversation, (Message(text),))
    return _again(scene, text)


def _again(scene: Scene, ack: str, toast: str = "") -> Outcome:
    """Say something and show the present screen once more."""
    conversation = scene.conversation
    if scene.form is None:
        outcome = opening.greet(scene)
        text = Message(ack)
        return Outcome(outcome.conversation, (text, *outcome.replies), outcome.changes)
    match conversation.screen:
        case Screen.QUESTION if conversation.item in scene.form.items:
            ticks = conversation.pending.get("ticks")
            return ask(scene, conversation.item, ack, toast=toast, ticks=None if ticks is None else tuple(ticks))
        case Screen.CHECKUP | Screen.DRAFTED:
            return checkup.show_checkup(scene, ack, toast=toast, brief=True)
    return ask_next(scene, ack, toast=toast)


def _pressed(scene: Scene, token: str) -> Outcome:
    conversation = scene.conversation
    turn, _, index = token.partition(".")
    if conversation.turn and turn == conversation.turn and index.isdecimal() and int(index) < len(conversation.actions):
        return act(scene, conversation.actions[int(index)])
    if token and token == conversation.before:
        return quiet(scene, "已经收到了")
    ours = re.fullmatch(r"[0-9a-z]{8}\.\d{1,3}", token) is not None
    refused = "" if ours else "unknown button"
    outcome = _again(scene, message("stale") if ours else message("unknown_button"), toast="这个按钮已经过期")
    return Outcome(outcome.conversation, outcome.replies, outcome.changes, refused=refused)


def _said(scene: Scene, typed: str) -> Outcome:
    text = clean(typed)
    conversation = scene.conversation
    if text.startswith("/start"):
        return opening.arrive(scene) if scene.form else opening.greet(scene)
    if text in ("/help", "帮助"):
        return _again(scene, message("help"))
    if not text:
        return _again(scene, "这条消息里没有能看懂的字，麻烦再发一次。")
    if len(text) > LONGEST:
        return _again(scene, f"这条消息有 {len(text)} 个字，太长了，请分几次发（一次最多 {LONGEST} 字）。")
    if text in conversation.labels:
        return act(scene, conversation.actions[conversation.labels.index(text)])
    if scene.form is None:
        return _said_before_a_filing(scene, text)
    talk = _small_talk(scene, text)
    if talk is not None:
        return talk
    if text in WORDS:
        return act(scene, WORDS[text])
    number = NUMBER.fullmatch(text)
    if number:
        return contents.jump(scene, int(number[1] or number[2]))
    return _said_on_screen(scene, text)


def _small_talk(scene: Scene, text: str) -> Outcome | None:
    """The outcome of a message that is no answer; None when it may be one."""
    screen, said = scene.conversation.screen, meant(text)
    if screen in (Screen.BILL, Screen.PASTE) and said in (Meant.AGREED, Meant.REFUSED):
        return _confirm(scene, "") if said is Meant.AGREED else _cancel(scene, "")
    asking = screen in (Screen.QUESTION, Screen.CHOOSING) and scene.conversation.item in scene.sheet.items
    match said:
        case Meant.GREETING:
            return _again(scene, "我在，我们接着来。")
        case Meant.THANKS if not asking:
            return _again(scene, "不客气，要改哪里随时告诉我。")
        case Meant.PUZZLED if asking:
            return explain(scene)
        case Meant.NOT_KNOWN if asking:
            source = f"一般在{scene.item.source}里能找到。" if scene.item.source else ""
            return ask(scene, scene.item.id, f"{source}一时找不到就点“跳过”，最后我再问一次。", brief=True)
        case Meant.LAST_YEAR if asking:
            return _last_year(scene, scene.item)
    return None


def _said_before_a_filing(scene: Scene, text: str) -> Outcome:
    if meant(text) in (Meant.GREETING, Meant.PUZZLED, Meant.NOT_KNOWN, Meant.THANKS):
        return opening.greet(scene)
    if scene.conversation.screen in (Screen.NAMING, Screen.NAMED):
        return opening.hear_name(scene, text)
    return opening.greet(scene)


def _said_on_screen(scene: Scene, text: str) -> Outcome:
    conversation = scene.conversation
    match conversation.screen:
        case Screen.QUESTION | Screen.CHOOSING | Screen.BILL | Screen.PASTE if conversation.item in scene.sheet.items:
            if conversation.screen is Screen.PASTE and not pasting.is_paste(scene, text):
                return ask(scene, conversation.item, "刚才那几项没有改。")
            if conversation.screen is Screen.BILL and isinstance(scene.item, Text):
                return answering.present_again(scene)  # any sentence would do as a text: better ask than guess
            if pasting.is_paste(scene, text) and not (isinstance(scene.item, Rows | OneRow) and _rows_fit(scene, text)):
                return pasting.take_lines(scene, text)
            if isinstance(scene.item, LongText) and BARE_NUMBER.fullmatch(text):
                return contents.jump(scene, int(text.strip("〔〕待填 ")))  # a number is no paragraph
            if not isinstance(scene.item, Text) and pasting.names_another(scene, text):
                return pasting.take_lines(scene, text)
            return answering.hear(scene, text)
    bare = BARE_NUMBER.fullmatch(text)
    if bare:
        return contents.jump(scene, int(bare[1]))
    if pasting.is_paste(scene, text):
        return pasting.take_lines(scene, text)
    return _again(scene, "没看懂这一句。要改哪一题，就发题号；要继续填，就点“继续填”。")


def _rows_fit(scene: Scene, text: str) -> bool:
    """Whether pasted lines are lines of the table on the screen rather than answers to several questions."""
    from scoring.reading import Understood, read

    return isinstance(read(scene.item, text, year=scene.sheet.year, today=scene.today), Understood)


def act(scene: Scene, action: str) -> Outcome:
    """What a button means."""
    name, _, argument = action.partition(":")
    if scene.form is None or name in _BEFORE:
        handler = _BEFORE.get(name)
        return handler(scene, argument) if handler else opening.greet(scene)
    handler = _ACTIONS.get(name)
    return handler(scene, argument) if handler else resume(scene, "")


def _on_question(then: Callable[[Scene, Item], Outcome]) -> Callable[[Scene, str], Outcome]:
    """An action that only makes sense while a question is on the screen."""

    def handler(scene: Scene, _: str) -> Outcome:
        conversation = scene.conversation
        if conversation.screen is not Screen.QUESTION or conversation.item not in scene.sheet.items:
            return resume(scene, "")
        return then(scene, scene.item)

    return handler


def _skip(scene: Scene, item: Item) -> Outcome:
    old = scene.answers.get(item.id)
    if old is not None and old.state is not State.SKIPPED:
        return ask_next(scene, f"{quoted(item.label)}先放着，原来的答案没有动。")
    scene = scene.answered(item.id, Answer(State.SKIPPED))
    if _is_last(scene, item):  # nothing lies between now and asking it again, so it would come straight back
        scene = scene.turned(revisited=(*scene.conversation.revisited, item.id))
    return ask_next(scene, f"{quoted(item.label)}先跳过，最后我再问一次。")


def _is_last(scene: Scene, item: Item) -> bool:
    following = next_item(scene.sheet, scene.answers, item.id, scene.conversation.revisited)
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
    before = previous_item(scene.sheet, scene.answers, item.id)
    return ask(scene, before.id) if before else ask(scene, item.id, "这已经是第一题了。")


def _last_year(scene: Scene, item: Item) -> Outcome:
    value = last_year_value(scene, item)
    if value is None:
        return ask(scene, item.id, "没有找到上年的答案，麻烦填一下。")
    return answering.take(scene, item, given(value))


def _zeros(scene: Scene, item: Item) -> Outcome:
    row = zeros(item)
    return answering.take(scene, item, given(row)) if row else ask(scene, item.id)


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


def _confirm(scene: Scene, _: str) -> Outcome:
    match scene.conversation.screen:
        case Screen.BILL:
            return answering.confirm_bill(scene)
        case Screen.PASTE:
            return pasting.confirm_lines(scene)
    return resume(scene, "")


def _cancel(scene: Scene, _: str) -> Outcome:
    match scene.conversation.screen:
        case Screen.PASTE:
            return ask_next(scene, "好的，这几项没有改。")
        case Screen.CHOOSING:
            return ask(scene, scene.conversation.item, "好的，请重新填一下。")
    return answering.cancel(scene)


def _continue(scene: Scene, _: str) -> Outcome:
    present = scene.conversation.item
    if present in scene.sheet.items and scene.conversation.screen is not Screen.DRAFTED:
        return opening.resume_at(scene)
    return ask_next(scene.turned(revisited=(), item=""))


_BEFORE: Mapping[str, Callable[[Scene, str], Outcome]] = {
    "new": lambda scene, _: opening.ask_name(scene),
    "rename": lambda scene, _: opening.ask_name(scene),
    "form": lambda scene, form: opening.confirm_name(scene, scene.conversation.pending["unit"], form),
    "begin": lambda scene, _: opening.begin(scene),
    "filing": lambda scene, filing: Outcome(scene.conversation, answered_press(scene), opening=Opening(filing=filing)),
    "home": lambda scene, _: Outcome(Conversation(), (), leaving=True),
}

_ACTIONS: Mapping[str, Callable[[Scene, str], Outcome]] = {
    "skip": _on_question(_skip),
    "not_applicable": _on_question(_not_applicable),
    "nothing": _on_question(_nothing),
    "back": _on_question(_back),
    "last_year": _on_question(_last_year),
    "zeros": _on_question(_zeros),
    "keep": _on_question(_keep),
    "firm": _on_question(_firm),
    "yes": _on_question(_yes_no(True)),
    "no": _on_question(_yes_no(False)),
    "all": _on_question(_all(True)),
    "none": _on_question(_all(False)),
    "done": _on_question(_done),
    "remove_row": _on_question(lambda scene, _: answering.remove_row(scene)),
    "toggle": _toggle,
    "option": _option,
    "reading": _reading,
    "explain": lambda scene, _: explain(scene),
    "printed": printed,
    "provisional": _provisional,
    "confirm": _confirm,
    "cancel": _cancel,
    "undo": lambda scene, _: answering.undo(scene),
    "contents": lambda scene, _: contents.show_contents(scene),
    "section": contents.show_section,
    "jump": lambda scene, item: ask(scene, item),
    "continue": _continue,
    "pause": lambda scene, _: opening.pause(scene),
    "checkup": lambda scene, _: checkup.show_checkup(scene),
    "review": lambda scene, page: checkup.show_review(scene, int(page or 0)),
    "draft": lambda scene, _: issuing.issue(scene),
    "singles": lambda scene, _: issuing.send_singles(scene),
}
