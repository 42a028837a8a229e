"""What is new in this round: answers and points that differ from the last round a reviewer has decided, and nothing else.

Compared are what was handed in then and now; what a form no longer asks counts as not answered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from dialogs.review.dossier import before
from dialogs.scene import Scene
from scoring.answers import Answer, Answers
from scoring.asked import asked
from scoring.form import Form
from scoring.items import Item
from scoring.scorecard import score


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An answer before and after."""

    item: Item
    was: Answer | None
    now: Answer | None


@dataclass(frozen=True, slots=True)
class PointsChange:
    """The points of an indicator before and after; None where they were open."""

    indicator: str
    name: str
    was: Decimal | None
    now: Decimal | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that is new."""

    items: tuple[ItemChange, ...] = ()
    points: tuple[PointsChange, ...] = ()
    was: Decimal = Decimal(0)
    now: Decimal = Decimal(0)

    def __bool__(self) -> bool:
        return bool(self.items or self.points)


def changes(old: tuple[Form, Answers], new: tuple[Form, Answers]) -> Changes:
    """What differs, in the order of the form."""
    before, after = _told(*old), _told(*new)
    items = {**new[0].items, **{i: item for i, item in old[0].items.items() if i not in new[0].items}}
    differ = [i for i in items if not _same(before.get(i), after.get(i))]
    was, now = score(*old), score(*new)
    points = {line.indicator.id: line.points for line in was.lines}
    lines = [line for line in now.lines if line.points != points.get(line.indicator.id)]
    return Changes(
        tuple(ItemChange(items[i], before.get(i), after.get(i)) for i in differ),
        tuple(PointsChange(x.indicator.id, x.indicator.name, points.get(x.indicator.id), x.points) for x in lines),
        was.total,
        now.total,
    )


def _told(form: Form, answers: Answers) -> Answers:
    """The answers to what is asked."""
    return {item.id: answers[item.id] for item in asked(form, answers) if item.id in answers}


def _same(was: Answer | None, now: Answer | None) -> bool:
    """Whether two answers say the same; what they rest on, and where they come from, is not what is looked at."""
    said = [None if a is None else (a.state, a.value, a.provisional, a.reason) for a in (was, now)]
    return said[0] == said[1]


def changes_of(scene: Scene) -> Changes | None:
    """What is new in the filing in focus since the last decided round; None in a first round."""
    old = before(scene)
    return None if old is None else changes(old, (scene.sheet, scene.answers))


def next_to(found: Sequence[ItemChange], item: str, step: int) -> str:
    """The change before (−1) or behind (1) this one; empty at the end, and for an item that has not changed."""
    ids = [c.item.id for c in found]
    if item not in ids:
        return ""
    place = ids.index(item) + step
    return ids[place] if 0 <= place < len(ids) else ""
