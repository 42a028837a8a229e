"""A filling recorded write by write: what the disk was told, and what had been promised by then. A job of the nursery."""

import ctypes
from multiprocessing.connection import Connection
from random import Random

import dialogs.store.engine
from tests.soak.crashing.desk import Desk, Update
from tests.soak.crashing.form import Filled, filling

CHATS = ("1", "2", "3", "4")


def script(seed: int, lines: int) -> tuple[list[Update], dict[str, list[Filled]]]:
    """What several fillers type by turns, and for each chat its answers after each of its lines."""
    chance = Random(f"{seed}/script")
    at_work = {chat: filling(f"第{chat}单位", Random(f"{seed}/{chat}")) for chat in CHATS}
    typed: list[Update] = []
    oracle: dict[str, list[Filled]] = {chat: [{}] for chat in CHATS}
    for number in range(1, lines + 1):
        chat = chance.choice(CHATS)
        text, filled = next(at_work[chat])
        typed.append((number, chat, text))
        oracle[chat].append(filled)
    return typed, oracle


def records(line: Connection, url: str, packs: str, folder: str, journal: str, seed: int, lines: int, planted: str) -> None:
    """Fills, one line after the other. A mark of 2n says that update n is accepted, 2n + 1 that its answer was shown."""
    disk = ctypes.CDLL(None)
    disk.mark.argtypes = [ctypes.c_int64]
    disk.journal_to(journal.encode(), folder.encode())
    if planted == "synchronous=NORMAL":
        usual = dialogs.store.engine.PRAGMAS
        dialogs.store.engine.PRAGMAS = tuple(p.replace("synchronous=FULL", "synchronous=NORMAL") for p in usual)
    desk = Desk(url, packs)
    for number, chat, text in script(seed, lines)[0]:
        if planted == "confirmed before it is stored":
            disk.mark(2 * number)
        desk.receives([(number, chat, text)])
        disk.mark(2 * number)
        while desk.handles():
            pass
        while desk.delivers(lambda *_, number=number: disk.mark(2 * number + 1) or 1):  # type: ignore[misc]
            pass
    line.send("done")
    line.recv()  # to be killed: nothing is closed, as in a power cut


def goes_on(line: Connection, url: str, packs: str, seed: int, lines: int, accepted: list[int]) -> None:
    """The program on what a power cut left: it takes over, is sent again what it had not accepted, and finishes."""
    desk = Desk(url, packs)
    desk.takes_over()
    for update in script(seed, lines)[0]:
        if update[0] not in accepted:
            desk.receives([update])
    while desk.handles():
        while desk.delivers(lambda *_: 1):  # who does not read what is said is heard no more
            pass
    desk.office.engine.dispose()
    line.send("done")
