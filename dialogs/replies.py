"""What the bot does in answer: small frozen values that the outbox keeps as JSON and a channel carries out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Button:
    """`token` is opaque: turn and index, resolved by the conversation (at most 20 bytes)."""

    text: str
    token: str


@dataclass(frozen=True, slots=True)
class Door:
    """A link to the office's own server, for whoever gets the message: for what, to which thing, and what is said of it.

    Its token is made when the message leaves, so that none lies anywhere in clear.
    """

    purpose: str
    target: str
    detail: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Message:
    """A chat message of at most 4,096 characters, plain text, with rows of buttons.

    `edits`: id of the message this one replaces (toggles); 0 sends a new one. `door`: a link that stands below the text.
    """

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    edits: int = 0
    door: Door | None = None


@dataclass(frozen=True, slots=True)
class Toast:
    """The short answer every button press wants."""

    query: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class File:
    """A document of the documents table, drafted by the delivery and sent as a file."""

    document: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """The score picture of a document's snapshot, drawn by the delivery and sent as a photo."""

    document: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Made:
    """A file made when it leaves, by the maker of its `kind` (rooms.py) for whoever gets it; nothing of it is kept.

    One whose name ends in .png is carried as a photo.
    """

    kind: str
    key: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """An invitation to be forwarded. Its code is made when it leaves, so that no code lies anywhere in clear."""

    invitation: str


@dataclass(frozen=True, slots=True)
class Question:
    """A colleague's question to be forwarded; its one-time code, too, is made when it leaves."""

    proposal: str


Carried = Message | Toast | File | Picture | Made  # what a channel carries
Reply = Carried | Slip | Question

_KINDS: dict[str, type[Reply]] = {
    "message": Message,
    "toast": Toast,
    "file": File,
    "picture": Picture,
    "made": Made,
    "slip": Slip,
    "question": Question,
}


def to_data(reply: Reply) -> tuple[str, dict[str, Any]]:
    """(kind, JSON-able body) for the outbox."""
    match reply:
        case Message(text, rows, edits, door):
            buttons = [[{"text": b.text, "token": b.token} for b in row] for row in rows]
            behind = {"door": [door.purpose, door.target, dict(door.detail)]} if door else {}
            return "message", {"text": text, "buttons": buttons, "edits": edits, **behind}
        case Toast(query, text):
            return "toast", {"query": query, "text": text}
        case File(document, caption):
            return "file", {"document": document, "caption": caption}
        case Picture(document, caption):
            return "picture", {"document": document, "caption": caption}
        case Made(kind, key, caption):
            return "made", {"kind": kind, "key": key, "caption": caption}
        case Slip(invitation):
            return "slip", {"invitation": invitation}
        case Question(proposal):
            return "question", {"proposal": proposal}


def from_data(kind: str, body: dict[str, Any]) -> Reply:
    """The reply from its outbox row."""
    if kind == "message":
        rows = tuple(tuple(Button(b["text"], b["token"]) for b in row) for row in body["buttons"])
        return Message(body["text"], rows, body["edits"], Door(*body["door"]) if "door" in body else None)
    return _KINDS[kind](**body)
