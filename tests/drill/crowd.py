"""People who go on typing while machines burn: each a whole filing, over and over."""

import threading
from dataclasses import dataclass, field
from pathlib import Path

from tests.botapi import BotApiServer
from tests.botapi.people import Person
from tests.conversations.script import read_script

SCRIPT = Path(__file__).parents[1] / "conversations" / "hecheng-2020.txt"
PATIENCE = 60


@dataclass
class Crowd:
    """So many fillers in front of one bot, each in a thread; `goes_on` has each say one more thing and see it answered."""

    server: BotApiServer
    how_many: int
    stop: threading.Event = field(default_factory=threading.Event)
    people: list[Person] = field(default_factory=list)
    threads: list[threading.Thread] = field(default_factory=list)

    def begins(self) -> None:
        """Everybody comes in and types, as fast as they are answered."""
        lines = [line.replace("\\n", "\n") for line in read_script(SCRIPT).lines]
        for n in range(self.how_many):
            person = self.server.person(1001 + n, f"填报人{n}")
            self.people.append(person)
            self.threads.append(threading.Thread(target=self._types, args=(person, n, lines), daemon=True))
        for thread in self.threads:
            thread.start()

    def _types(self, person: Person, n: int, lines: list[str]) -> None:
        person.says("/start")
        person.sees("单位的全称", PATIENCE)
        self._says(person, f"第{n}单位")
        while not self.stop.is_set():
            for line in lines[1:]:
                if self.stop.is_set():
                    return
                self._says(person, line)

    def _says(self, person: Person, line: str) -> None:
        before = len(person.chat)
        person.says(line)
        while not self.stop.is_set():
            try:
                person.waits_for(lambda: len(person.chat) > before + 1, 0.5)
            except AssertionError:
                continue
            return

    def ends(self) -> None:
        """Nobody types any more."""
        self.stop.set()
        for thread in self.threads:
            thread.join(10)

    def goes_on(self) -> int:
        """Everybody asks for the contents and is answered. How many."""
        for person in self.people:
            before = len(person.chat)
            person.says("目录")
            person.waits_for(lambda p=person, b=before: len(p.chat) > b + 1, PATIENCE)  # type: ignore[misc]
        return len(self.people)
