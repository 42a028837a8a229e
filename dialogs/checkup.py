"""The check-up page before drafting: what is open, what does not agree, the score; and the review of all answers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dialogs.arriving import origin_of
from dialogs.conversation import Screen
from dialogs.evidence.standing import button, standing
from dialogs.lastyear import left_over
from dialogs.review.ways import way_to_submit
from dialogs.route import progress
from dialogs.scene import Outcome, Scene
from dialogs.scores import running
from dialogs.showing import Row, show, turning, wrapped
from dialogs.surveying.notes import notes
from dialogs.telling import told
from scoring.answers import Answers
from scoring.asked import asked, is_settled
from scoring.beside.facts import Filed
from scoring.checks import Finding, check
from scoring.form import Form
from scoring.items import Item
from scoring.numbers import plain
from scoring.scorecard import Scorecard, score
from scoring.tree import Indicator
from templates import labels
from templates.facts import filings_for
from templates.fields import forms_drawn
from templates.messages import fit, message

PAGE = 1800  # characters of answers on one review page


@dataclass(frozen=True, slots=True)
class Checkup:
    """What stands between answers and a 定稿.

    `blanks`: questions without a settled answer, an optional one only when it was never looked at.
    `provisional`: questions answered with 暂估. `findings`: figures that do not agree.
    """

    blanks: tuple[Item, ...]
    provisional: tuple[Item, ...]
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> int:
        """How many findings are wrong for certain."""
        return sum(f.severity == "错误" for f in self.findings)

    @property
    def final(self) -> bool:
        """Whether documents made of these answers are 定稿: nothing open, nothing provisional, no error."""
        return not (self.blanks or self.provisional or self.errors)


def check_up(form: Form, answers: Answers) -> Checkup:
    """The check-up of these answers."""
    items = asked(form, answers)
    return Checkup(
        tuple(i for i in items if not is_settled(form, i, answers)),
        tuple(i for i in items if i.id in answers and answers[i.id].provisional),
        tuple(f for f in check(form, answers) if f.check not in ("MISSING_INPUT", "PROVISIONAL")),  # they are listed apart
    )


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Another filing that the documents draw from and that is not finished itself: what is open there, by kind."""

    filed: Filed
    blanks: int
    provisional: int
    errors: int

    @property
    def said(self) -> str:
        """《2021年度项目自评表》（老字号）还有 2 题没填、1 处错误."""
        kinds = ((self.blanks, "题没填"), (self.provisional, "个暂估数"), (self.errors, "处错误"))
        return f"{self.filed.title}还有 " + "、".join(f"{count} {kind}" for count, kind in kinds if count)


def unfinished(form: Form, project: str, beside: Sequence[Filed]) -> list[Unfinished]:
    """The filings that the documents of a form draw from and that are not finished themselves."""
    found = []
    for name in forms_drawn(form):
        for filed in filings_for(form, project, name, beside):
            stand = check_up(filed.form, filed.answers)
            if not stand.final:
                found.append(Unfinished(filed, len(stand.blanks), len(stand.provisional), stand.errors))
    return found


def ways_there(others: Sequence[Unfinished]) -> list[list[tuple[str, str]]]:
    """A button to each unfinished filing."""
    return [[(f"去改 {o.filed.project or o.filed.form.title}"[:20], f"filing:{o.filed.id}")] for o in others if o.filed.id]


def show_checkup(scene: Scene, ack: str = "", more: Row = (), *, toast: str = "", brief: bool = False) -> Outcome:
    """Findings with a button to each answer concerned, the score by group, and the way to a draft.

    `brief`: the page stands a little above, so that only what it comes to is said.
    """
    form = scene.sheet
    found = check_up(form, scene.answers)
    found = replace(found, findings=(*found.findings, *left_over(scene)))
    others = _others(scene)
    card = score(form, scene.answers)
    names = [{"number": form.numbers[i.id], "label": i.label, "optional": i.optional} for i in found.blanks]
    text = message(
        "checkup_brief" if brief else "checkup",
        blanks=[n for n in names if not n["optional"]],
        optional=[n for n in names if n["optional"]],
        provisional=[{"number": form.numbers[i.id], "label": i.label} for i in found.provisional],
        findings=[{"severity": f.severity, "text": f.text} for f in found.findings],
        complete=card.complete,
        grade=card.grade or "—",
        groups=_standings(form, card),
        scaled=card.scaled,
        capped=card.capped,
        clean=found.final and not others,
        others=[o.said for o in others],
        notes=notes(scene),
        evidence=standing(scene),
        **running(card),
    )
    concerned = [form.items[i] for f in found.findings for i in f.items if i in form.items]
    jumps = {i.id: f"{form.numbers[i.id]} {i.label}"[:14] for i in (*concerned, *found.provisional, *found.blanks)}
    rows = [] if brief else wrapped([(label, f"jump:{item}") for item, label in list(jumps.items())[:12]], 2)
    rows += ways_there(others)
    rows += button(scene)
    rows.append([(_drafting(scene, found), "draft"), *way_to_submit(scene)])
    look = [(labels.CHECKUP, "checkup")] if brief else [(labels.REVIEW, "review:0")]
    elsewhere = [(labels.OTHER_FILING, "home")] if len(scene.choices) > 1 else []
    rows.append([*look, (labels.CONTENTS, "contents"), *elsewhere])
    if more:
        rows.append(more)
    return show(scene, fit(f"{ack}\n\n{text}" if ack else text), rows, screen=Screen.CHECKUP, toast=toast)


def _standings(form: Form, card: Scorecard) -> list[dict[str, str]]:
    """How level 1 stands: its groups, and indicators that stand there by themselves."""
    found = []
    for branch in form.data.indicators:
        points = card.line(branch.id).points if isinstance(branch, Indicator) else card.subtotals[branch.id].points
        found.append({"name": branch.name, "points": "—" if points is None else plain(points), "weight": plain(branch.weight)})
    return found


def _drafting(scene: Scene, found: Checkup) -> str:
    return labels.FINAL if found.final and not _others(scene) else labels.DRAFT


def _others(scene: Scene) -> list[Unfinished]:
    return unfinished(scene.sheet, scene.filing.project if scene.filing else "", scene.beside)


def show_review(scene: Scene, page: int) -> Outcome:
    """All answers by section, as many to a page as read well on a phone."""
    pages = _pages(scene)
    page = min(max(page, 0), len(pages) - 1)
    text = message("review", page=page + 1, pages=len(pages), sections=pages[page])
    turn = turning("review:", page, len(pages))
    below = [
        (_drafting(scene, check_up(scene.sheet, scene.answers)), "draft"),
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
            value = (value if len(value) <= 300 else value[:300] + "……") + origin_of(scene.answers.get(item.id))
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
