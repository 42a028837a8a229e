"""R2: the power goes at any write; no acknowledged answer is lost and no store corrupt, on SQLite.

A filling is recorded write by write (shim/disk.c). At write boundaries all over it the disk is rebuilt as a power cut may leave
it (crashing/power.py), opened, checked, and now and then handed to the program, which finishes the filling.
"""

import json
import shutil
import sqlite3
import tempfile
from pathlib import Path
from random import Random

from dialogs.store.engine import upgrade
from tests.soak import Red, expect
from tests.soak.crashing.compiling import disk
from tests.soak.crashing.nursery import nursery
from tests.soak.crashing.places import memory
from tests.soak.crashing.power import WRITTEN, Disk, Step, steps
from tests.soak.crashing.recording import CHATS, script
from tests.soak.crashing.verdict import follows_the_oracle, found

GOAL = "R2"
AMOUNT = {"quick": 60, "full": 20_000}  # power cuts
TEETH = ("synchronous=NORMAL", "confirmed before it is stored")

LINES = 400  # typed while it is recorded: the store is checkpointed several times
GOES_ON = 100  # every so many cuts the program itself takes over


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    lines = min(LINES, max(24, amount))
    with tempfile.TemporaryDirectory(prefix="ziping-cut-", dir=memory()) as folder:
        return _run(Path(folder), seed, amount, lines, planted)


def _run(folder: Path, seed: int, amount: int, lines: int, planted: str) -> dict[str, object]:
    before, journal = _recorded(folder, seed, lines, planted)
    writes = sum(1 for step in journal if step.what == WRITTEN and step.file)
    chance = Random(f"{seed}/cuts")
    times: dict[int, int] = {}  # how often the power goes after the n-th write
    for _ in range(amount):
        n = chance.randrange(writes)
        times[n] = times.get(n, 0) + 1
    oracle = script(seed, lines)[1]
    typed = script(seed, lines)[0]
    before_me = {number: sum(1 for m, c, _ in typed[:number] if c == chat) for number, chat, _ in typed}
    watched = Disk(folder / "store", {"store.db": bytearray(before)})
    accepted: set[int] = set()
    shown = dict.fromkeys(CHATS, 0)
    lost: list[str] = []
    corrupt = cuts = taken_over = n = 0
    for step in journal:
        if step.what == WRITTEN and not step.file:
            number, of_answer = divmod(step.offset, 2)
            if of_answer:
                shown[typed[number - 1][1]] = before_me[number]
            else:
                accepted.add(number)
            continue
        if not watched.follows(step):
            continue
        for _ in range(times.get(n, 0)):
            cuts += 1
            try:
                _comes_back(folder / "after", watched.image(chance), accepted, shown, oracle)
            except sqlite3.DatabaseError:
                corrupt += 1
            except Red as red:
                lost.append(str(red))
            else:
                if cuts % GOES_ON == 0 and not planted:
                    _finishes(folder / "after", seed, lines, accepted, oracle)
                    taken_over += 1
        n += 1
    said = f"{len(lost)} of {cuts} power cuts lost what was acknowledged, {corrupt} corrupted the store: {lost[:1]}"
    expect(not lost and not corrupt, said)
    return {
        "cuts": cuts,
        "at": f"{len(times)} of {writes} writes",
        "lost": 0,
        "corrupt": 0,
        "finished by the program": taken_over,
        "syncs per answer": round(watched.syncs / lines, 1),
        "checkpoints": watched.checkpoints,
    }


def _recorded(folder: Path, seed: int, lines: int, planted: str) -> tuple[bytes, list[Step]]:
    """The store before, and every step of the disk while it was filled."""
    disk()
    store = folder / "store"
    store.mkdir()
    upgrade(f"sqlite:///{store}/store.db")
    before = (store / "store.db").read_bytes()
    assert not (store / "store.db-wal").exists()
    house = nursery()
    about = {"url": f"sqlite:///{store}/store.db", "packs": str(house.packs), "seed": seed, "lines": lines}
    child = house.bears(
        "tests.soak.crashing.recording:records", folder=str(store), journal=f"{folder}/journal", planted=planted, **about
    )
    said = child.line.recv()
    child.dies()
    assert said == "done", said
    return before, list(steps((folder / "journal").read_bytes()))


def _lays_out(folder: Path, image: dict[str, bytes]) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, content in image.items():
        if not name.endswith("-shm"):  # made anew from the log after a power cut
            (folder / name).write_bytes(content)
    return folder / "store.db"


def _comes_back(
    folder: Path, image: dict[str, bytes], accepted: set[int], shown: dict[str, int], oracle: dict[str, list[dict[str, str]]]
) -> None:
    """Red when something promised is not there; sqlite3.DatabaseError when the store is broken."""
    store = sqlite3.connect(_lays_out(folder, image))
    try:
        for pragma in ("integrity_check", "foreign_key_check"):
            said = store.execute(f"PRAGMA {pragma}").fetchall()
            if said not in ([("ok",)], []):
                raise sqlite3.DatabaseError(json.dumps(said[:3]))
        there = found(lambda sql: store.execute(sql).fetchall())
    finally:
        store.close()
    expect(accepted <= there.received, "an accepted update is gone")
    for chat, count in shown.items():
        expect(there.done.get(chat, 0) >= count, "an answer that was shown as noted is gone")
    follows_the_oracle(there, oracle)


def _finishes(folder: Path, seed: int, lines: int, accepted: set[int], oracle: dict[str, list[dict[str, str]]]) -> None:
    """The program takes over what the power cut left, is sent the rest, and ends as the oracle."""
    house = nursery()
    child = house.bears(
        "tests.soak.crashing.recording:goes_on",
        url=f"sqlite:///{folder}/store.db",
        packs=str(house.packs),
        seed=seed,
        lines=lines,
        accepted=sorted(accepted),
    )
    said = child.line.recv()
    child.gone()
    expect(said == "done", f"the program could not go on: {said}")
    store = sqlite3.connect(folder / "store.db")
    there = found(lambda sql: store.execute(sql).fetchall())
    store.close()
    expect(there.received == set(range(1, lines + 1)) and not there.waiting and not there.parked, "the filling did not end")
    follows_the_oracle(there, oracle)
