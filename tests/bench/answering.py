"""Answers per second through event, commit and outbox, beside what sqlite3 alone can commit on the same disk.

Every answer is received (one commit) and handled (one commit), as polling brings them one by one; the store is
SQLite with synchronous=FULL, the form is the real one, the questions are those of the real filing.
"""

import json
import re
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from statistics import median

from bot.commands.demo import script
from bot.terminal import understand
from dialogs.events import Arrival, Event
from dialogs.handling import handle_next
from dialogs.office import Office
from dialogs.store import conversations, filings, inbox, people
from dialogs.store.engine import open_store, reading, upgrade, writing
from dialogs.store.tables import outbox
from scoring.answersfiles.file import read_answers
from scoring.loading import OWN_PACKS, load
from tests.bench.measuring import Figure, figure

FORM = "hecheng-2020/department"
CROWD = 10_000
ROUNDS = 9
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")


def figures() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        few, many = Hall(Path(folder) / "few.db", 10), Hall(Path(folder) / "many.db", CROWD)
        rates: dict[str, list[float]] = {"bare": [], "few": [], "many": []}
        for n in range(ROUNDS):  # turn by turn, so that a busy moment of the machine meets all three
            rates["bare"].append(bare(Path(folder) / f"bare{n}.db"))
            rates["few"].append(few.filing_filled())
            rates["many"].append(many.filing_filled())
        alone, ten, crowd = (median(rates[k]) for k in ("bare", "few", "many"))
        yield figure("sqlite3 alone, two commits per answer", alone, "answers/s")
        yield figure("answers, 10 filings in the store", ten, "answers/s", f"{ten / alone:.0%} of sqlite3 alone")
        yield figure(f"answers, {CROWD:,} filings in the store", crowd, "answers/s", f"{crowd / ten:.0%} of that with 10")
        few.close()
        many.close()


def bare(path: Path) -> float:
    """Answers per second with two commits each and nothing else."""
    db = sqlite3.connect(path, isolation_level=None)
    for pragma in PRAGMAS:
        db.execute(f"PRAGMA {pragma}")
    db.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, body TEXT)")
    body, count = "x" * 300, 200
    start = time.perf_counter()
    for _ in range(2 * count):
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT INTO t (body) VALUES (?)", (body,))
        db.execute("COMMIT")
    rate = count / (time.perf_counter() - start)
    db.close()
    return rate


class Hall:
    """A store with many filings, and a filler who fills one more."""

    def __init__(self, path: Path, crowd: int) -> None:
        url = f"sqlite:///{path}"
        upgrade(url)
        ids = iter(range(10**9))
        self.office = Office(
            open_store(url), lambda: 1_700_000_000, lambda: f"{next(ids):08d}", {"bench": heard}, (FORM,), open_door=True
        )
        self.updates = 0
        self.people = 0
        form = load(FORM)
        answers = dict(read_answers(form, OWN_PACKS / "hecheng-2020" / "cases" / "department.yaml").answers)
        with writing(self.office.engine) as c:
            first = self._filing(c, form, 0)
            for item, answer in answers.items():
                filings.apply(c, first, [filings.Change(item, None, answer)], "p0", 1, None, 0)
            for n in range(1, crowd):
                self._filing(c, form, n)
            c.exec_driver_sql(
                "INSERT INTO answers SELECT f.id, a.item, a.state, a.value, a.provisional, a.basis, a.ver, a.person_id, a.at, "
                f"a.reason FROM answers a CROSS JOIN filings f WHERE a.filing_id = '{first}' AND f.id <> '{first}'"
            )

    def _filing(self, c: object, form: object, n: int) -> str:
        if n == 0:
            people.person(c, "bench", "crowd", 1, lambda: "p0")  # type: ignore[arg-type]
        people.add_unit(c, f"u{n}", f"单位{n}", 1)  # type: ignore[arg-type]
        return filings.open_filing(c, f"f{n}", f"u{n}", form, 2020, "", "p0", 1).id  # type: ignore[arg-type]

    def says(self, line: str) -> None:
        self.updates += 1
        who = f"bench:{self.people}"
        arrival = Arrival("bench", "me", self.updates, who, who, json.dumps({"said": line, "chat": who}))
        with writing(self.office.engine) as c:
            inbox.receive(c, [arrival], 1_700_000_000)
        handle_next(self.office)

    def read(self) -> None:
        """Whoever fills reads what is said to them: a chat with too much unread is heard no more."""
        with writing(self.office.engine) as c:
            c.execute(outbox.update().where(outbox.c.state == "new").values(state="sent"))

    def filing_filled(self) -> float:
        """Answers per second over one whole filing."""
        self.people += 1
        for line in ("/start", f"新单位{self.people}", "对，开始"):
            self.says(line)
        lines = [re.sub(r"\d+\.\d+", rf"\g<0>{self.people}", x) for x in answers_typed()]  # no two filings have the same figures
        taken = 0.0
        for first in range(0, len(lines), 20):
            start = time.perf_counter()
            for line in lines[first : first + 20]:
                self.says(line)
            taken += time.perf_counter() - start
            self.read()
        rate = len(lines) / taken
        with reading(self.office.engine) as c:
            stored = conversations.load(c, f"bench:{self.people}")
            assert stored
            assert stored.filing_id
            found = filings.answers(c, stored.filing_id, load(FORM))
        assert len(found) == 61, "every line was an answer"
        return rate

    def close(self) -> None:
        self.office.engine.dispose()


def heard(body: str, at: int) -> Event:
    """The terminal's event, from a chat of its own."""
    data = json.loads(body)
    return replace(understand(body, at), chat=data["chat"], person=data["chat"])


NO_ANSWER = {"说明", "目录", "生成草稿", "47", "5", "2021年2月30日", "0.9852", "#1"}


def answers_typed() -> list[str]:
    """The lines of the demo that answer a question, until the last one is answered."""
    lines = ["2.5" if line == "25000" else line.replace("\\n", "\n") for line in script()]
    end = lines.index("0745-1234567") + 1
    return [x for x in lines[2:end] if x not in NO_ANSWER]
