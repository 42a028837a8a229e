"""The scorecard for reading: each indicator with 自评分, 分值, why, and 核查分; and one indicator by itself, where a
reviewer gives other points or writes a remark. And the list of deviation notes.
"""

from decimal import Decimal

from dialogs.access.permissions import Action
from dialogs.conversation import Screen
from dialogs.review.dossier import Dossier, dossier
from dialogs.review.remarktexts import told_remarks
from dialogs.review.showing import page, pages, which
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, turning, wrapped
from dialogs.telling import told
from scoring.asked import is_asked
from scoring.form import Form
from scoring.goals.deviations import deviations
from scoring.numbers import plain
from scoring.review.verified import Verified, verified_card
from scoring.scorecard import Line, Scorecard, is_out, score
from scoring.wording import quoted
from templates import labels
from templates.messages import message

PER_PAGE = 8  # indicators on a page, so that each has a button


def card(scene: Scene, argument: str) -> Outcome:
    """A page of the scorecard."""
    found, lines = dossier(scene), score(scene.sheet, scene.answers).lines
    told_lines = [_told(scene, found, line, n) for n, line in enumerate(lines, 1)]
    parts = pages([len(str(t["why"])) + 40 for t in told_lines], most=PER_PAGE)
    number = which(argument, len(parts))
    own, verified = score(scene.sheet, scene.answers), verified_card(scene.sheet, scene.answers, found.verdicts)
    text = message(
        "review/card",
        page=number + 1,
        pages=len(parts),
        lines=[told_lines[n] for n in parts[number]],
        total=plain(own.total),
        verified=plain(verified.total),
        given=bool(found.verdicts),
        may=scene.may(Action.VERIFY),
        example=f"{parts[number].start + 1} {_half(scene.sheet, lines[parts[number].start])}" if lines else "",
    )
    jumps = [(str(n + 1), f"rv_ind:{lines[n].indicator.id}") for n in parts[number]]
    rows = [*wrapped(jumps, 4), turning("rv_card:", number, len(parts))]
    return page(scene, text, [*rows, [(labels.REVIEW_PAGE, "rv")]], f"rv_card:{number}")


def _told(scene: Scene, found: Dossier, line: Line, number: int) -> dict[str, object]:
    """One indicator in the list."""
    indicator = line.indicator
    verdict = None if is_out(scene.sheet, line) else found.verdicts.get(indicator.id)
    return {
        "number": number,
        "label": indicator.name,
        "points": "—" if line.points is None or is_out(scene.sheet, line) else plain(line.points),
        "weight": plain(indicator.weight),
        "why": line.why,
        "verified": "" if verdict is None else plain(verdict.points),
        "reason": "" if verdict is None else verdict.reason,
        "before": outdated(verdict, line.points) if scene.may(Action.VERIFY) else "",
        "remarks": len([r for r in found.about("indicator", indicator.id) if not r.is_answer]),
    }


def _half(form: Form, line: Line) -> str:
    return plain(line.indicator.weight / 2, form.places_of(line.indicator))


def outdated(verdict: Verified | None, points: Decimal | None) -> str:
    """自评 8→10，核查 7 是改之前给的: where the 自评分 has changed since; else empty."""
    if verdict is None or verdict.own is None or not verdict.is_outdated(points):
        return ""
    now = "待评" if points is None else plain(points)
    return f"自评 {plain(verdict.own)}→{now}，核查 {plain(verdict.points)} 是改之前给的"


def all_outdated(form: Form, found: Dossier, card: Scorecard) -> dict[str, str]:
    """Every 核查分 that was given before its 自评分 changed, by indicator, each with its name."""
    counted = [x.indicator for x in card.lines if not is_out(form, x)]
    said = {i.id: outdated(found.verdicts.get(i.id), card.line(i.id).points) for i in counted}
    return {i.id: f"{i.name}：{said[i.id]}" for i in counted if said[i.id]}


def indicator(scene: Scene, id: str) -> Outcome:
    """One indicator by itself."""
    lines = score(scene.sheet, scene.answers).lines
    place = next((n for n, x in enumerate(lines) if x.indicator.id == id), None)
    if place is None:
        return card(scene, "")
    line, found, form = lines[place], dossier(scene), scene.sheet
    rests_on = [form.items[i] for i in form.reads_with_points(line.indicator) if i in form.items]
    asked = [i for i in rests_on if is_asked(form, i, scene.answers)]
    text = message(
        "review/indicator",
        **_told(scene, found, line, place + 1),
        count=len(lines),
        groups=" › ".join(line.place.names),
        printed=line.indicator.printed_rule,
        rests_on=[{"number": form.numbers[i.id], "label": i.label, "value": told(i, scene.answers.get(i.id))} for i in asked[:8]],
        said=told_remarks(scene, found, found.about("indicator", id)),
        may=scene.may(Action.VERIFY) and not is_out(form, line),
        may_remark=scene.may(Action.REMARK),
        example=_half(form, line),
    )
    rows: list[Row] = []
    if scene.may(Action.VERIFY) and id in found.verdicts:
        verdict = found.verdicts[id]
        keep = [(f"仍按 {plain(verdict.points)} 分", f"rv_still:{id}")] if verdict.is_outdated(line.points) else []
        rows.append([*keep, (labels.OWN_POINTS, f"rv_unverify:{id}")])
    mine = [r for r in found.fresh if r.where == ("indicator", id)]
    if scene.may(Action.REMARK) and mine:
        rows.append([("收回刚写的意见" if len(mine) == 1 else "收回最后一条意见", f"rv_unremark:{mine[-1].id}")])
    turn = [(labels.PREVIOUS_ONE, f"rv_ind:{lines[place - 1].indicator.id}")] if place else []
    if place + 1 < len(lines):
        turn.append((labels.NEXT_ONE, f"rv_ind:{lines[place + 1].indicator.id}"))
    rows += [turn, [(labels.SCORECARD, "rv_card:0"), (labels.REVIEW_PAGE, "rv")]]
    return page(scene, text, rows, f"rv_ind:{id}", Screen.REVIEW_INDICATOR)


def notes(scene: Scene, argument: str) -> Outcome:
    """The deviation notes: how large each gap is, and whether the note names it."""
    form = scene.sheet
    lines = [
        {
            "table": form.items[d.item].label,
            "number": d.number,
            "name": quoted(d.name),
            "why": d.why,
            "gap": d.gap,
            "note": d.note,
            "named": d.named,
            "lost": plain(d.lost, form.pack.places) if d.lost else "",
        }
        for d in deviations(form, scene.answers)
    ]
    parts = pages([len(str(x["note"])) + 60 for x in lines])
    number = which(argument, len(parts))
    shown = [lines[n] for n in parts[number]]
    text = message("review/deviations", page=number + 1, pages=len(parts), lines=shown)
    turn = turning("rv_goals:", number, len(parts))
    return page(scene, text, [turn, [(labels.REVIEW_PAGE, "rv")]], f"rv_goals:{number}")
