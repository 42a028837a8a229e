"""A round's script carried out: persons in front of the Bot API server, the command line, kills; nothing is timed.

Not here: how a script is written (script.py), or what must stand in the store at the end.
"""

import os
import re
import shlex
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime

from tests.bot.serving import Serving
from tests.botapi import BotApiServer, Person, jpeg
from tests.rounds.script import Line, Round

PATIENCE = 40
CODE = re.compile(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){6}")
UNDER_WAY = (
    "SELECT count(*) FROM inbox WHERE state = 'new'",
    "SELECT count(*) FROM outbox WHERE state IN ('new', 'sending') AND error <> 'blocked'",
    "SELECT count(*) FROM evidence WHERE state = 'waiting' OR told = 0",
    "SELECT count(*) FROM jobs WHERE state IN ('waiting', 'running')",
    "SELECT count(*) FROM notices WHERE state IN ('waiting', 'queued') AND due_at <= CAST(strftime('%s', 'now') AS INTEGER)"
    " AND person_id NOT IN (SELECT id FROM people WHERE blocked_at IS NOT NULL)",
)


def zone_at_noon() -> str:
    """A time zone where it is about noon: what may not be said at night can be said now."""
    return f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"  # the sign of these names is the other way round


class Player:
    """`play` goes through the script; what was remembered stands in `kept`."""

    def __init__(self, server: BotApiServer, serving: Serving, script: Round) -> None:
        self.server, self.serving, self.script = server, serving, script
        self.doomed = False
        self.kept: dict[str, str] = {}
        self.files: dict[str, bytes] = {}
        self.people: dict[str, Person] = {name: server.person(1001 + n, name) for n, name in enumerate(script.people)}
        self._looked = dict.fromkeys(self.people, 0)

    def play(self) -> None:
        for line in self.script.lines:
            try:
                self._do(line)
            except AssertionError as wrong:
                raise AssertionError(f"{line}\n{wrong}") from wrong

    def _do(self, line: Line) -> None:
        if line.who == "-9":
            self.doomed = True
            return
        if line.who == "$":
            said = self.admin(self._filled(line.rest))
            if line.kept:
                self.kept[line.kept] = said
        else:
            self._person(self.people[line.who], line, self._filled(line.rest))
            if line.sign in ("?", "!", "⬇"):
                return
        if self.doomed:  # with the deed on its way
            self.doomed = False
            self.serving.restart()
        self.settles()

    def _person(self, person: Person, line: Line, rest: str) -> None:
        match line.sign:
            case "":
                exact = [b for b in self._buttons(person) if b.text == rest]
                if exact:
                    person.taps(rest)
                else:
                    person.says(rest)
            case "→":
                link = re.search(r"https://t\.me/\S+\?start=[\w-]+", rest)
                if link:
                    person.follows(link[0])
                else:
                    code = CODE.search(rest)
                    person.says(code[0] if code else rest)
            case "?":
                self.kept[line.kept or "_"] = self._sees(person, rest)
            case "!":
                found = [str(e) for e in person.chat if e.who == "bot" and rest in e]
                assert not found, f"{person.name} has seen {rest!r}: {found[-1]}"
            case "📎":
                person.sends_document(rest, _content(rest))
            case "📷":
                person.sends_photo(jpeg(1280, 960, tone=len(rest) % 128, words=rest))
            case "⬇":
                got = [(name, content) for name, content in (*person.documents, *person.photos) if rest in name]
                assert got, f"{person.name} has got no file {rest!r}, but {[n for n, _ in (*person.documents, *person.photos)]}"
                if line.kept:
                    self.files[line.kept] = got[-1][1]
            case "⛔":
                person.blocks()
            case "✅":
                person.unblocks()
                person.says("/start")
            case _:
                self._taps(person, line.sign.strip("[]"), back=rest == "上次")

    def _taps(self, person: Person, words: str, *, back: bool) -> None:
        fitting = [e for e in person.screen if e.who == "bot" and any(words in b.text for b in e.buttons)]
        there = "\n".join(str(e) for e in person.screen[-3:])
        assert len(fitting) > back, f"no button {words!r}; the last of the chat:\n{there}"
        person.taps(words, fitting[-2 if back else -1])

    def _buttons(self, person: Person) -> tuple:
        shown = [e for e in person.screen if e.who == "bot" and e.buttons]
        return shown[-1].buttons if shown else ()

    def _sees(self, person: Person, words: str) -> str:
        """The message that has these words, among those since the last look or the one that was found there."""
        since = self._looked[person.name]
        log = person.chat
        for place, entry in enumerate(log[since:], since):
            if entry.who == "bot" and words in entry:
                self._looked[person.name] = place
                return str(entry.text)
        seen = "\n".join(str(e) for e in log[since:])
        raise AssertionError(f"{person.name} does not see {words!r}, but:\n{seen}")

    def _filled(self, text: str) -> str:
        return re.sub(r"\{(\w+)\}", lambda m: self.kept[m[1]], text)

    def admin(self, words: str) -> str:
        """What `ziping admin …` prints; it must succeed."""
        environment = os.environ | self.serving.environment
        command = [sys.executable, "-m", "bot", "admin", *shlex.split(words)]
        done = subprocess.run(command, cwd=self.serving.folder, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, f"ziping admin {words}\n{done.stdout}{done.stderr}"
        assert "Traceback" not in done.stderr
        return done.stdout

    def settles(self) -> None:
        """Nothing is under way any more: what was done has been heard, handled, answered and delivered."""
        self.waits_for(lambda: not self.under_way())

    def under_way(self) -> list[tuple[str, int]]:
        if self.server.pending:
            return [("updates", len(self.server.pending))]
        with closing(sqlite3.connect(f"file:{self.serving.folder}/ziping.db?mode=ro", uri=True, timeout=10)) as db:
            counts = [(question, db.execute(question).fetchone()[0]) for question in UNDER_WAY]
        return [(question, n) for question, n in counts if n]

    def waits_for(self, predicate: Callable[[], object]) -> None:
        """Looked at whenever the server is called, and a few times a second because the store tells nobody."""
        end = time.monotonic() + PATIENCE
        while not predicate():
            assert time.monotonic() < end, f"waited in vain; under way: {self.under_way()}\n{self.log()}"
            with self.server.state.changed:
                self.server.state.changed.wait(0.02)

    def log(self) -> str:
        return "\n".join(self.serving.log.read_text(encoding="utf-8").splitlines()[-15:])


def _content(name: str) -> bytes:
    """Something that is what its name says; an .exe in disguise is one that says 伪装."""
    head = {"pdf": b"%PDF-1.7\n", "docx": b"PK\x03\x04", "xlsx": b"PK\x03\x04"}.get(name.rpartition(".")[2].lower(), b"")
    if "伪装" in name:
        head = b"MZ\x90\x00"
    if name.lower().endswith((".jpg", ".jpeg")) and not head:
        return jpeg(640, 480, words=name)
    return head + name.encode() + b"\n%%EOF\n" * (head == b"%PDF-1.7\n")
