"""The world beyond the filing on the screen, read when a step asks for it, in the transaction of the event.

    members = scene.world.read(people.members, unit)

Within one step the same question gets the same answer. A step changes nothing through it: what it wants
done stands in its outcome (orders.py).
"""

from collections.abc import Callable, Hashable
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection

P = ParamSpec("P")
T = TypeVar("T")


class World:
    """Reads functions of the store: each takes the connection first."""

    def __init__(self, c: Connection) -> None:
        self._c = c
        self._known: dict[Hashable, object] = {}

    def read(self, function: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the store function gives; asked once per step."""
        key = (function, args, tuple(sorted(kwargs.items())))
        if key not in self._known:
            self._known[key] = function(self._c, *args, **kwargs)
        return self._known[key]  # type: ignore[return-value]  # kept under the function that gave it
