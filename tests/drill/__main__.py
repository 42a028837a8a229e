"""`python -m tests.drill`: the restore drill, command by command as the runbook has them, with what they print."""

import re
import shutil
import sqlite3
import sys
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path

from tests import stores
from tests.botapi import BotApiServer
from tests.drill.crowd import Crowd
from tests.drill.machine import Machine, clone, program_here

FILLERS = 12
LOAD = 8  # seconds of typing before the first backup


def main() -> int:
    parser = ArgumentParser(prog="python -m tests.drill", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="do not make the program anew on the empty machine")
    quick = parser.parse_args().quick
    with tempfile.TemporaryDirectory(prefix="ziping-drill-") as name, BotApiServer() as server:
        folder = Path(name)
        crowd = Crowd(server, FILLERS)
        try:
            _drill(folder, server, crowd, quick=quick)
        finally:
            crowd.ends()
    return 0


def _drill(folder: Path, server: BotApiServer, crowd: Crowd, *, quick: bool) -> None:
    vault = folder / "vault"  # where backups are brought: another machine, another room
    vault.mkdir()
    _title("1. A backup under load")
    old = Machine(folder / "old", program_here(folder), server)
    old.run("ziping db upgrade")
    old.serves()
    crowd.begins()
    time.sleep(LOAD)
    known = _changes(old.folder / "ziping.db")
    old.run("mkdir backups")
    old.run("ziping db backup backups --keep 28")
    print(f"({FILLERS} people typing; {known} changes of answers were stored when the backup began)")
    (made,) = (old.folder / "backups").glob("ziping-*.db")
    for file in (made, made.with_name(made.name + ".sha256")):
        shutil.copy(file, vault)
    crowd.ends()

    _title("2. The machine burns")
    old.dies()
    shutil.rmtree(old.folder)
    print("(killed in the middle of everything; its disk is gone; Telegram keeps what nobody fetches)")
    people = list(crowd.people)

    _title("3. An empty machine")
    began = time.monotonic()
    program = program_here(folder) if quick else clone(folder / "new-program")
    new = Machine(folder / "new", program, server)
    for file in vault.iterdir():
        shutil.copy(file, new.folder)
    new.run(f"sha256sum --check {made.name}.sha256")
    new.run(f"cp {made.name} ziping.db")
    told = new.run(f"ziping db verify {made.name}")
    assert "两边完全一致" in told
    kept = _changes(new.folder / "ziping.db")
    assert kept >= known, (kept, known)
    new.serves()
    answered = crowd.goes_on()
    print(f"({kept} changes are there, {known} were acknowledged when the backup began: 0 lost;")
    print(
        f" {answered} of {len(people)} people have written and were answered, {time.monotonic() - began:.0f} s after an empty folder)"
    )
    assert "paused" in new.log_lines(), "what was restored does not start paused"
    print(re.sub(r"^\S+ \S+ ", "", next(line for line in new.log_lines().splitlines() if "paused" in line)))
    new.run("ziping admin resume")
    new.stops()

    _title("4. From SQLite to PostgreSQL")
    url = stores.new_postgres_database()
    new.hide(url, "postgresql://ziping@db/ziping")
    new.run("ziping db backup before-moving.db")
    new.run(f"ziping db copy ziping.db {url}")
    new.database = url
    told = new.run("ziping db verify ziping.db")
    assert "两边完全一致" in told
    new.serves("1", "2")
    crowd.goes_on()
    print(f"({len(people)} of {len(people)} people have written and were answered by two workers on PostgreSQL)")
    new.run("ziping admin resume")

    _title("5. And back: a portable backup of PostgreSQL, and its own dump")
    new.stops()
    new.run("ziping db backup portable.db")
    told = new.run("ziping db verify portable.db")
    assert "两边完全一致" in told
    other = stores.new_postgres_database()
    new.hide(other, "postgresql://ziping@db/restored")
    new.run(f"pg_dump --format=custom --file=store.dump {url}")
    new.run(f"pg_restore --no-owner --dbname={other} store.dump")
    new.database = other
    told = new.run("ziping db verify portable.db")
    assert "两边完全一致" in told
    new.forgets_its_log()
    new.serves()
    crowd.goes_on()
    assert "paused" in new.log_lines(), "what was restored does not start paused"
    print(re.sub(r"^\S+ \S+ ", "", next(line for line in new.log_lines().splitlines() if "paused" in line)))
    new.stops()


def _title(words: str) -> None:
    print(f"\n### {words}\n")


def _changes(file: Path) -> int:
    """How many changes of answers a SQLite store has."""
    store = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    try:
        return int(store.execute("SELECT count(*) FROM history").fetchone()[0])
    finally:
        store.close()


if __name__ == "__main__":
    sys.exit(main())
