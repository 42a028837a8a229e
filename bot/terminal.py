"""The terminal as a channel: the same inbox, the same conversation, the same outbox, printed instead of sent.

A line is a message (`\\n` inside it starts a new line of the same message); a button is chosen by its words or
by `#` and its number.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from dialogs.events import Arrival, Event, Pressed, Said
from dialogs.handling import handle_next
from dialogs.office import Office
from dialogs.outgoing import claim, sent, sheet
from dialogs.replies import Button, Carried, File, Made, Message, Picture, Toast
from dialogs.store import inbox
from dialogs.store.engine import writing

CHANNEL = "terminal"
CHAT = "terminal:me"


def understand(body: str, at: int) -> Event:
    """The event of a typed line."""
    data = json.loads(body)
    action = Pressed(data["pressed"]) if "pressed" in data else Said(data["said"])
    return Event(action, CHAT, CHAT, at, message=data.get("message", 0), query="")


@dataclass
class Desk:
    """One person at the keyboard: `says` puts a line in, works, and prints what comes back."""

    office: Office
    out: Path
    write: Callable[[str], None]
    buttons: list[Button] = field(default_factory=list)
    lines: int = 0
    shown: int = 0
    files: list[Path] = field(default_factory=list)

    def says(self, line: str) -> None:
        """One line: a button by number or words, else text."""
        text = line.replace("\\n", "\n")
        number = re.fullmatch(r"#\s*(\d{1,2})", text.strip())
        if number and 1 <= int(number[1]) <= len(self.buttons):
            self._arrives({"pressed": self.buttons[int(number[1]) - 1].token, "message": self.shown})
            return
        button = next((b for b in self.buttons if b.text == text.strip()), None)
        self._arrives({"pressed": button.token, "message": self.shown} if button else {"said": text})

    def _arrives(self, body: dict[str, object]) -> None:
        with writing(self.office.engine) as c:
            at = self.office.clock()
            self.lines = max(self.lines + 1, inbox.latest_update(c, CHANNEL, "me") + 1)
            inbox.receive(c, [Arrival(CHANNEL, "me", self.lines, CHAT, CHAT, json.dumps(body))], at)
        while handle_next(self.office):
            pass
        while parcel := claim(self.office):
            self.shown += 1
            self._print(parcel.reply)
            sent(self.office, parcel, self.shown)

    def _print(self, reply: Carried) -> None:
        match reply:
            case Message(text, rows):
                self.buttons = [b for row in rows for b in row]
                keys, n = [], 0
                for row in rows:
                    keys.append("  " + " ".join(f"〔#{n + k} {b.text}〕" for k, b in enumerate(row, 1)))
                    n += len(row)
                self.write("\n".join([text, *keys]))
            case File(_, caption) | Picture(_, caption) | Made(_, _, caption):
                made = sheet(self.office, reply, CHAT)
                self.out.mkdir(parents=True, exist_ok=True)
                path = self.out / made.name
                path.write_bytes(made.content)
                self.files.append(path)
                self.write(f"📎 {caption}\n   {path}")
            case Toast(_, text):
                if text:
                    self.write(f"（{text}）")
