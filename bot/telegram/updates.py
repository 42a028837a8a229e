"""What an update of Telegram is: first its envelope, whatever it holds; later, from the inbox, the event it stands for."""

import json
from typing import Any, TypeGuard

from dialogs.events import Arrival, Event, FileSent, Pressed, Said, Sent
from scoring.textgate import clean

CHANNEL = "telegram"
WANTED = ["message", "edited_message", "callback_query", "my_chat_member"]
LARGEST = 2**63 - 1  # a number that both databases keep


class Malformed(ValueError):
    """An update that is not shaped like one."""


def arrival(bot_id: str, raw: dict[str, Any]) -> Arrival:
    """The envelope of an update; whatever is missing is empty, because storing must never fail on content."""
    content = next((c for k in WANTED if isinstance(c := raw.get(k), dict)), {})
    inner = content.get("message")
    message = inner if isinstance(inner, dict) else content
    chat = _number(message.get("chat")) or _number(content.get("from"))
    person = _number(content.get("from"))
    return Arrival(
        CHANNEL,
        bot_id,
        update_id(raw),
        f"{CHANNEL}:{chat}" if chat else "",
        f"{CHANNEL}:{person}" if person else "",
        _written(raw),
    )


def _written(raw: dict[str, Any]) -> str:
    """The update as it is stored. One nested too deeply to be written again is kept as nothing: it is malformed either way."""
    try:
        return json.dumps(raw, ensure_ascii=True, separators=(",", ":"))
    except (ValueError, RecursionError):
        return "[]"


def update_id(raw: dict[str, Any]) -> int:
    """The number of an update; 0 when it has none."""
    number = raw.get("update_id")
    return number if _is_number(number) and number >= 0 else 0


def _number(owner: object) -> str:
    number = owner.get("id") if isinstance(owner, dict) else None
    return str(number) if _is_number(number) else ""


def _is_number(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= LARGEST


def understand(body: str, at: int) -> Event | None:
    """What a stored update means; None when it wants no answer. Raises Malformed."""
    try:
        raw = json.loads(body)
        if not isinstance(raw, dict):
            raise TypeError
        if "callback_query" in raw:
            query = raw["callback_query"]
            where = query.get("message") or {}
            chat = where["chat"]["id"] if where else query["from"]["id"]
            pressed = Pressed(_given(query.get("data")))
            return _event(pressed, chat, query["from"]["id"], at, where.get("message_id", 0), _words(query["id"]))
        if "message" in raw or "edited_message" in raw:
            message = raw.get("message") or raw["edited_message"]
            sender, chat = message.get("from"), message["chat"]
            if sender is None or sender.get("is_bot"):
                return None
            if chat.get("type", "private") != "private":
                action: Said | Sent = Sent("group")
            elif "message" not in raw:
                action = Sent("edited")
            else:
                action = Said(str(message["text"])) if "text" in message else Sent(_kind(message), _file(message))
            return _event(action, chat["id"], sender["id"], at, message["message_id"], "")
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as e:
        raise Malformed(type(e).__name__) from e
    return None


def _event(action: Said | Pressed | Sent, chat: object, person: object, at: int, message: object, query: str) -> Event:
    if not (_is_number(chat) and _is_number(person) and _is_number(message)):
        raise Malformed("ids are numbers")
    return Event(action, f"{CHANNEL}:{chat}", f"{CHANNEL}:{person}", at, message, query)


def _kind(message: dict[str, Any]) -> str:
    for name in ("sticker", "voice", "photo", "video", "location", "contact"):
        if name in message:
            return name
    return "file" if "document" in message else "other"


def _file(message: dict[str, Any]) -> FileSent | None:
    """The photo (its largest size) or the document of a message, as far as it can be fetched; films and voices are none."""
    words = {"caption": _words(message.get("caption")), "album": _words(message.get("media_group_id"))}
    photo, document = message.get("photo"), message.get("document")
    if isinstance(photo, list):
        sizes = [s for s in photo if isinstance(s, dict) and _words(s.get("file_id"))]
        largest = max(
            sizes, key=lambda s: (_size(s.get("width")) * _size(s.get("height")), _size(s.get("file_size"))), default=None
        )
        return (
            FileSent(_words(largest["file_id"]), "", "image/jpeg", _size(largest.get("file_size")), **words) if largest else None
        )
    if isinstance(document, dict) and _words(document.get("file_id")) and "animation" not in message:
        name, kind = _words(document.get("file_name")), _words(document.get("mime_type"))
        return FileSent(_words(document["file_id"]), name, kind, _size(document.get("file_size")), **words)
    return None


def _words(value: object) -> str:
    """A text as every store takes it: only what is typed passes the gate where it is read."""
    return clean(value) if isinstance(value, str) else ""


def _size(value: object) -> int:
    return value if _is_number(value) and value >= 0 else 0


def _given(value: object) -> str:
    """What a button carries, to the letter: one that has to be cleaned first is none of ours."""
    return value if isinstance(value, str) and clean(value) == value else ""
