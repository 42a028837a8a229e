"""One step of the conversation: (scene, event) → outcome. Pure; the whole dialog begins here.

What typed text means is decided in this order: a command, the label of a live button, a word that works
everywhere (目录, 跳过 …), a question's number, and last the screen that is waiting for it.
"""

from dataclasses import replace

from dialogs import answering, changing, checkup, contents, opening, pasting, reasons, renaming, returning, rooms, which_filing
from dialogs.access.permissions import Action
from dialogs.access.refusing import refused
from dialogs.asking import ask, ask_next
from dialogs.buttons import act, cancel, confirm
from dialogs.conversation import Screen
from dialogs.events import Pressed, Said, Sent
from dialogs.explaining import explain
from dialogs.pieces import is_piecewise
from dialogs.private import entrance
from dialogs.replies import Message
from dialogs.review import above, locked
from dialogs.rowgroups import hearing
from dialogs.scene import Outcome, Scene
from dialogs.showing import OURS, changed_meanwhile, quiet, said_first
from dialogs.small_talk import Meant, meant
from dialogs.tapping import take_last_year
from dialogs.together import meeting, turning
from dialogs.words import BARE_NUMBER, CHANGE, GAP, NUMBER, WORDS, spoken
from scoring.asked import asked
from scoring.columns import OneRow, Rows, Survey
from scoring.items import Checklist, LongText, Text
from scoring.reading import NotUnderstood, Understood, read
from scoring.reading.choices import NONE
from scoring.textgate import clean
from scoring.wording import quoted
from templates import labels
from templates.messages import message

LONGEST = 20_000  # characters; Telegram itself sends at most 4,096 at once


def step(scene: Scene) -> Outcome:
    """The outcome of the scene's event."""
    if (missing := rooms.lost_here(scene)) is not None:  # its pages are gone with it
        scene = replace(scene, conversation=scene.conversation.elsewhere())
        if not (isinstance(scene.event.action, Said) and scene.event.action.text.startswith("/")):
            return _checked(scene, refused(scene, missing))
    match scene.event.action:
        case Pressed(token):
            outcome = _pressed(scene, token)
        case Said(text):
            outcome = _said(scene, text)
        case Sent():
            outcome = _sent(scene, scene.event.action)
    return _checked(scene, outcome)


def then(scene: Scene, action: str) -> Outcome:
    """What a button means that nobody pressed here: the way there was another filing, or an order carried out."""
    return _checked(scene, act(scene, action))


def _checked(scene: Scene, outcome: Outcome) -> Outcome:
    """The outcome as it may be: what others have said is not passed over, and whose turn it is follows from it."""
    outcome = meeting.guarded(scene, reasons.guarded(scene, locked.guarded(scene, outcome)))
    outcome = _with_its_table(scene, above.seen_to(scene, _permitted(scene, outcome)))
    return turning.noted(scene, outcome)


def _permitted(scene: Scene, outcome: Outcome) -> Outcome:
    """The outcome, unless it changes answers that are not this person's to change, or not now."""
    return refused(scene, Action.ANSWER) if outcome.changes and not scene.may(Action.ANSWER) else outcome


def _with_its_table(scene: Scene, outcome: Outcome) -> Outcome:
    """The outcome in which a table whose lines have just changed counts as unfinished until somebody says 完成."""
    after = outcome.conversation
    item = scene.form.items.get(after.item) if scene.form is not None else None
    if after.screen is not Screen.QUESTION or not isinstance(item, Rows | Survey):
        return outcome
    if not any(change.item == item.id for change in outcome.changes):
        return outcome
    marked = replace(scene, conversation=after).table_left(item.id, open=True)
    return replace(outcome, conversation=marked.conversation)


def _sent(scene: Scene, sent: Sent) -> Outcome:
    here = rooms.receives().get(scene.conversation.screen) or rooms.receives().get(Screen.QUESTION)
    take = entrance.file_refused if scene.private else here
    if take is not None and sent.file is not None:
        return take(scene, sent.file)
    text = message("sent", what=sent.what)
    if sent.what == "group":
        return Outcome(scene.conversation, (Message(text),))
    return _again(scene, text)


def _again(scene: Scene, ack: str, toast: str = "") -> Outcome:
    """Say something and show the present screen once more."""
    conversation = scene.conversation
    if show_again := rooms.again().get(conversation.screen):
        return show_again(scene, ack)
    if scene.stranger:
        return opening.greet(scene)
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
        case Screen.CONTENTS | Screen.REVIEW:
            return said_first(contents.show_contents(scene), ack)
        case Screen.BILL if conversation.item in scene.form.items:
            return changing.present_again(scene, ack, toast=toast)
        case Screen.CHOOSING | Screen.PASTE if conversation.item in scene.form.items:
            return ask(scene, conversation.item, ack, toast=toast)
        case Screen.REASON:
            return reasons.ask_reason(scene, ack, toast=toast)
    return ask_next(scene, ack, toast=toast)


def _pressed(scene: Scene, token: str) -> Outcome:
    if scene.standing:
        return act(scene, scene.standing)
    conversation = scene.conversation
    turn, _, index = token.partition(".")
    ours = OURS.fullmatch(token) is not None
    if ours and turn == conversation.turn and int(index) < len(conversation.actions):
        return act(scene, conversation.actions[int(index)])
    if token and token == conversation.before:
        return quiet(scene, "已经收到了")
    refused = "" if ours else "unknown button"
    outcome = _again(scene, message("stale") if ours else message("unknown_button"), toast="这个按钮已经过期")
    return Outcome(outcome.conversation, outcome.replies, outcome.changes, refused=refused)


def _said(scene: Scene, typed: str) -> Outcome:
    text = clean(typed, tabs=True)
    conversation = scene.conversation
    payload = text.removeprefix("/start").strip() if text.startswith("/start") else ""
    if payload and (begin := rooms.starts().get(payload[0])):
        return begin(scene, payload[1:])
    if text.startswith("/start"):
        if scene.form:
            return returning.arrive(scene)
        begun = None if scene.choices or scene.stranger else opening.again(scene, "欢迎回来，我们接着来。")
        return begun or opening.greet(scene)
    if text in ("/help", "帮助"):
        return _again(scene, message("help", elsewhere=scene.private))
    if not text:
        return _again(scene, "这条消息里没有能看懂的字，麻烦再发一次。")
    if len(text) > LONGEST:
        return _again(scene, f"这条消息有 {len(text)} 个字，太长了，请分几次发（一次最多 {LONGEST} 字）。")
    if (elsewhere := entrance.number_refused(scene, text) or rooms.overheard(scene, text)) is not None:
        return elsewhere
    if text in conversation.labels:
        return act(scene, conversation.actions[conversation.labels.index(text)])
    word = spoken(text)
    if word in rooms.words() and conversation.screen is not Screen.SURVEYED:  # a respondent has nothing but the question
        return which_filing.meant(scene, word, rooms.words()[word]) or act(scene, rooms.words()[word])
    if hear := rooms.hears().get(conversation.screen):
        return hear(scene, text)
    if scene.form is None:
        return _said_before_a_filing(scene, text)
    talk = _small_talk(scene, text)
    if talk is not None:
        return talk
    if word in WORDS:
        return act(scene, WORDS[word])
    number = NUMBER.fullmatch(text) or GAP.fullmatch(text)
    if number:
        return contents.jump(scene, int(number[1] or number[2]))
    if order := CHANGE.fullmatch(text):
        named = [i.id for i in asked(scene.sheet, scene.answers) if order["label"].strip("“”") == i.label]
        if named:
            return ask(scene, named[0])
    return _said_on_screen(scene, text)


def _small_talk(scene: Scene, text: str) -> Outcome | None:
    """The outcome of a message that is no answer; None when it may be one."""
    screen, said = scene.conversation.screen, meant(text)
    if screen in (Screen.BILL, Screen.PASTE):
        if said is Meant.AGREED:
            return confirm(scene, "")
        if said is Meant.REFUSED or text == "撤销":
            return cancel(scene, "")
    if screen is Screen.PROJECT and scene.conversation.pending.get("name"):
        if said in (Meant.AGREED, Meant.DONE):
            return renaming.rename_project(scene)
        if said is Meant.REFUSED:
            return cancel(scene, "")
    asking = screen in (Screen.QUESTION, Screen.CHOOSING) and scene.conversation.item in scene.sheet.items
    none = said is Meant.NOTHING_TO_SAY or text.rstrip("。") in NONE
    if none and asking and labels.NO_ROWS in scene.conversation.labels:
        return act(scene, "done")  # in words what the button says: there is no line to write
    match said:
        case Meant.NOTHING_TO_SAY if asking and scene.item.optional:
            return act(scene, "nothing")
        case Meant.GREETING:
            return _again(scene, "我在，我们接着来。")
        case Meant.THANKS | Meant.DONE if screen in (Screen.BILL, Screen.PASTE):
            return _again(scene, "先定一下这个改动：点“确认”或“取消”。")
        case Meant.AGREED if not asking:
            return _again(scene, "好的。")
        case Meant.THANKS | Meant.DONE if not asking:
            return _again(scene, "不客气，要改哪里随时告诉我。")
        case Meant.DONE if asking and isinstance(scene.item, Checklist | Rows | Survey):
            return act(scene, "done")
        case Meant.THANKS | Meant.AGREED | Meant.REFUSED | Meant.DONE | Meant.NOTHING_TO_SAY if (
            asking and isinstance(scene.item, Text) and text != "没问题"
        ):
            return ask(scene, scene.item.id, "这一题要写几个字，刚才这句我没有记。", brief=True)
        case Meant.PUZZLED if asking:
            return explain(scene)
        case Meant.NOT_KNOWN if asking:
            source = f"一般在{scene.item.source}里能找到。" if scene.item.source else ""
            return ask(scene, scene.item.id, f"{source}一时找不到就点“跳过”，最后我再问一次。", brief=True)
        case Meant.LAST_YEAR if asking:
            return take_last_year(scene, scene.item)
    return None


def _said_before_a_filing(scene: Scene, text: str) -> Outcome:
    if scene.stranger:
        return opening.greet(scene)
    said = meant(text)
    if said is Meant.AGREED and scene.conversation.screen is Screen.NAMED and "form" in scene.conversation.pending:
        return opening.begin(scene)
    if said is Meant.REFUSED and scene.conversation.screen is Screen.NAMED:
        return opening.rename(scene)
    if action := opening.hear_number(scene, text):
        return act(scene, action)
    if WORDS.get(text) == "home":
        return opening.greet(scene)
    if elsewhere := which_filing.meant(scene, spoken(text), WORDS.get(spoken(text), "")):
        return elsewhere
    if said is not None or text in WORDS:  # no name of anything
        return opening.again(scene, "点一个按钮，我们就往下走。") or opening.greet(scene)
    if chosen := opening.hear_form(scene, text):
        return chosen
    if scene.conversation.screen is Screen.PROJECT:
        return opening.hear_project(scene, text)
    if scene.conversation.screen is Screen.NAMED and "project" in scene.conversation.pending:
        return opening.hear_correction(scene, text)
    if scene.conversation.screen in (Screen.NAMING, Screen.NAMED):
        return opening.hear_name(scene, text)
    return opening.choose(scene, text)


def _said_on_screen(scene: Scene, text: str) -> Outcome:
    conversation = scene.conversation
    match conversation.screen:
        case Screen.REASON:
            return reasons.hear_reason(scene, text)
        case Screen.PROJECT:
            return renaming.hear_new_project_name(scene, text)
        case Screen.QUESTION | Screen.CHOOSING | Screen.BILL | Screen.PASTE if conversation.item in scene.sheet.items:
            if conversation.screen is Screen.PASTE and not pasting.is_paste(scene, text):
                return ask(scene, conversation.item, "刚才那几项没有改，这一句也没有记，请再发一次。")
            if conversation.screen is Screen.BILL and isinstance(scene.item, Text):
                # any sentence would do as a text: better ask than guess
                return changing.present_again(scene, "先定一下这个改动：点“确认”或“取消”，刚才这句我没有记。")
            if conversation.screen is Screen.BILL and not pasting.is_paste(scene, text) and _is_no_answer(scene, text):
                return changing.present_again(scene, f"先定一下这个改动：点“确认”或“取消”，{quoted(text[:20])}没有记。")
            if conversation.screen is Screen.QUESTION and is_piecewise(scene.item):
                if changed_meanwhile(scene):
                    return meeting.table_moved(scene, text)
                return hearing.hear(scene, text)
            if pasting.is_paste(scene, text) and not (isinstance(scene.item, Rows | OneRow) and _rows_fit(scene, text)):
                return pasting.take_lines(scene, text)
            if isinstance(scene.item, LongText) and BARE_NUMBER.fullmatch(text):
                return contents.jump(scene, int(text.strip("〔〕待填 ")))  # a number is no paragraph
            half = conversation.pending.get("half")
            if not half and pasting.names_another(scene, text):
                return pasting.take_lines(scene, text)
            return answering.hear(scene, text)
    section = next((s.id for s in scene.sheet.sections if s.title == text), "")
    if section:
        return contents.show_section(scene, section)
    bare = BARE_NUMBER.fullmatch(text)
    if bare:
        return contents.jump(scene, int(bare[1]))
    if pasting.is_paste(scene, text):
        return pasting.take_lines(scene, text)
    return _again(scene, "没看懂这一句。要改哪一题，就发题号；要继续填，就点“继续填”。")


def _is_no_answer(scene: Scene, text: str) -> bool:
    """Whether the text cannot be an answer to the question on the screen, so that a change that waits is not lost to it."""
    return isinstance(read(scene.item, text, today=scene.today), NotUnderstood)


def _rows_fit(scene: Scene, text: str) -> bool:
    """Whether pasted lines are lines of the table on the screen rather than answers to several questions."""
    return isinstance(read(scene.item, text, today=scene.today), Understood)
