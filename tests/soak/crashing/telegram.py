"""The Telegram of the crash proofs, kept outside every store: an update comes again until it is confirmed, and what a person
was shown is remembered, with every message that came twice. The fillers sit in front of it.

Not here: the processes on its other side (farm.py), or what the store must hold (verdict.py).
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from tests.soak import expect
from tests.soak.crashing.desk import Update
from tests.soak.crashing.form import Filled, filling, read_back

BATCH = 100


@dataclass
class Filler:
    """One person: types the next line when fewer than `hurry` lines are unanswered."""

    chat: str
    lines: Iterator[tuple[str, Filled]]
    hurry: int
    states: list[Filled] = field(default_factory=lambda: [{}])  # the answers after each line typed
    promised: list[tuple[str, str]] = field(default_factory=list)  # what must be read back, in this order
    read_back: list[tuple[str, str]] = field(default_factory=list)
    answers: int = 0  # messages shown, each counted once
    ended: bool = False

    @property
    def typed(self) -> int:
        return len(self.states) - 1

    @property
    def at_rest(self) -> bool:
        """Has typed everything, and had an answer to it."""
        return self.ended and self.answers >= self.typed

    def types(self) -> str | None:
        """The next line; None while waiting, and at the end."""
        if self.ended or self.typed - self.answers >= self.hurry:
            return None
        line, after = next(self.lines, (None, {}))
        if line is None:
            self.ended = True
            return None
        before = self.states[-1]
        changed = [item for item in {**before, **after} if before.get(item) != after.get(item)]
        self.promised += [(item, after.get(item, "")) for item in changed]
        self.states.append(after)
        return line

    def sees(self, text: str) -> None:
        """A message, the first time it is shown. Red when it is not what comes next in this conversation."""
        self.answers += 1
        if (fact := read_back(text)) is not None:
            n = len(self.read_back)
            wanted = self.promised[n] if n < len(self.promised) else None
            expect(fact == wanted, f"chat {self.chat}: read back {fact} where {wanted} comes next")
            self.read_back.append(fact)


class Telegram:
    """`updates` is getUpdates, `shows` is sendMessage."""

    def __init__(self, seed: int, at_once: int, questions: int, hurries: tuple[int, ...] = (1, 1, 2, 4)) -> None:
        self.chance = Random(f"{seed}/telegram")
        self.seed, self.questions, self.hurries = seed, questions, hurries
        self.fillers: dict[str, Filler] = {}
        self.at_work: set[str] = set()
        self.waiting: deque[Update] = deque()  # not confirmed
        self.numbers = 0
        self.confirmed = 0
        self.messages = 0
        self.shown: dict[int, int] = {}  # row of the outbox: how often
        self.twice: set[int] = set()
        self.doubtful: set[int] = set()  # rows whose carrier knew that they might come twice
        self.ends = False  # nobody types any more
        for _ in range(at_once):
            self._sits_down()

    def _sits_down(self) -> None:
        n = len(self.fillers) + 1
        lines = filling(f"大县第{n}单位", Random(f"{self.seed}/{n}"), self.questions)
        self.fillers[str(n)] = Filler(str(n), lines, self.chance.choice(self.hurries))
        self.at_work.add(str(n))
        self._types(self.fillers[str(n)])

    def cannot_wait(self) -> None:
        """Somebody types on, though nothing has been answered."""
        if not self.ends:
            filler = self.fillers[self.chance.choice(sorted(self.at_work))]
            filler.hurry += 1
            self._types(filler)
            filler.hurry -= 1

    def _types(self, filler: Filler) -> None:
        while (line := filler.types()) is not None:
            self.numbers += 1
            self.waiting.append((self.numbers, filler.chat, line))
        if filler.at_rest and filler.chat in self.at_work:
            self.at_work.remove(filler.chat)
            if not self.ends:
                self._sits_down()

    def stops(self) -> None:
        """What was typed is still answered; nobody types anything more."""
        self.ends = True
        for chat in list(self.at_work):
            self.fillers[chat].ended = True
            self._types(self.fillers[chat])

    def updates(self, offset: int) -> list[Update]:
        """What waits, once everything below the offset is confirmed."""
        while self.waiting and self.waiting[0][0] < offset:
            self.confirmed = self.waiting.popleft()[0]
        return [self.waiting[n] for n in range(min(BATCH, len(self.waiting)))]

    def shows(self, chat: str, row: int, doubtful: bool, text: str) -> int:
        """A message appears in a chat; its number."""
        self.messages += 1
        if doubtful:
            self.doubtful.add(row)
        times = self.shown[row] = self.shown.get(row, 0) + 1
        if times > 1:
            self.twice.add(row)
            expect(doubtful, f"row {row} was sent twice, and nobody knew that it might be")
            return self.messages
        filler = self.fillers[chat]
        filler.sees(text)
        self._types(filler)
        return self.messages

    @property
    def at_rest(self) -> bool:
        """Everybody has finished, and everything is confirmed."""
        return not self.at_work and not self.waiting

    @property
    def still(self) -> str:
        """Who waits for what, in words."""
        stuck = [filler for chat, filler in self.fillers.items() if chat in self.at_work]
        return "; ".join(f"chat {f.chat} {f.typed} typed, {f.answers} answered" for f in stuck[:5])

    @property
    def oracle(self) -> dict[str, list[Filled]]:
        return {chat: filler.states for chat, filler in self.fillers.items()}


def answer(telegram: Telegram, call: tuple[object, ...]) -> object:
    """What Telegram answers to a call of a worker."""
    match call:
        case ("poll" | "confirms", int(offset)):
            return telegram.updates(offset)
        case ("shows", str(chat), int(row), bool(doubtful), str(text)):
            return telegram.shows(chat, row, doubtful, text)
        case ("broke", str(trace)):
            raise AssertionError(trace)
    raise AssertionError(call)
