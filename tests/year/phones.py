"""A phone in the simulated county: what the bot showed on it, and the buttons that can still be tapped.

Not here: who holds it and what they do (persons.py), or how messages get there (machine.py).
"""

from dataclasses import dataclass, field, replace

from dialogs.outgoing import Sheet
from dialogs.replies import Button, Message, Reply, Toast


@dataclass(frozen=True)
class Shown:
    """One message of the bot as it stands now; `at` is when it arrived."""

    number: int
    at: int
    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    file: Sheet | None = None

    @property
    def labels(self) -> list[str]:
        return [button.text for row in self.rows for button in row]


@dataclass
class Phone:
    """One person's chat with the bot."""

    chat: str
    name: str
    shown: list[Shown] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)
    blocked: bool = False
    read: int = 0  # how many messages the person has seen

    def shows(self, number: int, at: int, reply: Reply, sheet: Sheet | None) -> int:
        """A reply arrives; the number of its message."""
        match reply:
            case Toast(_, text):
                self.toasts.append(text)
                return 0
            case Message(text, rows, edits) if edits:
                self.shown = [replace(s, text=text, rows=rows) if s.number == edits else s for s in self.shown]
                return edits
            case Message(text, rows):
                self.shown.append(Shown(number, at, text, rows))
            case _:
                caption = getattr(reply, "caption", "")
                self.shown.append(Shown(number, at, caption, file=sheet))
        return number

    @property
    def new(self) -> list[Shown]:
        """What came since the person looked last."""
        return self.shown[self.read :]

    def looks(self) -> list[Shown]:
        """The person reads what came."""
        new, self.read = self.new, len(self.shown)
        return new

    def button(self, label: str, *, exact: bool = False) -> tuple[Button, Shown] | None:
        """The button with these words, on the newest message that has it."""
        for message in reversed(self.shown):
            found = [b for row in message.rows for b in row if b.text == label]
            found = found or ([] if exact else [b for row in message.rows for b in row if label in b.text])
            if found:
                return found[0], message
        return None

    @property
    def files(self) -> list[Sheet]:
        return [shown.file for shown in self.shown if shown.file]
