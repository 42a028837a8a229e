"""A chat: its messages as they stand now, and a log of everything ever shown in it, every edit included.

From the methods and the people. Not here: who may send what, and waiting for anything.
"""

from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True)
class Button:
    text: str
    data: str
    url: str = ""


@dataclass(frozen=True)
class Upload:
    """A file as it came or as it is kept. `said` is a size that stands for more bytes than the test carries."""

    name: str
    content: bytes = field(repr=False)
    mime: str = "application/octet-stream"
    said: int | None = None
    kind: str = "document"

    @property
    def size(self) -> int:
        return len(self.content) if self.said is None else self.said


@dataclass(frozen=True)
class Entry:
    """A message as it was shown at one moment. `kind` is text, document, photo, sticker, voice …"""

    message_id: int
    who: str
    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    kind: str = "text"
    file: Upload | None = None
    edited: bool = False

    @property
    def buttons(self) -> tuple[Button, ...]:
        return tuple(button for row in self.rows for button in row)

    def __contains__(self, text: str) -> bool:
        return text in self.text or (self.file is not None and text in self.file.name)

    def __str__(self) -> str:
        file = f" <{self.kind} {self.file.name if self.file else ''}>".replace(" >", ">") if self.kind != "text" else ""
        keys = "".join(f" [{button.text}]" for button in self.buttons)
        return f"#{self.message_id} {self.who}{' (edited)' if self.edited else ''}:{file} {self.text}{keys}"


def rows_of(keyboard: dict[str, Any] | None) -> tuple[tuple[Button, ...], ...]:
    rows = (keyboard or {}).get("inline_keyboard", [])
    return tuple(tuple(Button(b["text"], b.get("callback_data", ""), b.get("url", "")) for b in row) for row in rows)


@dataclass
class Chat:
    """`about` is the Bot API's Chat object; `raw` and `now` hold the same messages, for the bot and for the tests."""

    about: dict[str, Any]
    raw: dict[int, dict[str, Any]] = field(default_factory=dict)
    now: dict[int, Entry] = field(default_factory=dict)
    log: list[Entry] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)
    blocked: bool = False

    def show(self, raw: dict[str, Any], who: str, kind: str = "text", file: Upload | None = None) -> Entry:
        """A new message, or — if its number is known — the message as edited."""
        number = raw["message_id"]
        text = raw.get("text", raw.get("caption", ""))
        before = self.now.get(number)
        if before:
            entry = replace(before, text=text, rows=rows_of(raw.get("reply_markup")), edited=True)
            if file:
                entry = replace(entry, kind=kind, file=file)
        else:
            entry = Entry(number, who, text, rows_of(raw.get("reply_markup")), kind, file)
        self.raw[number] = raw
        self.now[number] = entry
        self.log.append(entry)
        return entry

    def remove(self, number: int) -> None:
        self.raw.pop(number, None)
        self.now.pop(number, None)
