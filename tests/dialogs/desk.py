"""Fillers at the whole machine except Telegram: inbox, worker, store and outbox, with a clock that stands still."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from dialogs.events import Action, Arrival, Event, FileSent, Pressed, Said, Sent
from dialogs.handling import handle_next
from dialogs.office import Office
from dialogs.outgoing import claim, sent
from dialogs.replies import Button, File, Message, Picture, Reply
from dialogs.store import filings, inbox, people
from dialogs.store.engine import open_store, reading, upgrade, writing
from scoring.answers import Answer
from scoring.loading import load
from tests.dialogs.tiny import tiny

FORM = "small/tiny"


def understand(body: str, at: int) -> Event | None:
    """Bodies are JSON; a bad one raises ValueError as a channel's parser does."""
    data = json.loads(body)
    action: Action = Pressed(data["pressed"]) if "pressed" in data else Said(data.get("said", ""))
    if "edited" in data:
        action = Sent("edited")
    if "file" in data:
        action = Sent("file", FileSent(**data["file"]))
    return Event(action, data["chat"], data["chat"], at, data.get("message", 0), "q" if "pressed" in data else "")


def tiny_packs(folder: Path) -> Path:
    """The tiny form as a folder of packs."""
    for name, text in tiny().sources.items():
        path = folder / "small" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def make_office(url: str, packs: Path, forms: tuple[str, ...] = (FORM,)) -> Office:
    """An office with a still clock and counted ids."""
    upgrade(url)
    ids = count(1)
    return Office(
        open_store(url), lambda: 1_614_556_800, lambda: f"{next(ids):08d}", {"test": understand}, forms, (packs,), open_door=True
    )


@dataclass
class Filler:
    """One person in one chat."""

    office: Office
    address: str = "1"
    updates: Callable[[], int] = field(default_factory=lambda: count(1).__next__)
    replies: list[Reply] = field(default_factory=list)
    sent: list[Arrival] = field(default_factory=list)

    @property
    def chat(self) -> str:
        return f"test:{self.address}"

    def says(self, text: str) -> "Filler":
        self.arrives({"said": text})
        return self.works()

    def taps(self, label: str) -> "Filler":
        token = next((b.token for b in self.buttons if b.text == label), None)
        assert token, f"no button {label!r} among {[b.text for b in self.buttons]}\n{self.text}"
        return self.presses(token)

    def presses(self, token: str) -> "Filler":
        self.arrives({"pressed": token})
        return self.works()

    def sends(self, id: str, name: str = "", caption: str = "", size: int = 1000) -> "Filler":
        """A file, not fetched yet."""
        self.arrives({"file": {"id": id, "name": name, "caption": caption, "size": size}})
        return self.works()

    def arrives(self, body: dict[str, object], update: int | None = None) -> Arrival:
        """Store one update without handling it."""
        number = int(self.address) * 1_000_000 + self.updates() if update is None else update
        arrival = Arrival("test", "bot", number, self.chat, self.chat, json.dumps(body | {"chat": self.chat}))
        self.sent.append(arrival)
        self.receive([arrival])
        return arrival

    def receive(self, arrivals: list[Arrival]) -> int:
        with writing(self.office.engine) as c:
            return inbox.receive(c, arrivals, self.office.clock())

    def works(self) -> "Filler":
        """Handle everything that is due and carry the replies out."""
        while handle_next(self.office):
            pass
        self.replies = []
        while parcel := claim(self.office):
            if parcel.chat == self.chat:
                self.replies.append(parcel.reply)
            sent(self.office, parcel, parcel.id)
        return self

    def sees(self, *fragments: str) -> "Filler":
        for fragment in fragments:
            assert fragment in self.text, f"{fragment!r} is not in:\n{self.text}"
        return self

    @property
    def text(self) -> str:
        return "\n".join(r.text for r in self.replies if isinstance(r, Message))

    @property
    def buttons(self) -> list[Button]:
        messages = [r for r in self.replies if isinstance(r, Message) and r.buttons]
        return [b for row in messages[-1].buttons for b in row] if messages else []

    @property
    def files(self) -> list[File | Picture]:
        return [r for r in self.replies if isinstance(r, File | Picture)]

    def begins(self, unit: str = "小县社会保险服务中心") -> "Filler":
        return self.says("/start").says(unit).taps("对，开始")

    @property
    def filing(self) -> filings.Filing:
        """The only filing of this person."""
        with writing(self.office.engine) as c:
            person = people.person(c, "test", self.address, 0, self.office.new_id)
            return next(f for u in people.units_of(c, person) for f in filings.filings_of(c, u.id))

    def answers(self) -> dict[str, Answer]:
        with reading(self.office.engine) as c:
            return filings.answers(c, self.filing.id, load(FORM, self.office.packs))
