"""The answers for reading: by section, and one by itself with what it was in the last round and what was said about it."""

from dialogs.access.permissions import Action
from dialogs.arriving import origin_of
from dialogs.conversation import Screen
from dialogs.review.changes import changes_of, next_to
from dialogs.review.differences import differences
from dialogs.review.dossier import dossier
from dialogs.review.remarktexts import told_remarks
from dialogs.review.showing import page, pages, saying, which
from dialogs.route import progress
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row, turning
from dialogs.telling import told
from scoring.answers import Answer
from scoring.asked import asked
from scoring.cells import lines_of
from scoring.columns import OneRow, Rows, Survey
from scoring.items import Checklist, Item, Text
from scoring.reading import shown
from scoring.reading.read import shown_cell
from scoring.values import Row as TableRow
from templates import labels
from templates.messages import message

ROOM = 1200  # characters of the list on one page: two screens of a phone
LONGEST = 300  # characters of an answer in the list


def answers(scene: Scene, argument: str) -> Outcome:
    """A page of all answers."""
    found, form = dossier(scene), scene.sheet
    lines = [
        {
            "section": s.section.title if n == 0 else "",
            "number": form.numbers[item.id],
            "label": item.label,
            "value": _short(told(item, scene.answers.get(item.id))) + origin_of(scene.answers.get(item.id)),
            "remarks": len([r for r in found.about("item", item.id) if not r.is_answer]),
        }
        for s in progress(form, scene.answers).sections
        for n, item in enumerate(s.items)
    ]
    parts = pages([len(str(x["label"])) + len(str(x["value"])) + 15 for x in lines], ROOM)
    number = which(argument, len(parts))
    picked = [lines[n] for n in parts[number]]
    text = message("review/answers", page=number + 1, pages=len(parts), lines=picked, may=scene.may(Action.REMARK))
    turn = turning("rv_answers:", number, len(parts))
    return page(scene, text, [turn, [(labels.REVIEW_PAGE, "rv")]], f"rv_answers:{number}")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "……"


def item(scene: Scene, id: str) -> Outcome:
    """One answer in full."""
    form, found = scene.sheet, dossier(scene)
    one = form.items.get(id)
    if one is None:
        return answers(scene, "")
    changed = changes_of(scene)
    change = next((c for c in changed.items if c.item.id == id), None) if changed else None
    indicators = [p.indicator for p in form.indicators_of.get(id, ())]
    text = message(
        "review/item",
        number=form.numbers[id],
        label=one.label,
        section=form.section_of[id].title,
        value=_whole(one, scene.answers.get(id)),
        origin=origin_of(scene.answers.get(id)),
        was=differences(one, change.was, change.now) if change else [],
        indicators=[i.name for i in indicators],
        said=told_remarks(scene, found, found.about("item", id)),
        may=scene.may(Action.REMARK),
    )
    rows: list[Row] = []
    mine = [r for r in found.fresh if r.where == ("item", id)]
    if scene.may(Action.REMARK) and mine:
        rows.append([("收回刚写的意见" if len(mine) == 1 else "收回最后一条意见", f"rv_unremark:{mine[-1].id}")])
    if scene.may(Action.ANSWER):
        rows.append([("去改这一题", f"jump:{id}")])
    rows.append([(f"指标 {i.name}"[:20], f"rv_ind:{i.id}") for i in indicators[:2]])
    if change is not None and changed is not None:
        before, behind = next_to(changed.items, id, -1), next_to(changed.items, id, 1)
        turn = [("上一处改动", f"rv_item:{before}")] if before else []
        rows.append([*turn, ("下一处改动", f"rv_item:{behind}")] if behind else turn)
        rows.append([(labels.HISTORY, f"history:{id}"), (labels.CHANGES, "rv_changes:0"), (labels.REVIEW_PAGE, "rv")])
    else:
        ids = [i.id for i in asked(form, scene.answers)]
        place = ids.index(id) if id in ids else 0
        turn = [("上一题", f"rv_item:{ids[place - 1]}")] if place else []
        rows.append([*turn, ("下一题", f"rv_item:{ids[place + 1]}")] if place + 1 < len(ids) else turn)
        rows.append([(labels.HISTORY, f"history:{id}"), (labels.ANSWERS, "rv_answers:0"), (labels.REVIEW_PAGE, "rv")])
    return page(scene, text, rows, f"rv_item:{id}", Screen.REVIEW_ITEM, id)


def _whole(item: Item, answer: Answer | None) -> str:
    """An answer with everything in it: long texts whole, tables line by line, criteria each with its mark."""
    if answer is None or not answer.given or answer.value is None:
        return told(item, answer)
    rough = "（暂估）" if answer.provisional else ""
    if isinstance(item, Text) and isinstance(answer.value, str):
        return answer.value + rough
    if isinstance(item, Checklist) and isinstance(answer.value, tuple):
        return "\n".join(f"{'√' if c.id in answer.value else '　'} {c.text}" for c in item.criteria) + rough
    if isinstance(item, OneRow) and isinstance(answer.value, TableRow):
        pairs = zip(item.columns, answer.value.cells, strict=True)
        return "\n".join(f"{c.label}：{shown_cell(cell)} {c.unit}".rstrip() for c, cell in pairs) + rough
    if isinstance(item, Rows | Survey):
        lines = [" / ".join(shown_cell(c) for c in row.cells if c not in (None, "")) for row in lines_of(answer)]
        return "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1)) + rough or "无"
    return shown(item, answer.value) + rough


def jump(scene: Scene, number: int) -> Outcome:
    """The answer with this number."""
    id = next((i for i, n in scene.sheet.numbers.items() if n == number), "")
    if not id or id not in {i.id for i in asked(scene.sheet, scene.answers)}:
        return answers(saying(scene, f"没有第 {number} 题，或者这张表用不到它。"), "")
    return item(scene, id)
