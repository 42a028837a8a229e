"""Handing in and taking back, as pages: what still hinders with a button to each, what happens then, one tap to confirm.

The deeds are in submitting.py.
"""

from dialogs.access.permissions import Action, Role, State
from dialogs.access.refusing import refused
from dialogs.checkup import ways_there
from dialogs.evidence import standing as evidence
from dialogs.orders import Order
from dialogs.review import pages
from dialogs.review.dossier import dossier, is_locked
from dialogs.review.hindrances import Hindrances, gaps_allowed, hindrances
from dialogs.review.showing import ordered, page, saying
from dialogs.review.submitting import submit, withdraw
from dialogs.review.ways import can_be_reviewed
from dialogs.scene import Outcome, Scene
from dialogs.scores import running
from dialogs.showing import wrapped
from dialogs.store import members
from scoring.scorecard import score
from templates import labels
from templates.messages import message

MOST = 12  # buttons to what hinders


def ask_submit(scene: Scene, _: str = "") -> Outcome:
    """What hinders; or what happens next, to be confirmed."""
    locked = _locked(scene, Action.SUBMIT)
    if locked is not None:
        return locked
    assert scene.filing is not None
    if not can_be_reviewed(scene):
        return page(scene, message("review/nobody"), [[(labels.CHECKUP, "checkup"), (labels.CONTENTS, "contents")]], "submit")
    found = hindrances(scene.sheet, scene.answers, scene.filing.project, scene.beside)
    allowed = scene.world.read(gaps_allowed, scene.place.county)
    if found.hinder(gaps_allowed=allowed):
        return _hindered(scene, found)
    reviewers = [p for p in scene.world.read(members.reviewers, scene.place) if p != scene.rights.person]
    text = message(
        "review/submit",
        form=scene.sheet.title,
        unit=scene.filing.name,
        round=scene.filing.round + 1,
        gaps=found.gaps,
        open=[_named(scene, i) for i in found.blanks],
        provisional=[_named(scene, i) for i in found.provisional],
        others=[o.said for o in found.others],
        remarks=len([f for f in found.remarks if f.severity == "需说明"]),
        unanswered=len(dossier(scene).open),
        bureau=not reviewers,
        evidence=evidence.standing(scene),
        scored=bool(scene.sheet.indicators),
        grade=score(scene.sheet, scene.answers).grade,
        **running(score(scene.sheet, scene.answers)),
    )
    back = [("returned", labels.RETURNED_LIST)] if dossier(scene).open else [("checkup", labels.LOOK_AGAIN)]
    rows = [[(labels.SUBMIT_NOW, "submit_now")], *evidence.button(scene), [(label, action) for action, label in back]]
    return page(scene, text, rows, "submit")


def whether(scene: Scene, _: str = "") -> Outcome:
    """交了没: where it stands; from whoever may hand it in, with what it takes."""
    if is_locked(scene.place.state) or not scene.may(Action.SUBMIT):
        return pages.main(scene)
    back = scene.place.state is State.RETURNED
    return ask_submit(saying(scene, "退回来以后还没有再交。" if back else "还没有交。"))


def _named(scene: Scene, item: object) -> str:
    id, label = item.id, item.label  # type: ignore[attr-defined]
    return f"{scene.sheet.numbers[id]} {label}"


def _hindered(scene: Scene, found: Hindrances) -> Outcome:
    """What is in the way, each with its button."""
    form = scene.sheet
    concerned = [form.items[i] for f in found.errors for i in f.items if i in form.items]
    items = {i.id: i for i in (*concerned, *found.blanks, *found.provisional)}
    text = message(
        "review/hindered",
        blanks=[_named(scene, i) for i in found.blanks],
        provisional=[_named(scene, i) for i in found.provisional],
        errors=[f.text for f in found.errors],
        others=[o.said for o in found.others],
    )
    jumps = [(f"{form.numbers[i]} {item.label}"[:14], f"jump:{i}") for i, item in list(items.items())[:MOST]]
    rows = [*wrapped(jumps, 2), *ways_there(found.others), [(labels.CHECKUP, "checkup"), (labels.CONTINUE, "continue")]]
    return page(scene, text, rows, "submit")


def submit_now(scene: Scene, _: str = "") -> Outcome:
    """Have it handed in."""
    locked = _locked(scene, Action.SUBMIT)
    if locked is not None:
        return locked
    assert scene.filing is not None
    allowed = scene.world.read(gaps_allowed, scene.place.county)
    found = hindrances(scene.sheet, scene.answers, scene.filing.project, scene.beside)
    if not can_be_reviewed(scene) or found.hinder(gaps_allowed=allowed):
        return ask_submit(scene)
    order = Order(Action.SUBMIT, scene.place, submit, {"filing": scene.filing.id})
    return ordered(scene, order, "rv", "提交成功。审核有结果我会告诉你；在那以前要改，点“撤回修改”。")


def ask_withdraw(scene: Scene, _: str = "") -> Outcome:
    """What taking back means."""
    if not scene.may(Action.WITHDRAW):
        return _locked(scene, Action.WITHDRAW) or pages.main(saying(scene, "这份没有在等审核，不用撤回。"))
    rows = [[(labels.WITHDRAW_NOW, "withdraw_now"), (labels.LOOK_AGAIN, "rv")]]
    return page(scene, message("review/withdraw"), rows, "withdraw")


def withdraw_now(scene: Scene, _: str = "") -> Outcome:
    """Have it taken back; the questions are there again."""
    if not scene.may(Action.WITHDRAW):
        return ask_withdraw(scene)
    assert scene.filing is not None
    order = Order(Action.WITHDRAW, scene.place, withdraw, {"filing": scene.filing.id})
    return ordered(scene, order, "rv_arrive", "已撤回，可以改了；改好再提交一次。")


def _locked(scene: Scene, action: Action) -> Outcome | None:
    """What is said instead, where this is not to be done now or not by this person."""
    if scene.may(action):
        return None
    if is_locked(scene.place.state) and action is Action.SUBMIT:
        return pages.main(saying(scene, "这份已经提交了，不用再交一次。"))
    if scene.place.state is State.APPROVED and scene.rights.roles_at(scene.place) & {Role.FILLER}:
        return pages.main(saying(scene, "这份已经审核通过，撤不回来了；要改请审核人重新打开。"))
    return refused(scene, action)
