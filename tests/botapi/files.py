"""Files as people send them: with and without a name, photos in their sizes; and the links people follow.

From the people. Not here: files of the bot, and downloading.
"""

import mimetypes
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.botapi.chats import Upload
from tests.botapi.pictures import jpeg, measured, thumbnails
from tests.botapi.state import State

BELIEVED = (800, 600)  # of a photo whose head does not say


def document(name: str, content: bytes, mime: str | None = None, size: int | None = None) -> Upload:
    """A file as it is; a `mime` of "" is one the phone did not tell."""
    guessed = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Upload(name, content, guessed if mime is None else mime, size)


def photo(content: bytes) -> Upload:
    return Upload("photo.jpg", content, "image/jpeg", kind="photo")


def carried(state: State, file: Upload) -> tuple[str, dict[str, Any]]:
    """The kind of message that carries the file, and the field of the Message object it stands in."""
    if file.kind == "photo":
        width, height = measured(file.content) or BELIEVED
        small = thumbnails(width, height) if measured(file.content) else []
        sizes = [state.keep(photo(jpeg(*size))) | {"width": size[0], "height": size[1]} for size in small]
        return "photo", {"photo": [*sizes, state.keep(file) | {"width": width, "height": height}]}
    about = state.keep(file)
    about |= {key: value for key, value in (("file_name", file.name), ("mime_type", file.mime)) if value}
    return "document", {"document": about}


def payload_of(link: str, username: str) -> str:
    """What a link into this bot carries; a link that Telegram would not open fails the test."""
    parts = urlsplit(link if "://" in link else f"https://{link}")
    assert parts.scheme == "https", f"{link} is no web address"
    assert parts.netloc in ("t.me", "telegram.me"), f"{link} leads away from Telegram"
    assert parts.path.strip("/") == username, f"{link} leads to another bot than {username}"
    payload = (parse_qs(parts.query).get("start") or [""])[0]
    assert re.fullmatch(r"[A-Za-z0-9_-]{0,64}", payload), f"Telegram does not pass on {payload!r}"
    return payload
