"""A worker whose disk is full now and then: told how many bytes there is room for, and later that there is room again.

One process lives through all of it. What cannot be stored is not confirmed, what cannot be handled is told. A job of the
nursery. Not here: how many bytes, and what must hold (r11_disk_full.py).
"""

import ctypes
from collections.abc import Callable
from multiprocessing.connection import Connection
from random import Random

from sqlalchemy.exc import OperationalError

from dialogs.handling import Trouble
from tests.soak.crashing.desk import Desk, Update, clock_from

SPEED = 2_000  # nobody waits for a claim to run out
STEPS = 8  # between two polls
SAID_ALL_THE_SAME = "the trouble swallowed, and “noted” said all the same"


def fills_up(line: Connection, url: str, packs: str, folder: str, epoch: int, planted: str) -> None:
    """Until it is killed. Between two polls it does what it can, and reports what failed."""
    disk = ctypes.CDLL(None)
    disk.space.argtypes = [ctypes.c_int64, ctypes.c_char_p]
    disk.space_left.restype = ctypes.c_int64
    disk.space(-1, folder.encode())  # from now on its files count
    desk = Desk(url, packs, clock=clock_from(epoch, SPEED))

    def shows(chat: str, text: str, row: int, doubtful: bool) -> int:
        line.send(("shows", chat, row, doubtful, text))
        return int(line.recv())

    chance = Random(epoch)
    offset = 0
    while True:
        line.send(("poll", offset, disk.space_left()))
        updates, room = line.recv()
        if room is not None:
            disk.space(room, folder.encode())
        for update in updates:
            if not _received(desk, line, update):
                if planted != SAID_ALL_THE_SAME:
                    break
                shows(update[1], "已保存。", -update[0], False)
            offset = update[0] + 1
        for _ in range(STEPS):
            _steps(desk, line, shows, chance)


def _received(desk: Desk, line: Connection, update: Update) -> bool:
    try:
        desk.receives([update])
    except OperationalError:
        _tells(line, "refused")
        return False
    return True


def _steps(desk: Desk, line: Connection, shows: Callable[[str, str, int, bool], int], chance: Random) -> None:
    try:
        if chance.random() < 0.5:
            desk.handles()
        else:
            desk.delivers(shows)
    except Trouble:
        _tells(line, "told")
    except OperationalError:
        _tells(line, "waits")


def _tells(line: Connection, what: str) -> None:
    line.send((what,))
    line.recv()
