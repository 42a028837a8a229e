"""What a forked worker does until it is killed: polls, handles and delivers, as chance has it. A job of the nursery.

Not here: the killing (farm.py), or dying at a chosen point (dying.py).
"""

import time
from multiprocessing.connection import Connection
from random import Random

from bot.heart import BETWEEN
from tests.soak.crashing.desk import Desk, clock_from
from tests.soak.crashing.planting import plant

AT_ONCE = 12  # steps between two polls
SPEED = 20  # so much faster runs the clock: a dead worker is noticed in less than a second
NOTHING = 0.003  # seconds of rest when there is nothing to do


def works(line: Connection, url: str, packs: str, seed: str, epoch: int, worker: str, planted: str) -> None:
    """A worker over this store; its Telegram is at the other end of the line."""
    plant(planted)
    desk = Desk(url, packs, clock=clock_from(epoch, SPEED), worker=worker)
    desk.takes_over()
    chance = Random(seed)

    def shows(chat: str, text: str, row: int, doubtful: bool) -> int:
        line.send(("shows", chat, row, doubtful, text))
        return int(line.recv())

    offset, beat_at = 0, time.monotonic() + BETWEEN / SPEED
    while True:
        if time.monotonic() > beat_at:
            desk.beats()
            beat_at = time.monotonic() + BETWEEN / SPEED
        line.send(("poll", offset))
        updates = line.recv()
        confirmed = offset
        if updates:
            offset = updates[-1][0] + 1
            if planted == "confirmed before it is stored":
                line.send(("poll", offset))
                line.recv()
            desk.receives(updates)
        busy = False
        for _ in range(AT_ONCE):
            busy |= desk.handles() if chance.random() < 0.5 else desk.delivers(shows)
        if not busy and confirmed == offset:
            time.sleep(NOTHING)
