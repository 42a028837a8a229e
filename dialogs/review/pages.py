"""The page of a filing for everybody who does not fill it in just now: a reviewer, an observer, a filler who has handed it
in. Findings first; then the ways to the scorecard, the answers, the remarks; and what may be decided.
"""

from dialogs.access import hats
from dialogs.access.permissions import Action, Role, State
from dialogs.checkup import check_up
from dialogs.evidence import standing as evidence
from dialogs.lastyear import left_over
from dialogs.localtime import said_day
from dialogs.review import cards
from dialogs.review.changes import changes_of
from dialogs.review.dossier import Dossier, decides, dossier, said_by
from dialogs.review.showing import page
from dialogs.review.words import STATES
from dialogs.route import progress
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, wrapped
from dialogs.store import members, submissions
from scoring.goals.deviations import deviations
from scoring.numbers import plain
from scoring.review.verified import verified_card
from scoring.scorecard import score
from templates import labels
from templates.messages import message

JUMPS = 6  # buttons to the answers that the findings are about
SHOWN = 12  # findings on the page; the others are counted


def main(scene: Scene, _: str = "") -> Outcome:
    """How the filing stands, and everything that can be looked at or done."""
    assert scene.filing is not None
    form, filing, found = scene.sheet, scene.filing, dossier(scene)
    card = score(form, scene.answers)
    verified = verified_card(form, scene.answers, found.verdicts)
    changed = changes_of(scene)
    handed_in = filing.state in submissions.LOCKED
    findings = (*check_up(form, scene.answers).findings, *left_over(scene)) if handed_in else ()
    stand = progress(form, scene.answers)
    text = message(
        "review/page",
        unit=filing.name,
        year=filing.year,
        title=form.title,
        state=STATES[filing.state],
        stage=str(filing.state),
        handed=_handed(scene, found) if handed_in else "",
        decided=_decided(scene, found),
        waits_for=_waits_for(scene, found) if filing.state is State.SUBMITTED else "",
        own=not scene.may(Action.RETURN) or _handed_in_by_me(scene, found),
        gaps=found.present.gaps if found.present and handed_in else 0,
        done=stand.done,
        total_items=stand.total,
        grade=card.grade or "—",
        differs=verified.total != card.total or verified.grade != card.grade,
        verified=plain(verified.total),
        verified_grade=verified.grade or "—",
        outdated=list(cards.all_outdated(form, found, card).values()) if scene.may(Action.VERIFY) else [],
        scaled=verified.scaled,
        capped=verified.capped,
        changed=None if changed is None else len(changed.items),
        rescored=0 if changed is None else len(changed.points),
        findings=[{"severity": f.severity, "text": f.text} for f in findings[:SHOWN]],
        more=max(0, len(findings) - SHOWN),
        checked=handed_in,
        evidence=evidence.standing(scene),
        hat=hats.line(scene),
        fresh=len(found.fresh) if scene.may(Action.REMARK) else 0,
        open=len(found.open),
        total=plain(card.total),
        decided_points=plain(card.decided),
        weight=plain(card.weight) if card.weight else "",
    )
    concerned = dict.fromkeys(i for f in findings[:SHOWN] for i in f.items if i in form.items)
    there = [(f"{form.numbers[i]} {form.items[i].label}"[:14], f"rv_item:{i}") for i in list(concerned)[:JUMPS]]
    return page(scene, text, [*wrapped(there, 2), *_rows(scene, found)], "rv")


def _handed(scene: Scene, found: Dossier) -> str:
    """第 2 轮，3月1日由填报人张三提交."""
    present = found.present
    if present is None:
        return ""
    return f"第 {present.round} 轮，{said_day(present.at, scene.zone)}由{said_by(present.name, '填报人')}提交"


def _decided(scene: Scene, found: Dossier) -> str:
    """3月9日由审核人李四通过."""
    present = found.present
    if present is None or scene.place.state is not State.APPROVED or not present.decided_at:
        return ""
    return f"{said_day(present.decided_at, scene.zone)}由{said_by(present.reviewer_name, '审核人')}通过"


def _handed_in_by_me(scene: Scene, found: Dossier) -> bool:
    return found.present is not None and found.present.person_id == scene.rights.person


def _waits_for(scene: Scene, found: Dossier) -> str:
    """Who reviews: the unit's reviewers, else the bureau; never who handed it in. Nobody is a reason to say so."""
    by = found.present.person_id if found.present else ""
    if any(p != by for p in scene.world.read(members.reviewers, scene.place)):
        return ""
    if any(p != by for p in scene.world.read(members.administrators, scene.place.county)):
        return "本单位还没有审核人，已经请财政局管理员审核。"
    return "还没有人能审核：请财政局给本单位设一个审核人；要改可以先撤回。"


def _rows(scene: Scene, found: Dossier) -> list[Row]:
    form = scene.sheet
    rows: list[Row] = []
    if found.last is not None and scene.place.state in submissions.LOCKED:
        rows.append([(labels.CHANGES, "rv_changes:0")])
    look = [(labels.SCORECARD, "rv_card:0")] if form.indicators else []
    if any(deviations(form, scene.answers)):
        look.append((labels.DEVIATIONS, "rv_goals:0"))
    rows.append([*look, (labels.ANSWERS, "rv_answers:0")])
    rows += evidence.button(scene)
    below = [(labels.REMARKS, "rv_remarks:0")] if found.remarks else []
    rows.append([*below, (labels.PAPERS, "papers")])
    if scene.may(Action.RETURN) and not _handed_in_by_me(scene, found):
        rows.append([(labels.RETURN, "rv_return"), (labels.APPROVE, "rv_approve")])
    if scene.may(Action.REOPEN):
        rows.append([(labels.REOPEN, "rv_reopen")])
    if scene.may(Action.WITHDRAW):
        rows.append([(labels.WITHDRAW, "withdraw")])
    if scene.may(Action.ANSWER):
        rows.append([(labels.CONTINUE, "continue")])
    rows.append(hats.switch(scene))
    rows.append([*([(labels.WAITING, "rv_waiting:0")] if decides(scene) else []), (labels.OTHER_FILING, "home")])
    if scene.hat in (Role.ADMINISTRATOR, Role.OVERSEER):  # who came from the county's list goes back there
        here = f"c.{scene.place.county}.{scene.filing.year}" if scene.filing else f"c.{scene.place.county}"
        rows.append([(labels.BUREAU_PROGRESS, f"bu_progress:{here}"), (labels.BUREAU_BACK, f"bureau:{here}")])
    return rows
