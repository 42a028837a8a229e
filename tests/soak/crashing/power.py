"""Power cuts replayed: from a journal of the disk, what may lie on it when the power goes at any write.

What was synced is there. Every write after its file's last sync is there or not, and sometimes torn. A file made since its
folder was synced may be missing. Not here: what SQLite or the program make of it (r02_power_cut.py).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

HEAD = struct.Struct("=BIqI")
OPENED, WRITTEN, TRUNCATED, SYNCED, REMOVED = range(1, 6)
SECTOR = 512
KEPT, TORN = 0.5, 0.2


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the journal. A WRITTEN of file 0 is a mark; its number is the offset."""

    what: int
    file: int
    offset: int
    data: bytes


def steps(journal: bytes) -> Iterator[Step]:
    at = 0
    while at < len(journal):
        what, file, offset, length = HEAD.unpack_from(journal, at)
        at += HEAD.size
        yield Step(what, file, offset, journal[at : at + length])
        at += length


@dataclass
class Disk:
    """Follows a journal; `image` is what the power cut of this moment may leave."""

    folder: Path
    contents: dict[str, bytearray]  # by name: what is on it for certain
    waiting: dict[str, list[Step]] = field(default_factory=dict)  # not synced yet
    unsure: set[str] = field(default_factory=set)  # made, and the folder not synced since
    names: dict[int, str] = field(default_factory=dict)
    syncs: int = 0
    checkpoints: int = 0  # syncs of the store itself, behind its log

    def follows(self, step: Step) -> bool:
        """Take one more step; whether it was a write to a file."""
        if step.what == OPENED:
            name = Path(step.data.decode())
            self.names[step.file] = "" if name == self.folder else name.name
            if step.offset & 1:
                self.unsure.add(name.name)
                self.contents.setdefault(name.name, bytearray())
            return False
        name_ = self.names.get(step.file, "")
        if step.what == SYNCED:
            self.syncs += 1
            self.checkpoints += name_.endswith(".db")
            if name_:
                for waited in self.waiting.pop(name_, ()):
                    _put(self.contents[name_], waited)
            else:
                self.unsure.clear()
            return False
        if step.what in (WRITTEN, TRUNCATED) and step.file:
            self.waiting.setdefault(name_, []).append(step)
            return True
        assert step.what != REMOVED, "nothing is removed while it runs"
        return False

    def image(self, chance: Random) -> dict[str, bytes]:
        """The files as they may be found when the power comes back."""
        found = {}
        for name, sure in self.contents.items():
            if name in self.unsure and chance.random() < KEPT:
                continue
            content = bytearray(sure)
            for step in self.waiting.get(name, ()):
                if chance.random() < KEPT:
                    _put(content, step, chance if chance.random() < TORN else None)
            found[name] = bytes(content)
        return found


def _put(content: bytearray, step: Step, torn: Random | None = None) -> None:
    if step.what == TRUNCATED:
        if len(content) > step.offset:
            del content[step.offset :]
        else:
            content.extend(bytes(step.offset - len(content)))
        return
    end = step.offset + len(step.data)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if torn is None:
        content[step.offset : end] = step.data
        return
    for first in range(0, len(step.data), SECTOR):  # any of its sectors
        if torn.random() < KEPT:
            part = step.data[first : first + SECTOR]
            content[step.offset + first : step.offset + first + len(part)] = part
