"""Whether an answer given on one form can be an answer on another: last year's edition, or a new one of this year."""

from scoring.columns import Survey, Table
from scoring.items import Checklist, Choice, Item, Number


def same_shape(before: Item, now: Item) -> bool:
    """Whether an answer to the one can be an answer to the other: the other form may have other columns or units."""
    match before, now:
        case Table(), Table():
            shape = [[(c.id, c.type, c.unit) for c in t.columns] for t in (before, now)]
            return before.type == now.type and shape[0] == shape[1]
        case Number(), Number():
            return before.type == now.type and before.unit == now.unit
        case Checklist(), Checklist():
            return [c.id for c in before.criteria] == [c.id for c in now.criteria]
        case Choice(), Choice():
            return [o.id for o in before.options] == [o.id for o in now.options]
        case Survey(), Survey():
            return [q.id for q in before.questions] == [q.id for q in now.questions] and before.points == now.points
    return before.type == now.type
