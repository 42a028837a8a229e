"""The survey room: its buttons, its screens, its link."""

from dialogs import contents
from dialogs.access.permissions import Action
from dialogs.buttons import act
from dialogs.conversation import Screen
from dialogs.rooms import Entry, Room
from dialogs.scene import Outcome, Scene
from dialogs.showing import said_first
from dialogs.surveying import making, pages, posters, responding
from dialogs.words import BARE_NUMBER, GAP, NUMBER, WORDS


def hear(scene: Scene, text: str) -> Outcome:
    """Typed on the page of a survey: what was asked for, or a word that works everywhere."""
    asks = scene.conversation.pending.get("asks", "")
    if text in WORDS:
        return act(scene, WORDS[text])
    if number := NUMBER.fullmatch(text) or GAP.fullmatch(text) or (None if asks else BARE_NUMBER.fullmatch(text)):
        return contents.jump(scene, int(next(n for n in number.groups() if n)))
    if asks == "issued":
        return pages.hear_issued(scene, text)
    if asks == "moved":
        return making.hear_moved(scene, text)
    if asks:
        return making.hear(scene, asks, text)
    return again(scene, "这里点按钮就行；要填哪一题，先点“目录”。")


def again(scene: Scene, ack: str) -> Outcome:
    """The page once more, below a line; what is being made stays as it is."""
    pending = scene.conversation.pending
    shown = making.kept(scene, "") if "wish" in pending else pages.survey_page(scene, pending.get("survey", ""))
    return said_first(shown, ack)


ROOM = Room(
    actions={
        "survey": Entry(Action.READ, pages.survey_page),
        "survey_new": Entry(Action.SURVEY, making.again_new),
        "survey_asks": Entry(Action.SURVEY, making.asks),
        "survey_kept": Entry(Action.SURVEY, making.kept),
        "survey_go": Entry(Action.SURVEY, making.go),
        "survey_day": Entry(Action.SURVEY, making.ask_day),
        "survey_poster": Entry(Action.READ, pages.poster),
        "survey_end": Entry(Action.SURVEY, pages.end),
        "survey_close": Entry(Action.SURVEY, pages.close_now),
        "survey_issued": Entry(Action.SURVEY, pages.ask_issued),
        "survey_take": Entry(Action.ANSWER, pages.take),
        "survey_tick": Entry(Action.JOIN, responding.tick),
        "survey_before": Entry(Action.JOIN, responding.before),
        "survey_over": Entry(Action.JOIN, responding.over),
    },
    hears={Screen.SURVEY: hear, Screen.SURVEYED: responding.hear},
    receives={Screen.SURVEYED: lambda scene, _: responding.again(scene, "这里不用发文件，点一个选项就行。")},
    again={Screen.SURVEY: again, Screen.SURVEYED: responding.again},
    makes={"survey_poster": posters.make},
    starts={"s": responding.begin},
)
