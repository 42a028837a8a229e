"""A part is done, or open again: noted with it, and the next person is told that it is their turn.

Not here: what belongs to a part (turns.py).
"""

from collections.abc import Sequence
from dataclasses import replace

from dialogs.access.permissions import Action
from dialogs.orders import Doing, Order
from dialogs.scene import Outcome, Scene
from dialogs.store import assignments
from dialogs.store.notices import Notice
from dialogs.together.around import fillers, given, known_as
from dialogs.together.promises import said_iso
from dialogs.together.turns import completed, next_turn, open_for_all, parts_of
from scoring.answers import Answers
from templates import labels
from templates.messages import message

Told = tuple[str, str, str]  # person, text, what the button does


def noted(scene: Scene, outcome: Outcome) -> Outcome:
    """The outcome with what its answers mean for whose turn it is."""
    if not outcome.changes or scene.form is None or not (known := given(scene)):
        return outcome
    changed = {c.item: c.new for c in outcome.changes}
    after = {i: a for i, a in {**scene.answers, **changed}.items() if a is not None}
    done, undone = completed(scene.form, after, known)
    if not done and not undone:
        return outcome
    finished = {a.person for a in known if a.part in done} & {p.person for p in parts_of(scene.form, after, known) if not p.left}
    values = {
        "filing": scene.place.filing,
        "done": done,
        "undone": undone,
        "told": [told for person in sorted(finished) for told in _told(scene, after, person)],
    }
    return replace(outcome, orders=(*outcome.orders, Order(Action.ANSWER, scene.place, move_on, values)))


def _told(scene: Scene, answers: Answers, person: str) -> list[Told]:
    """Who is told what when this person's part is done: the next one that it is their turn; or, when all is done, those who
    shared the work out that it can be looked over."""
    form, known = scene.sheet, given(scene)
    assert scene.filing is not None
    facts = {
        "who": known_as(scene, person),
        "filing": scene.filing.name,
        "year": scene.filing.year,
        "title": form.title,
    }
    upcoming = next_turn(form, answers, known, person)
    here = {m.id for m in fillers(scene)}
    if upcoming is not None:
        if upcoming.person not in here:
            return []
        day = said_iso(upcoming.promised, scene.today)
        text = message(
            "together/turn", **facts, names="、".join(upcoming.names), left=len(upcoming.left), promised=day, all_done=False
        )
        return [(upcoming.person, text, f"goto:{scene.filing.id}:continue")]
    if open_for_all(form, answers, known):
        return []
    text = message("together/turn", **facts, names="", left=0, promised="", all_done=True)
    owners = {a.by for a in known} & here or here
    return [(one, text, f"goto:{scene.filing.id}:checkup") for one in sorted(owners - {scene.rights.person})]


def move_on(doing: Doing, filing: str, done: Sequence[str], undone: Sequence[str], told: Sequence[Told]) -> None:
    """Note which parts are done and which are open again, and tell whose turn it is."""
    for part in undone:
        assignments.undone(doing.c, filing, part)
    moved = [part for part in done if assignments.done(doing.c, filing, part, doing.at)]
    for person, text, action in told if moved else ():
        label = labels.CHECKUP if action.endswith(":checkup") else labels.BEGIN_PART
        doing.say(Notice(person, "assigned", f"turn:{filing}:{'+'.join(moved)}:{doing.at}", text, [[(label, action)]]))
