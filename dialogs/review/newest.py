"""只看改动: what is new since the last round, with the remark beside each thing; and the list of all remarks."""

from decimal import Decimal
from typing import NamedTuple

from dialogs.access.permissions import Action
from dialogs.review.answers import answers
from dialogs.review.changes import Changes, changes_of
from dialogs.review.differences import differences
from dialogs.review.dossier import Dossier, dossier
from dialogs.review.remarktexts import told_remark, told_remarks
from dialogs.review.showing import page, pages, which
from dialogs.review.words import where
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, turning, wrapped
from scoring.numbers import plain
from templates import labels
from templates.messages import message

LINES = 12  # of one answer that are shown in the list; the others stand on its own page
PER_PAGE = 8


class _Listed(NamedTuple):
    """One answer in the list: what is different, and what was said about it."""

    number: str
    label: str
    lines: tuple[str, ...]
    said: tuple[str, ...]


def newest(scene: Scene, argument: str) -> Outcome:
    """A page of what is new: answers first, then points, then remarks that nothing has been changed for."""
    found, changed = dossier(scene), changes_of(scene)
    last = found.last
    if changed is None or last is None:
        return answers(scene, "")
    lines = _items(scene, found, changed)
    parts = pages([len("".join((*x.lines, *x.said))) + 30 for x in lines], most=PER_PAGE)
    number = which(argument, len(parts))
    ids = [c.item.id for c in changed.items]
    text = message(
        "review/changes",
        page=number + 1,
        pages=len(parts),
        round=last.round,
        count=len(ids),
        lines=[lines[n] for n in parts[number]],
        points=[{"name": p.name, "was": _points(p.was), "now": _points(p.now)} for p in changed.points] if number == 0 else [],
        was=plain(changed.was),
        now=plain(changed.now),
        untouched=_untouched(scene, found, changed) if number + 1 == len(parts) else [],
        may=scene.may(Action.REMARK),
    )
    jumps = [
        (str(scene.sheet.numbers.get(ids[n], "?")), f"rv_item:{ids[n]}") for n in parts[number] if ids[n] in scene.sheet.items
    ]
    rows: list[Row] = [*wrapped(jumps, 4), turning("rv_changes:", number, len(parts))]
    return page(scene, text, [*rows, [(labels.REVIEW_PAGE, "rv")]], f"rv_changes:{number}")


def _points(points: Decimal | None) -> str:
    return "待评" if points is None else plain(points)


def _items(scene: Scene, found: Dossier, changed: Changes) -> list[_Listed]:
    lines = []
    for change in changed.items:
        said = differences(change.item, change.was, change.now)
        more = [f"……还有 {len(said) - LINES} 处，点题号看"] if len(said) > LINES else []
        lines.append(
            _Listed(
                str(scene.sheet.numbers.get(change.item.id, "—")),
                change.item.label,
                (*said[:LINES], *more),
                tuple(told_remarks(scene, found, found.about("item", change.item.id))),
            )
        )
    return lines


def _untouched(scene: Scene, found: Dossier, changed: Changes) -> list[dict[str, str]]:
    """Remarks already sent about what has not changed: the filler has answered in words, or passed them over."""
    items = {c.item.id for c in changed.items}
    points = {p.indicator for p in changed.points}
    sent = [r for r in found.remarks if not r.is_answer and found.sent_with(r)]
    left = [
        r for r in sent if not (r.about == "item" and r.place in items) and not (r.about == "indicator" and r.place in points)
    ]
    return [{"where": where(scene, r), "said": told_remark(found, r)} for r in left]


def remarks(scene: Scene, argument: str) -> Outcome:
    """All remarks of all rounds, those not sent yet first; what is not sent can be taken back."""
    found = dossier(scene)
    fresh = set(found.fresh)
    listed = [*found.fresh, *(r for r in reversed(found.remarks) if not r.is_answer and r not in fresh)]
    if not scene.may(Action.REMARK):  # what a reviewer writes is theirs until it is sent
        listed = [r for r in listed if r not in fresh]
    parts = pages([len(x.text) + 40 for x in listed], most=PER_PAGE)
    number = which(argument, len(parts))
    shown = [listed[n] for n in parts[number]]
    lines = [{"where": where(scene, r), "said": told_remark(found, r)} for r in shown]
    text = message("review/remarks", page=number + 1, pages=len(parts), lines=lines)
    rows: list[Row] = []
    if scene.may(Action.REMARK):
        drops = [(f"收回第 {n} 条", f"rv_unremark:{r.id}") for n, r in enumerate(shown, 1) if r in fresh]
        rows += wrapped(drops, 2)
    rows.append(turning("rv_remarks:", number, len(parts)))
    return page(scene, text, [*rows, [(labels.REVIEW_PAGE, "rv")]], f"rv_remarks:{number}")
