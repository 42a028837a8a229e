"""What a filler types who has last year's filing: one line per question, in the order in which they are asked.

Found once by filling the form in an office of its own. Not here: saying it over HTTP (fillers.py).
"""

import json
import re
import tempfile
from dataclasses import replace
from pathlib import Path

from bot.terminal import understand
from dialogs.conversation import Conversation, Screen
from dialogs.events import Arrival, Event
from dialogs.handling import handle_next
from dialogs.office import Office
from dialogs.outgoing import claim, sent
from dialogs.store import conversations, inbox
from dialogs.store.engine import open_store, reading, writing
from tests.bench.answering import answers_typed
from tests.bench.stock import FIRST_PERSON, FORM, fill

LAST_YEAR, DONE, NOT_NOW, BACK = "沿用上年", "完成", "跳过", "取消"


class Desk:
    """An office that a line is said to, and where one sees what is asked next."""

    def __init__(self, url: str, *, alone: bool) -> None:
        ids = iter(range(10**9))
        new_id = lambda: f"{next(ids):08d}"  # noqa: E731
        self.office = Office(open_store(url), lambda: 1_700_000_000, new_id, {"telegram": _heard}, (FORM,), open_door=alone)
        self.chat = "telegram:5" if alone else f"telegram:{FIRST_PERSON}"
        self.updates = 0

    def says(self, line: str) -> Conversation:
        self.updates += 1
        body = json.dumps({"said": line, "chat": self.chat})
        with writing(self.office.engine) as c:
            inbox.receive(c, [Arrival("telegram", self.chat, self.updates, self.chat, self.chat, body)], 1_700_000_000)
        handle_next(self.office)
        while parcel := claim(self.office):  # read, as people do: a chat with too much unread is heard no more
            sent(self.office, parcel, 1)
        with reading(self.office.engine) as c:
            stored = conversations.load(c, self.chat)
        assert stored
        return Conversation.from_json(stored.state)


def _heard(body: str, at: int) -> Event:
    chat = json.loads(body)["chat"]
    return replace(understand(body, at), chat=chat, person=chat)


def sayings() -> list[str]:
    """Every line is taken as an answer and moves on to the next question."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'sayings.db'}"
        fill(url, 1, 1)
        first = Desk(url, alone=True)
        for line in ("/start", "新单位"):
            first.says(line)
        now, known = first.says("对，开始"), {}
        for line in answers_typed():
            item, now = now.item, first.says(line)
            known[item] = line if now.item != item else f"{known.get(item, '')}|{line}".strip("|")
        first.office.engine.dispose()
        return _second_year(Desk(url, alone=False), known)


def _second_year(desk: Desk, known: dict[str, str]) -> list[str]:
    now, found = desk.says("/start"), []
    while now.screen is Screen.QUESTION:
        item = now.item
        for line in _tries(known.get(item, "")):
            now = desk.says(line)
            if now.screen is Screen.QUESTION and now.item != item:
                found.append(line)
                break
            if now.screen is not Screen.QUESTION:  # a change of what arrived from last year: asked to confirm, and left
                now = desk.says(BACK)
        else:
            break
    desk.office.engine.dispose()
    return found


def _tries(known: str) -> list[str]:
    """As in the first year; without the column that is known from last year; as last year; not at all."""
    first_year = [line for line in known.split("|") if line]
    shorter = [line.partition(" ")[2] for line in first_year]
    return [line for line in (*first_year, *shorter, LAST_YEAR, DONE, NOT_NOW) if line]


def varied(lines: list[str], n: int) -> list[str]:
    """The same with other figures: no two filings have the same ones."""
    return [re.sub(r"\d+\.\d+", rf"\g<0>{n}", line) for line in lines]
