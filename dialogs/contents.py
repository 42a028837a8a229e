"""目录: the sections with what is done, open, or needs attention, and the jump to any question."""

from dialogs import opening
from dialogs.access import hats
from dialogs.asking import ask
from dialogs.conversation import Screen
from dialogs.evidence.standing import button
from dialogs.route import SectionProgress, needs_attention, progress
from dialogs.scene import Outcome, Scene
from dialogs.scores import running
from dialogs.showing import show, wrapped
from dialogs.telling import told
from dialogs.together.pages import parts_button, whose
from dialogs.together.turns import single
from scoring.asked import is_asked, is_settled
from scoring.scorecard import score
from templates import labels
from templates.messages import message

SHORT = 18  # characters of an answer shown in a list


def show_contents(scene: Scene) -> Outcome:
    """All sections, one button each."""
    stand = progress(scene.sheet, scene.answers)
    assert scene.filing is not None
    card = running(score(scene.sheet, scene.answers))
    text = message(
        "contents",
        unit=scene.filing.name,
        title=scene.sheet.title,
        year=scene.filing.year,
        bar=stand.bar,
        done=stand.done,
        total=stand.total,
        points=card["total"],
        decided=card["decided"],
        weight=card["weight"],
        sections=[
            {"mark": _mark(s), "title": s.section.title, "done": s.done, "count": len(s.items), "attention": s.attention}
            | {"who": whose(scene, s.section.id)}
            for s in stand.sections
        ],
        example=min(12, len(scene.sheet.items)),
    )
    sections = [(f"{_mark(s)} {s.section.title}", f"section:{s.section.id}") for s in stand.sections]
    below = [(labels.CONTINUE, "continue"), (labels.CHECKUP, "checkup"), (labels.REVIEW, "review:0")]
    last = [(labels.CONTINUE_LATER, "pause"), *parts_button(scene), *opening.ways_on(scene)]
    if scene.filing.project:
        last.append((labels.RENAME_PROJECT, "rename_project"))
    rows = [*wrapped(sections, 2), below, *button(scene), *wrapped([*last, *hats.switch(scene)], 2)]
    return show(scene, text, rows, screen=Screen.CONTENTS, item=scene.conversation.item)


def _mark(section: SectionProgress) -> str:
    return "√" if section.complete else "◐" if section.done or section.attention else "○"


def show_section(scene: Scene, section_id: str) -> Outcome:
    """One section: its questions with their answers, each a button."""
    section = next((s for s in progress(scene.sheet, scene.answers).sections if s.section.id == section_id), None)
    if section is None:
        return show_contents(scene)
    items = []
    for item in section.items:
        answer = scene.answers.get(item.id)
        settled = is_settled(scene.sheet, item, scene.answers)
        mark = "◐" if needs_attention(scene.sheet, item, scene.answers) else "√" if settled else "○"
        value = short(told(item, answer)) + ("（带入）" if answer.source else "") if answer else ""
        items.append(
            {
                "mark": mark,
                "number": scene.sheet.numbers[item.id],
                "label": item.label,
                "value": value,
                "who": whose(scene, single(item.id)),
            }
        )
    text = message("section", title=section.section.title, done=section.done, count=len(section.items), items=items)
    jumps = [(str(scene.sheet.numbers[i.id]), f"jump:{i.id}") for i in section.items]
    below = [(labels.CONTENTS, "contents"), (labels.CONTINUE, "continue")]
    return show(scene, text, [*wrapped(jumps, 6), below], screen=Screen.CONTENTS, item=scene.conversation.item)


def short(text: str) -> str:
    """The beginning of a long answer, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= SHORT else line[:SHORT] + "…"


def jump(scene: Scene, number: int) -> Outcome:
    """To the question with this number, as printed in 〔待填n〕."""
    found = next((item for item, n in scene.sheet.numbers.items() if n == number), None)
    if found is None:
        text = message("no_such_number", number=number, last=len(scene.sheet.items))
        return _stay(scene, text)
    item = scene.sheet.items[found]
    if not is_asked(scene.sheet, item, scene.answers):
        return _stay(scene, message("not_asked", number=number, label=item.label))
    return visit(scene, found)


def visit(scene: Scene, item_id: str) -> Outcome:
    """This question; whoever comes from the check-up has a button back to it."""
    back = [(labels.CHECKUP, "checkup")] if scene.conversation.screen is Screen.CHECKUP else []
    return ask(scene, item_id, more=back)


def _stay(scene: Scene, text: str) -> Outcome:
    below = [[(labels.CONTENTS, "contents"), (labels.CONTINUE, "continue")]]
    return show(scene, text, below, screen=Screen.CONTENTS, item=scene.conversation.item)
