"""The room of the review: its buttons, its screens, its words; what a filing looks like to whoever does not fill it in."""

from dialogs.access.permissions import Action, Role
from dialogs.buttons import act
from dialogs.conversation import Screen
from dialogs.orders import Order
from dialogs.review import answers, cards, confirming, handing, newest, pages, papers, remarking, replying, returned, waiting
from dialogs.review.dossier import is_locked
from dialogs.review.showing import saying
from dialogs.rooms import Entry, Handler, Room
from dialogs.scene import Outcome, Scene
from dialogs.showing import answered_press
from dialogs.words import WORDS
from templates import labels

ELSEWHERE = {text: action for text, action in WORDS.items() if action in ("home", "contents", "checkup", "draft", "pause")}
NAMED = {  # a button of the page, typed
    labels.PAPERS: "papers",
    labels.SCORECARD: "rv_card:0",
    labels.ANSWERS: "rv_answers:0",
    labels.CHANGES: "rv_changes:0",
    labels.REMARKS: "rv_remarks:0",
    labels.REVIEW_PAGE: "rv",
}
ASKING_HOW = "怎么交 怎么提交 如何提交 怎么上报 怎么报上去 交表 上交 我要交 我要提交 我要交表 可以交了吗 能交了吗"
ASKING_WHETHER = "交了没 交了吗 交了没有 提交了没 提交了吗 提交了没有 交上去了吗 交上去没 审了没 审了吗 审完了吗 审核了吗 通过了吗 通过了没 批了没 批了吗"
PAGES = (Screen.REVIEWING, Screen.REVIEW_WAITING, Screen.REVIEW_ITEM, Screen.REVIEW_INDICATOR)


def arrives(scene: Scene) -> Outcome | None:
    """The page of somebody who reviews or only looks, of a filing that is handed in, and the list of what came back."""
    if scene.filing is None:
        return None
    if returned.is_to_show(scene) and scene.hat is Role.FILLER:
        return returned.show_list(scene)
    if is_locked(scene.place.state) or scene.hat is not Role.FILLER:
        return pages.main(scene)
    return None


def arrive_again(scene: Scene, _: str = "") -> Outcome:
    """As if the filing had just been opened, with what was done above it."""
    from dialogs.returning import arrive  # it asks the rooms first, and so knows this one

    said = str(scene.conversation.pending.get("ack", ""))
    outcome = arrive(scene.turned(pending={}))
    from dialogs.showing import said_first

    return said_first(outcome, said) if said else outcome


def send_papers(scene: Scene, _: str = "") -> Outcome:
    """Have the documents sent."""
    if scene.filing is None:
        return Outcome(scene.conversation, answered_press(scene))
    order = Order(Action.DRAFT, scene.place, papers.send, {"filing": scene.filing.id})
    return Outcome(scene.conversation, answered_press(scene, "马上发"), scene.changes, orders=(order,))


def again(scene: Scene, ack: str) -> Outcome:
    """The page that stands there, below a line."""
    return remarking.again(saying(scene, ack))


def _unless_a_word(hear: Handler) -> Handler:
    """Typed text as its screen hears it, but for the words that lead somewhere else from anywhere (目录, 换一张表)."""

    def heard(scene: Scene, text: str) -> Outcome:
        action = ELSEWHERE.get(text) or NAMED.get(text)
        return act(scene, action) if action else hear(scene, text)

    return heard


ROOM = Room(
    actions={
        "submit": Entry(Action.READ, handing.ask_submit),
        "submit_now": Entry(Action.READ, handing.submit_now),
        "submitted": Entry(Action.READ, handing.whether),
        "withdraw": Entry(Action.READ, handing.ask_withdraw),
        "withdraw_now": Entry(Action.READ, handing.withdraw_now),
        "returned": Entry(
            Action.READ, lambda scene, _: returned.show_list(scene) if scene.may(Action.ANSWER) else pages.main(scene)
        ),
        "rv_remark": Entry(Action.ANSWER, replying.remark),
        "rv_done": Entry(Action.ANSWER, replying.done),
        "rv_reply": Entry(Action.ANSWER, replying.ask_reply),
        "rv": Entry(Action.READ, pages.main),
        "rv_arrive": Entry(Action.READ, arrive_again),
        "rv_card": Entry(Action.READ, cards.card),
        "rv_ind": Entry(Action.READ, cards.indicator),
        "rv_goals": Entry(Action.READ, cards.notes),
        "rv_answers": Entry(Action.READ, answers.answers),
        "rv_item": Entry(Action.READ, answers.item),
        "rv_changes": Entry(Action.READ, newest.newest),
        "rv_remarks": Entry(Action.READ, newest.remarks),
        "rv_unremark": Entry(Action.READ, remarking.take_back),
        "rv_unverify": Entry(Action.READ, remarking.own_points),
        "rv_still": Entry(Action.READ, remarking.still),
        "rv_return": Entry(Action.READ, confirming.ask_return),
        "rv_return_now": Entry(Action.READ, confirming.return_now),
        "rv_approve": Entry(Action.READ, confirming.ask_approve),
        "rv_approve_now": Entry(Action.READ, confirming.approve_now),
        "rv_reopen": Entry(Action.READ, confirming.ask_reopen),
        "rv_waiting": Entry(Action.OWN, waiting.waiting),
        "papers": Entry(Action.DRAFT, send_papers),
    },
    hears={
        Screen.REVIEWING: _unless_a_word(remarking.hear_page),
        Screen.REVIEW_WAITING: _unless_a_word(waiting.hear),
        Screen.REVIEW_ITEM: _unless_a_word(remarking.hear_item),
        Screen.REVIEW_INDICATOR: _unless_a_word(remarking.hear_indicator),
        Screen.REVIEW_RETURN: _unless_a_word(confirming.hear_return),
        Screen.REVIEW_APPROVE: _unless_a_word(confirming.hear_approve),
        Screen.REVIEW_REOPEN: _unless_a_word(confirming.hear_reopen),
        Screen.REVIEW_REPLY: _unless_a_word(replying.hear_reply),
    },
    again=dict.fromkeys(
        (*PAGES, Screen.REVIEW_RETURN, Screen.REVIEW_APPROVE, Screen.REVIEW_REOPEN, Screen.REVIEW_REPLY, Screen.RETURNED), again
    ),
    words={
        **{"待审核": "rv_waiting:0", "撤回修改": "withdraw", "撤回": "withdraw", "退回清单": "returned"},
        **dict.fromkeys(("提交", "提交审核", *ASKING_HOW.split()), "submit"),
        **dict.fromkeys(ASKING_WHETHER.split(), "submitted"),
    },
    home=waiting.home,
    arrives=arrives,
)
