"""What arrived, with what the filler keeps of their own laid over it; and what of an answer is their own.

Only their own is stored (`kept`), so that an arrived answer follows its source until it is changed; `combined` gives
the whole answer back. Lines are told apart by their words that arrived.
"""

from dataclasses import replace

from scoring.answers import Answer, Answers, State
from scoring.cells import lines_of
from scoring.columns import OneRow, Table
from scoring.form import Form
from scoring.items import Item
from scoring.values import Row

NAMING = ("text", "choice")  # columns whose words tell which line a line is


def overlaid(form: Form, stored: Answers, brought: Answers) -> dict[str, Answer]:
    """The answers of a filing as everybody reads them: what is stored, with what arrived below it."""
    if not brought:
        return dict(stored)
    found: dict[str, Answer] = {}
    for id, item in form.items.items():
        own = stored.get(id)
        answer = combined(form, item, brought[id], own) if id in brought else own
        if answer is not None:
            found[id] = answer
    return found


def combined(form: Form, item: Item, brought: Answer | None, own: Answer | None) -> Answer | None:
    """One answer: what arrived, with what the filler keeps of their own laid over it."""
    if brought is None or own is None or own.state is State.SKIPPED:
        return own if brought is None else brought
    locked = is_locked(form, item.id)
    if not isinstance(item, Table) or not brought.given or not own.given:
        return brought if locked else replace(own, source=brought.source)
    rough = brought.provisional or own.provisional
    merged = replace(own, provisional=rough, source=brought.source)
    if isinstance(brought.value, Row):
        return replace(merged, value=_over(brought.value, own.value if isinstance(own.value, Row) else None, locked))
    pairs, own_lines = paired(item, brought, own)
    lines = [_over(row, mine, locked) for row, mine in pairs]
    return replace(merged, value=(*lines, *(() if locked else own_lines)))


def kept(item: Item, brought: Answer | None, new: Answer | None) -> Answer | None:
    """What of an answer is stored: nothing that arrived as it is; `combined` gives the answer back."""
    if new is None or brought is None:
        return None if new is None else replace(new, source="")
    rough = new.provisional and not brought.provisional
    plainer = replace(new, source="", provisional=rough)
    if not isinstance(item, Table) or not (brought.given and new.given):
        same = (new.state, new.value, new.provisional) == (brought.state, brought.value, brought.provisional)
        return None if same else replace(new, source="")
    if isinstance(brought.value, Row):
        assert isinstance(new.value, Row)
        mine = _own_cells(item, brought.value, new.value, names=False)
        return None if not rough and all(c is None for c in mine.cells) else replace(plainer, value=mine)
    pairs, own_lines = paired(item, brought, new)
    both = [(row, now) for row, now in pairs if now is not None]
    lines = [_own_cells(item, row, now, names=True) for row, now in both]
    bare = [_own_cells(item, row, row, names=True) for row, _ in both]
    return replace(plainer, value=(*lines, *own_lines)) if lines != bare or own_lines or rough else None


def _over(brought: Row, own: Row | None, locked: bool) -> Row:
    if own is None:
        return brought
    pairs = zip(brought.cells, own.cells, strict=True)
    return Row(tuple(a if b is None or (locked and a is not None) else b for a, b in pairs))


def paired(item: Table, brought: Answer, own: Answer) -> tuple[list[tuple[Row, Row | None]], list[Row]]:
    """Each line that arrived with the filler's own about the same thing; then the lines that are only theirs."""
    left, pairs = list(lines_of(own)), []
    for row in lines_of(brought):
        mine = next((r for r in left if isinstance(item, OneRow) or _same_line(item, row, r)), None)
        if mine is not None:
            left.remove(mine)
        pairs.append((row, mine))
    return pairs, left


def _same_line(item: Table, brought: Row, own: Row) -> bool:
    """Whether two lines are about the same thing: equal in every name that arrived."""
    names = [n for n, c in enumerate(item.columns) if c.type in NAMING and brought.cells[n] is not None]
    return all(brought.cells[n] == own.cells[n] for n in names)


def _own_cells(item: Table, brought: Row, now: Row, *, names: bool) -> Row:
    """The cells that differ from what arrived, with the names that tell the line."""
    cells = zip(item.columns, brought.cells, now.cells, strict=True)
    return Row(tuple(b if a != b or (names and c.type in NAMING) else None for c, a, b in cells))


def is_locked(form: Form, item_id: str) -> bool:
    """Whether what arrives for this item can only be changed where it comes from."""
    return any(a.locked for a in form.arrivals_of.get(item_id, ()))
