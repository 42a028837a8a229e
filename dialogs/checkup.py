"""The check-up page before drafting: what is open, what does not agree, the score; and the review of all answers."""

from dialogs.conversation import Screen
from dialogs.route import progress
from dialogs.scene import Outcome, Scene
from dialogs.scores import running
from dialogs.showing import Row, show, wrapped
from dialogs.telling import told
from scoring.answers import Answers
from scoring.asked import asked, is_settled
from scoring.checks import Finding, check
from scoring.form import Form
from scoring.items import Item
from scoring.numbers import plain
from scoring.scorecard import score
from templates import labels
from templates.messages import fit, message

PAGE = 1800  # characters of answers on one review page


def blanks(form: Form, answers: Answers) -> list[Item]:
    """Questions without a settled answer; an optional one counts only when it was never looked at."""
    return [i for i in asked(form, answers) if not is_settled(form, i, answers)]


def provisional(form: Form, answers: Answers) -> list[Item]:
    """Questions answered with 暂估."""
    return [i for i in asked(form, answers) if i.id in answers and answers[i.id].provisional]


def relations(form: Form, answers: Answers) -> list[Finding]:
    """Findings about figures that do not agree (open and provisional questions are listed apart)."""
    return [f for f in check(form, answers) if f.check not in ("MISSING_INPUT", "PROVISIONAL")]


def is_final(form: Form, answers: Answers) -> bool:
    """Whether documents made of these answers are 定稿: nothing open, nothing provisional, no error."""
    wrong = any(f.severity == "错误" for f in relations(form, answers))
    return not blanks(form, answers) and not provisional(form, answers) and not wrong


def show_checkup(scene: Scene, ack: str = "", more: Row = (), *, toast: str = "", brief: bool = False) -> Outcome:
    """Findings with a button to each answer concerned, the score by group, and the way to a draft.

    `brief`: the page stands a little above, so that only what it comes to is said.
    """
    form = scene.sheet
    findings = relations(form, scene.answers)
    card = score(form, scene.answers)
    names = [{"number": form.numbers[i.id], "label": i.label, "optional": i.optional} for i in blanks(form, scene.answers)]
    text = message(
        "checkup_brief" if brief else "checkup",
        blanks=[n for n in names if not n["optional"]],
        optional=[n for n in names if n["optional"]],
        provisional=[{"number": form.numbers[i.id], "label": i.label} for i in provisional(form, scene.answers)],
        findings=[{"severity": f.severity, "text": f.text} for f in findings],
        complete=card.complete,
        grade=card.grade or "—",
        groups=[
            {"name": s.group.name, "points": plain(s.points), "weight": plain(s.group.weight)}
            for g in form.data.indicators
            if (s := card.subtotals.get(g.id))
        ],
        clean=is_final(scene.sheet, scene.answers),
        **running(card),
    )
    concerned = [form.items[i] for f in findings for i in f.items if i in form.items]
    jumps = {
        i.id: f"{form.numbers[i.id]} {i.label}"[:14]
        for i in [*concerned, *provisional(form, scene.answers), *blanks(form, scene.answers)]
    }
    rows = [] if brief else wrapped([(label, f"jump:{item}") for item, label in list(jumps.items())[:12]], 2)
    rows.append([(labels.FINAL if is_final(scene.sheet, scene.answers) else labels.DRAFT, "draft")])
    look = [(labels.CHECKUP, "checkup")] if brief else [(labels.REVIEW, "review:0")]
    rows.append([*look, (labels.CONTENTS, "contents")])
    if more:
        rows.append(more)
    return show(scene, fit(f"{ack}\n\n{text}" if ack else text), rows, screen=Screen.CHECKUP, toast=toast)


def show_review(scene: Scene, page: int) -> Outcome:
    """All answers by section, as many to a page as read well on a phone."""
    pages = _pages(scene)
    page = min(max(page, 0), len(pages) - 1)
    text = message("review", page=page + 1, pages=len(pages), sections=pages[page])
    turn = [(labels.PREVIOUS_PAGE, f"review:{page - 1}")] if page else []
    if page + 1 < len(pages):
        turn.append((labels.NEXT_PAGE, f"review:{page + 1}"))
    below = [
        (labels.FINAL if is_final(scene.sheet, scene.answers) else labels.DRAFT, "draft"),
        (labels.CHECKUP, "checkup"),
        (labels.CONTENTS, "contents"),
    ]
    return show(scene, text, [turn, below] if turn else [below], screen=Screen.REVIEW, item=scene.conversation.item)


def _pages(scene: Scene) -> list[list[dict[str, object]]]:
    pages: list[list[dict[str, object]]] = [[]]
    room = PAGE
    for section in progress(scene.sheet, scene.answers).sections:
        items: list[dict[str, object]] = []
        for item in section.items:
            value = told(item, scene.answers.get(item.id))
            value = value if len(value) <= 300 else value[:300] + "……"
            cost = len(item.label) + len(value) + 8
            if cost > room and (items or pages[-1]):
                if items:
                    pages[-1].append({"title": section.section.title, "lines": items})
                pages.append([])
                items, room = [], PAGE
            items.append({"number": scene.sheet.numbers[item.id], "label": item.label, "value": value})
            room -= cost
        if items:
            pages[-1].append({"title": section.section.title, "lines": items})
    return pages
