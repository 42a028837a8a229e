"""Writers that never rest: processes of their own that change an answer again and again, and say which change was committed.

Not here: what is done to the store meanwhile.
"""

import mmap
import os
import signal
import struct
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from dialogs.events import Arrival
from dialogs.scene import Change
from dialogs.store import filings, inbox
from dialogs.store.engine import Connection, open_store, writing
from dialogs.store.tables import history
from dialogs.store.tables import inbox as inbox_rows
from scoring.answers import given
from tests.dialogs.store.stock import NOW, a_filing, person_of

PLACE = struct.Struct("q")


@dataclass(frozen=True)
class Writer:
    """One process at one filing; `committed` is the number of the last change it has been told is kept."""

    filing: filings.Filing
    pid: int
    noted: mmap.mmap

    @property
    def committed(self) -> int:
        return int(PLACE.unpack_from(self.noted)[0])


@contextmanager
def writers(url: str, how_many: int) -> Iterator[list[Writer]]:
    """So many of them at work until the end of the block, in a store with the present schema."""
    engine = open_store(url)
    with writing(engine) as c:
        own = [a_filing(c, str(n)) for n in range(how_many)]
    engine.dispose()
    there: list[Writer] = []
    try:
        for filing in own:
            noted = mmap.mmap(-1, PLACE.size)
            there.append(Writer(filing, _begin(url, filing, noted), noted))
        deadline = time.monotonic() + 60
        while min(writer.committed for writer in there) < 5:
            assert time.monotonic() < deadline, "the writers do not get on"
            time.sleep(0.002)
        yield there
    finally:
        for writer in there:
            os.kill(writer.pid, signal.SIGKILL)  # also one that has ended by itself is there until it is waited for
            os.waitpid(writer.pid, 0)


def _begin(url: str, filing: filings.Filing, noted: mmap.mmap) -> int:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a process with threads forks: the child uses none of them
        child = os.fork()
    if child:
        return child
    try:
        _write_for_ever(url, filing, noted)
    finally:
        os._exit(3)


def _write_for_ever(url: str, filing: filings.Filing, noted: mmap.mmap) -> None:
    engine = open_store(url)
    chat = f"test:{filing.id}"
    number, old = 0, None
    while True:
        number += 1
        new = given(number)
        try:
            with writing(engine) as c:
                inbox.receive(c, [Arrival("test", filing.id, number, chat, chat, f"change {number}")], NOW)
                filings.apply(c, filing.id, [Change("quota", old, new)], person_of(filing), NOW, None, number)
        except OperationalError:  # the other one has kept the right to write for longer than we wait; so once more
            number -= 1
            continue
        PLACE.pack_into(noted, 0, number)
        old = new


def changes_kept(c: Connection, writer: Writer) -> list[int]:
    """The numbers of the changes of a writer that a store holds."""
    h = history.c
    return list(c.execute(select(h.message).where(h.filing_id == writer.filing.id).order_by(h.id)).scalars())


def updates_kept(c: Connection, writer: Writer) -> list[int]:
    """The numbers of the updates that came with them, each in the same transaction."""
    i = inbox_rows.c
    return list(c.execute(select(i.update_id).where(i.bot == writer.filing.id).order_by(i.id)).scalars())
