"""All the server knows: chats, files, open queries, the queue of updates, the calls made; one lock over everything.

From the methods (the server's thread) and the people (the tests' threads). Not here: HTTP, and any waiting of the bot.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import PurePath
from threading import Condition
from typing import Any

from tests.botapi.chats import Chat, Entry, Upload
from tests.botapi.faults import FaultBook
from tests.botapi.waiting import Queue


@dataclass
class Call:
    """One call. `answer` is "waiting", "ok", "given up" (by the client), "dropped before" or "after", or a refusal's words."""

    method: str
    params: dict[str, Any] = field(default_factory=dict)
    answer: str = "waiting"


@dataclass
class Hook:
    """Where updates are pushed to. `error` is what was wrong last."""

    url: str
    secret: str = ""
    most: int = 40
    error: str = ""


class State:
    """Every change ends with `note()`, within `with state.changed:`; who waits for something waits on `changed`."""

    def __init__(self, token: str, username: str, clock: Callable[[], float] = time.time) -> None:
        self.token = token
        self.clock = clock
        self.changed = Condition()
        self.listeners: list[Callable[[], None]] = []
        self.faults = FaultBook()
        self.queue = Queue()
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, Upload] = {}
        self.queries: dict[str, int] = {}
        self.calls: list[Call] = []
        self.commands: dict[str, list[dict[str, str]]] = {}
        self.hook: Hook | None = None
        self.proxies: dict[str, list[str]] = {}
        self.released = 0
        self._numbers = {
            kind: count(first) for kind, first in (("message", 1), ("file", 1), ("album", 13_001), ("query", 900_001))
        }
        self.me: dict[str, Any] = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "自评助手",
            "username": username,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    def note(self) -> None:
        self.changed.notify_all()
        for listener in self.listeners:
            listener()

    def now(self) -> int:
        return int(self.clock())

    def number(self, kind: str) -> int:
        return next(self._numbers[kind])

    def ways(self, url: str) -> list[str]:
        """Where a call of the webhook really goes: the workers behind the proxy at that address, or the address itself."""
        return self.proxies.get(url) or ([url] if url.startswith("http://") else [])

    def keep(self, upload: Upload) -> dict[str, Any]:
        """The file under a new id, with the fields every kind of file object shares."""
        number = self.number("file")
        self.files[f"FILE{number:06d}"] = upload
        return {"file_id": f"FILE{number:06d}", "file_unique_id": f"U{number:06d}", "file_size": upload.size}

    def path_of(self, file_id: str) -> str:
        """Where getFile sends the bot: the sender's name is not in it, only its ending."""
        upload = self.files[file_id]
        return f"{upload.kind}s/file_{int(file_id[4:])}{PurePath(upload.name).suffix}"

    def at_path(self, path: str) -> Upload | None:
        """The file of such a path; any other path leads nowhere."""
        return next((upload for file_id, upload in self.files.items() if self.path_of(file_id) == path), None)

    def send(self, chat: Chat, content: dict[str, Any], kind: str = "text", file: Upload | None = None) -> dict[str, Any]:
        """A new message of the bot; the answer is the Message object."""
        raw = {"message_id": self.number("message"), "date": self.now(), "chat": chat.about, "from": self.me} | content
        chat.show(raw, "bot", kind, file)
        self.note()
        return raw

    def receive(self, chat: Chat, sender: dict[str, Any], content: dict[str, Any], kind: str, file: Upload | None) -> Entry:
        """A new message of a person, and its update."""
        with self.changed:
            raw = {"message_id": self.number("message"), "date": self.now(), "chat": chat.about, "from": sender} | content
            entry = chat.show(raw, sender["first_name"], kind, file)
            self.queue.add({"message": raw})
            self.note()
        return entry

    def push(self, raw: dict[str, Any]) -> int:
        """An update as it is written; the chat it speaks of becomes one the bot may write to."""
        with self.changed:
            for body in raw.values():
                message = body.get("message", body) if isinstance(body, dict) else {}
                about = message.get("chat")
                if about:
                    self.chats.setdefault(about["id"], Chat(about))
            number = self.queue.add(raw)
            self.note()
        return number
