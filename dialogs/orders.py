"""What a step wants done beside answers: an order names the permission it needs, the place, and who carries it out.

Handling asks the gate with the rights of that moment, then carries the order out in the transaction of the
event; the command line does the same with the same functions. Not here: any particular order.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from dialogs.access.permissions import Action
from dialogs.access.rights import Place
from dialogs.replies import Reply
from dialogs.store.notices import Notice, post

if TYPE_CHECKING:
    from dialogs.office import Office


@dataclass(frozen=True)
class Doing:
    """Who does something, when, over which connection; `inbox_id` is None at the command line."""

    c: Connection
    office: "Office"
    person: str
    at: int
    inbox_id: int | None = None
    chat: str = ""

    def say(self, notice: Notice, due_at: int | None = None) -> None:
        """Have something said to somebody unasked, now or from a later moment on."""
        id = (self.office.new_id() + self.office.new_id())[:12]
        post(self.c, id, notice, self.at if due_at is None else due_at, self.at)


Carry = Callable[..., Sequence[Reply] | None]  # carry(doing, **values); raises Conflict when the world has moved on


@dataclass(frozen=True, slots=True)
class Order:
    """One thing to be done."""

    needs: Action
    place: Place
    carry: Carry
    values: Mapping[str, Any] = field(default_factory=dict)
