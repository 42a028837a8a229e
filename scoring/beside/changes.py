"""How an answer differs from what arrived: the places that want a reason, the lines left out and the lines added."""

from scoring.answers import Answer, State
from scoring.beside.overlay import paired
from scoring.cells import lines_of
from scoring.columns import Rows, Table
from scoring.items import Item


def overridden(item: Item, brought: Answer | None, answer: Answer | None) -> frozenset[tuple[object, ...]]:
    """Each place where an answer says something else than what arrived: what a reason is wanted for."""
    if brought is None or answer is None or answer.state is State.SKIPPED:
        return frozenset()
    if not isinstance(item, Table) or not (brought.given and answer.given):
        same = (brought.state, brought.value) == (answer.state, answer.value)
        return frozenset() if same else frozenset({(answer.state, answer.value)})
    found: set[tuple[object, ...]] = set()
    for n, (row, now) in enumerate(paired(item, brought, answer)[0]):
        cells = enumerate(zip(row.cells, now.cells, strict=True)) if now is not None else ()
        found |= {(n, k, b) for k, (a, b) in cells if a is not None and b is not None and a != b}
    return frozenset(found)


def lost_lines(item: Item, brought: Answer | None, answer: Answer | None) -> int:
    """How many of the lines that arrived an answer leaves out."""
    if not isinstance(item, Rows) or brought is None or answer is None or not answer.given:
        return 0
    return sum(mine is None for _, mine in paired(item, brought, answer)[0])


def added_lines(item: Item, brought: Answer | None, answer: Answer | None) -> int:
    """How many lines an answer has beside those that arrived."""
    if not isinstance(item, Rows):
        return 0
    return len(lines_of(answer)) - len(lines_of(brought)) + lost_lines(item, brought, answer)
