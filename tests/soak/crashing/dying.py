"""A worker that dies at a chosen point on the way of one line: at its n-th statement, or between two of its deeds.

The points are counted, so all of them can be gone through: before every statement, begin and commit, and after receiving,
storing, confirming, handling, showing and marking. A job of the nursery. Not here: which points, and what is lost by it.
"""

import os
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from sqlalchemy import event

from dialogs.store import statements
from tests.soak.crashing.desk import Desk
from tests.soak.crashing.planting import EARLY, plant


class Point:
    """Counts the points passed; the process ends in that of the chosen number."""

    def __init__(self) -> None:
        self.left = 0  # 0: it does not die

    def passes(self, *_: object) -> None:
        if self.left:
            self.left -= 1
            if self.left == 0:
                os._exit(0)


def dies(line: Connection, url: str, packs: str, planted: str) -> None:
    """Takes over, finishes what it finds, then takes line after line; each comes with the number of the point to die in."""
    plant(planted)
    desk = Desk(url, packs)
    point = Point()
    _hangs_on(desk, point)
    desk.takes_over()

    def shows(chat: str, text: str, row: int, doubtful: bool) -> int:
        line.send(("shows", chat, row, doubtful, text))
        number = int(line.recv())
        point.passes()
        return number

    offset = 0
    while True:
        point.left = 0
        _finishes(desk, shows)
        line.send(("rests", offset))
        updates, point.left = line.recv()
        if not updates:
            continue
        point.passes()  # received, and only in memory
        offset = updates[-1][0] + 1
        if planted == EARLY:
            line.send(("confirms", offset))
            line.recv()
            point.passes()
        desk.receives(updates)
        point.passes()  # stored
        line.send(("confirms", offset))
        line.recv()
        point.passes()  # confirmed
        _finishes(desk, shows)


def _finishes(desk: Desk, shows: Callable[[str, str, int, bool], int]) -> None:
    while desk.handles():
        pass
    while desk.delivers(shows):
        pass


def _hangs_on(desk: Desk, point: Point) -> None:
    """Before every statement, begin and commit, whoever speaks to the driver."""
    engine = desk.office.engine
    event.listen(engine, "begin", point.passes, insert=True)
    event.listen(engine, "commit", point.passes)
    event.listen(engine, "before_cursor_execute", point.passes)
    really = statements._driver

    def driver(c: Any) -> Any:
        point.passes()
        return really(c)

    statements._driver = driver
