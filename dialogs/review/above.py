"""What a returned question says above itself, and what an answer does about it: the remark counts as seen to.

A leaf of the room: it is asked by the question itself (asking.py), so it knows no page that asks questions.
"""

from dataclasses import replace

from dialogs.access.permissions import Action, State
from dialogs.orders import Doing, Order
from dialogs.replies import Reply
from dialogs.review.dossier import dossier, said_by
from dialogs.scene import Outcome, Scene
from dialogs.showing import Row
from dialogs.store import filings, journal, remarks, standing
from dialogs.store.remarks import Remark
from dialogs.store.submissions import AT_WORK
from scoring.asked import asked
from templates import labels


def waiting(scene: Scene) -> tuple[Remark, ...]:
    """The remarks that the filler still has to see to, after what this step has changed."""
    if scene.place.state is not State.RETURNED or not scene.may(Action.ANSWER):
        return ()
    done = set(_seen_to(scene, {c.item for c in scene.changes}))
    return tuple(r for r in dossier(scene).open if r.id not in done)


def above(scene: Scene, item: str) -> str:
    """The remarks about a question."""
    found = [r for r in waiting(scene) if r.where == ("item", item)]
    return "\n".join(f"{said_by(r.name, '审核人')}的意见：{r.text}" for r in found)


def below(scene: Scene, item: str) -> list[Row]:
    """The buttons under a question with a remark."""
    found = [r for r in waiting(scene) if r.where == ("item", item)]
    if not found:
        return []
    return [[(labels.REMARK_ANSWER, f"rv_reply:{found[0].id}"), (labels.RETURNED_LIST, "returned")]]


def _seen_to(scene: Scene, changed: set[str]) -> list[str]:
    """The remarks that these changes settle: about a changed question, or an indicator that rests on this one alone."""
    if not changed:
        return []
    settled = {("item", item) for item in changed}
    now = {i.id for i in asked(scene.sheet, scene.answers)}
    for place in scene.sheet.indicators:
        rests_on = [i for i in scene.sheet.reads_with_points(place.indicator) if i in now]
        if len(rests_on) == 1 and rests_on[0] in changed:
            settled.add(("indicator", place.indicator.id))
    return [r.id for r in dossier(scene).open if r.where in settled]


def seen_to(scene: Scene, outcome: Outcome) -> Outcome:
    """The outcome of a step with the order to mark what its changes settle."""
    if not outcome.changes or scene.filing is None or scene.place.state is not State.RETURNED or not scene.may(Action.ANSWER):
        return outcome
    ids = _seen_to(scene, {c.item for c in outcome.changes})
    if not ids:
        return outcome
    order = Order(Action.ANSWER, scene.place, mark_done, {"filing": scene.filing.id, "ids": ids})
    return replace(outcome, orders=(*outcome.orders, order))


def mark_done(doing: Doing, filing: str, ids: list[str]) -> tuple[Reply, ...]:
    """Somebody has seen to these remarks."""
    own = filings.filing(doing.c, filing)
    if own is not None and standing.hold(doing.c, filing, AT_WORK):
        count = remarks.done(doing.c, filing, ids, doing.person, doing.at)
        journal.note(doing.c, doing.person, "remarks done", own.place, {"round": own.round, "count": count}, doing.at)
    return ()
