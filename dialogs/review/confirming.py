"""Return, approve, reopen: what is about to happen, to be confirmed with one tap. The deeds are in deciding.py.

Whoever comes too late, or decides on what they handed in themselves, is told so, and nothing changes.
"""

from collections.abc import Callable

from dialogs.access.permissions import Action, State
from dialogs.access.refusing import refused
from dialogs.conversation import Screen
from dialogs.orders import Order
from dialogs.review import pages
from dialogs.review.cards import all_outdated
from dialogs.review.deciding import LONGEST, SHORTEST, carry_approve, carry_reopen, carry_return
from dialogs.review.dossier import decides, dossier
from dialogs.review.remarktexts import told_remark
from dialogs.review.showing import ordered, saying
from dialogs.review.words import OWN, too_late, where
from dialogs.scene import Outcome, Scene
from dialogs.showing import show
from dialogs.small_talk import Meant, meant
from scoring.numbers import plain
from scoring.review.verified import verified_card
from scoring.scorecard import score
from templates import labels
from templates.messages import message

Page = Callable[[Scene], Outcome]


def _hindered(scene: Scene, action: Action) -> Outcome | None:
    """Why this person cannot decide now; None when they can."""
    found = dossier(scene)
    if decides(scene) and (late := too_late(scene.place.state, found, scene.zone)):
        return pages.main(saying(scene, late))
    if not scene.may(action):
        return refused(scene, action)
    if found.present is not None and found.present.person_id == scene.rights.person:
        return pages.main(saying(scene, OWN))
    return None


def ask_return(scene: Scene, _: str = "") -> Outcome:
    """The remarks that will go to the filler, room for a sentence about the whole, and the button."""
    if hindered := _hindered(scene, Action.RETURN):
        return hindered
    found = dossier(scene)
    whole = _whole(scene)
    lines = [f"{where(scene, r)}：{r.text}" for r in found.fresh]
    text = message("review/return", ack=scene.conversation.pending.get("ack", ""), lines=lines, whole=whole)
    ready = lines or whole
    rows = [[(labels.RETURN_NOW, "rv_return_now")]] if ready else []
    below = [(labels.REVIEW_PAGE, "rv")]
    return show(scene, text, [*rows, below], screen=Screen.REVIEW_RETURN, pending={"page": "rv_return", "whole": whole})


def _whole(scene: Scene) -> str:
    kept = scene.conversation.screen in (Screen.REVIEW_RETURN, Screen.REVIEW_APPROVE)
    return str(scene.conversation.pending.get("whole", "")) if kept else ""


def hear_return(scene: Scene, text: str) -> Outcome:
    """A sentence about the whole filing."""
    return _heard(scene, text, return_now, ask_return, "好的，没有退回。")


def _heard(scene: Scene, text: str, now: Page, ask: Page, left: str) -> Outcome:
    """Yes and no in words, or a sentence about the whole filing; another one takes its place."""
    if meant(text) is Meant.AGREED:
        return now(scene)
    if meant(text) is Meant.REFUSED:
        return pages.main(saying(scene, left))
    words = " ".join(text.split())
    if not SHORTEST <= len(words) <= LONGEST:
        return ask(saying(scene, f"一句话 {SHORTEST}–{LONGEST} 个字就行，收到 {len(words)} 个字。"))
    return ask(scene.turned(pending={**scene.conversation.pending, "whole": words}))


def return_now(scene: Scene, _: str = "") -> Outcome:
    """Have the filing returned."""
    if hindered := _hindered(scene, Action.RETURN):
        return hindered
    whole = _whole(scene)
    if not dossier(scene).fresh and not whole:
        return ask_return(saying(scene, "退回前写一句话，填报人才知道改什么。"))
    assert scene.filing is not None
    order = Order(Action.RETURN, scene.place, carry_return, {"filing": scene.filing.id, "remark": whole})
    return ordered(scene, order, "rv", "已退回，意见发给填报人了。")


def ask_approve(scene: Scene, _: str = "") -> Outcome:
    """Both totals, what is still open, and the button."""
    if hindered := _hindered(scene, Action.APPROVE):
        return hindered
    found, form = dossier(scene), scene.sheet
    own, verified = score(form, scene.answers), verified_card(form, scene.answers, found.verdicts)
    outdated = all_outdated(form, found, own)
    text = message(
        "review/approve",
        ack=scene.conversation.pending.get("ack", ""),
        scored=bool(form.indicators),
        total=plain(own.total),
        grade=own.grade or "—",
        verified=plain(verified.total),
        verified_grade=verified.grade or "—",
        changed=[
            {"name": x.indicator.name, "own": _points(own.line(x.indicator.id).points), "points": _points(x.points)}
            for x in verified.lines
            if x.points != own.line(x.indicator.id).points
        ],
        outdated=list(outdated.values()),
        fresh=len(found.fresh),
        open=[told_remark(found, r) for r in found.open],
        gaps=found.present.gaps if found.present else 0,
        whole=_whole(scene),
    )
    look = [[(own.line(i).indicator.name[:20], f"rv_ind:{i}")] for i in list(outdated)[:8]]
    now = labels.APPROVE_STILL if outdated else labels.APPROVE_NOW
    rows = [*look, [(now, "rv_approve_now")], [(labels.REVIEW_PAGE, "rv")]]
    return show(scene, text, rows, screen=Screen.REVIEW_APPROVE, pending={"page": "rv_approve", "whole": _whole(scene)})


def _points(points: object) -> str:
    return "—" if points is None else plain(points)  # type: ignore[arg-type]


def hear_approve(scene: Scene, text: str) -> Outcome:
    """A closing sentence, printed with the opinion of the review."""
    return _heard(scene, text, approve_now, ask_approve, "好的，还没有通过。")


def approve_now(scene: Scene, _: str = "") -> Outcome:
    """Have the filing approved."""
    if hindered := _hindered(scene, Action.APPROVE):
        return hindered
    assert scene.filing is not None
    values = {"filing": scene.filing.id, "remark": _whole(scene)}
    order = Order(Action.APPROVE, scene.place, carry_approve, values)
    return ordered(scene, order, "rv", "已通过并锁定，审定稿已经备好。")


def ask_reopen(scene: Scene, _: str = "") -> Outcome:
    """The reason, to be typed."""
    if not scene.may(Action.REOPEN):
        if decides(scene) and scene.place.state is not State.APPROVED:
            return pages.main(saying(scene, "这份现在没有锁定，不用重新打开。"))
        return refused(scene, Action.REOPEN)
    text = message("review/reopen", ack=scene.conversation.pending.get("ack", ""))
    rows = [[(labels.REVIEW_PAGE, "rv")]]
    return show(scene, text, rows, screen=Screen.REVIEW_REOPEN, pending={"page": "rv_reopen"})


def hear_reopen(scene: Scene, text: str) -> Outcome:
    """The reason: the filing is opened with it."""
    if not scene.may(Action.REOPEN):
        return ask_reopen(scene)
    if meant(text) is Meant.REFUSED:
        return pages.main(saying(scene, "好的，没有打开，还锁着。"))
    words = " ".join(text.split())
    if not SHORTEST <= len(words) <= LONGEST or meant(text) is not None:
        return ask_reopen(saying(scene, f"原因写 {SHORTEST}–{LONGEST} 个字，填报人会看到；不打开就点“{labels.REVIEW_PAGE}”。"))
    assert scene.filing is not None
    order = Order(Action.REOPEN, scene.place, carry_reopen, {"filing": scene.filing.id, "reason": words})
    return ordered(scene, order, "rv", f"已重新打开，原因：{words}")
