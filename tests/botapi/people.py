"""People in front of the bot: they speak, tap, edit, block, and wait for what they ought to see.

From the tests. Not here: HTTP, and what the bot may send them.
"""

from collections.abc import Callable
from typing import Any

from tests.botapi.chats import Button, Chat, Entry, Upload
from tests.botapi.files import carried, document, payload_of, photo
from tests.botapi.pictures import JPEG
from tests.botapi.state import State

TRANSCRIPT = 12


class Person:
    """A person and their private chat with the bot, whose id is the person's."""

    def __init__(self, state: State, number: int, name: str) -> None:
        self._state = state
        self._seen = 0
        self._toasts_seen = 0
        self.id = number
        self.name = name
        self.user: dict[str, Any] = {"id": number, "is_bot": False, "first_name": name, "language_code": "zh-hans"}
        with state.changed:
            self._chat = state.chats.setdefault(number, Chat({"id": number, "type": "private", "first_name": name}))

    # What the person does.

    def says(self, text: str) -> Entry:
        content: dict[str, Any] = {"text": text}
        if text.startswith("/"):
            content["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        return self.sends(content)

    def sends(self, content: dict[str, Any], kind: str = "text", file: Upload | None = None) -> Entry:
        """Any message, given by the fields of the Message object that make it what it is."""
        assert not self._chat.blocked, f"{self.name} blocked the bot and cannot write to it"
        return self._state.receive(self._chat, self.user, content, kind, file)

    def sends_sticker(self, emoji: str = "👍") -> Entry:
        size = {"width": 512, "height": 512, "is_animated": False, "is_video": False}
        sticker = self._kept(Upload("sticker.webp", b"RIFF")) | size | {"type": "regular", "emoji": emoji}
        return self.sends({"sticker": sticker}, "sticker")

    def sends_voice(self, seconds: int = 3) -> Entry:
        voice = self._kept(Upload("voice.oga", b"OggS", "audio/ogg")) | {"duration": seconds, "mime_type": "audio/ogg"}
        return self.sends({"voice": voice}, "voice")

    def follows(self, link: str) -> Entry:
        """Taps a link into the bot, printed or scanned: Telegram says `/start` with what the link carries."""
        return self.says(f"/start {payload_of(link, self._state.me['username'])}".rstrip())

    def sends_document(
        self, name: str, content: bytes, caption: str = "", *, mime: str | None = None, size: int | None = None
    ) -> Entry:
        """A file under a name, its kind guessed from the name as a phone does; `size` stands for bytes not carried."""
        return self._sends_file(document(name, content, mime, size), caption)

    def sends_photo(self, content: bytes = JPEG, caption: str = "") -> Entry:
        """A photo as Telegram passes it on: without a name, in several sizes, the largest of them as given."""
        return self._sends_file(photo(content), caption)

    def sends_album(self, *files: Upload, caption: str = "") -> list[Entry]:
        """Several files in one go: a message each, with a group's number in common and the caption on the first."""
        assert 2 <= len(files) <= 10, "an album has two to ten files"
        with self._state.changed:
            group = {"media_group_id": str(self._state.number("album"))}
            return [self._sends_file(file, "" if n else caption, group) for n, file in enumerate(files)]

    def _sends_file(self, file: Upload, caption: str, group: dict[str, str] | None = None) -> Entry:
        with self._state.changed:
            kind, content = carried(self._state, file)
            return self.sends(content | ({"caption": caption} if caption else {}) | (group or {}), kind, file)

    def _kept(self, upload: Upload) -> dict[str, Any]:
        with self._state.changed:
            return self._state.keep(upload)

    def edits(self, message: Entry | int, text: str) -> Entry:
        with self._state.changed:
            number = message if isinstance(message, int) else message.message_id
            before = self._chat.raw.get(number)
            assert before, f"no message {number} to edit\n{self._transcript()}"
            assert before["from"]["id"] == self.id, f"message {number} is not {self.name}'s own"
            new = before | {"text": text, "edit_date": self._state.now()}
            entry = self._chat.show(new, self.name)
            self._state.queue.add({"edited_message": new})
            self._state.note()
            return entry

    def deletes(self, message: Entry | int) -> None:
        """The message is gone on both sides; the bot is not told, as with Telegram."""
        with self._state.changed:
            self._chat.remove(message if isinstance(message, int) else message.message_id)
            self._state.note()

    def taps(self, text: str, message: Entry | None = None) -> str:
        """The button with this text, or else the one that contains it, on the newest message that has buttons."""
        with self._state.changed:
            shown = [e for e in self._chat.now.values() if e.who == "bot" and e.buttons]
            on = self._chat.now.get(message.message_id) if message else max(shown, key=lambda e: e.message_id, default=None)
            assert on, f"no message with buttons, so none to tap: {text}\n{self._transcript()}"
            fitting = [b for b in on.buttons if b.text == text] or [b for b in on.buttons if text in b.text]
            there = ", ".join(f"[{b.text}]" for b in on.buttons)
            assert fitting, f"no button {text!r}; there are: {there}\n{self._transcript()}"
            assert len(fitting) == 1, f"several buttons fit {text!r}; there are: {there}\n{self._transcript()}"
            assert fitting[0].data, f"button {text!r} opens {fitting[0].url} and tells the bot nothing"
            return self.presses(fitting[0].data, on.message_id)

    def presses(self, data: str, message_id: int | None = None) -> str:
        """A press with any data on any message — also ones that never were; the answer is the query's id."""
        with self._state.changed:
            assert not self._chat.blocked, f"{self.name} blocked the bot and cannot press"
            number = message_id if message_id is not None else self.newest.message_id
            gone = {"message_id": number, "chat": self._chat.about, "date": 0}
            query = str(self._state.number("query"))
            self._state.queries[query] = self.id
            body = {"id": query, "from": self.user, "message": self._chat.raw.get(number, gone), "data": data}
            self._state.queue.add({"callback_query": body | {"chat_instance": str(self.id)}})
            self._state.note()
            return query

    def blocks(self) -> None:
        self._block(True, "member", "kicked")

    def unblocks(self) -> None:
        self._block(False, "kicked", "member")

    def _block(self, blocked: bool, before: str, after: str) -> None:
        def member(status: str) -> dict[str, Any]:
            return {"user": self._state.me, "status": status} | ({"until_date": 0} if status == "kicked" else {})

        with self._state.changed:
            self._chat.blocked = blocked
            body = {"chat": self._chat.about, "from": self.user, "date": self._state.now()}
            body |= {"old_chat_member": member(before), "new_chat_member": member(after)}
            self._state.queue.add({"my_chat_member": body})
            self._state.note()

    # What the person sees.

    @property
    def chat(self) -> list[Entry]:
        """Everything ever shown, in that order; an edit is an entry of its own."""
        with self._state.changed:
            return list(self._chat.log)

    @property
    def screen(self) -> list[Entry]:
        """The messages as they stand now, the newest last."""
        with self._state.changed:
            return [self._chat.now[number] for number in sorted(self._chat.now)]

    @property
    def newest(self) -> Entry:
        """The bot's newest message, as it stands now."""
        own = [entry for entry in self.screen if entry.who == "bot"]
        assert own, f"the bot sent {self.name} nothing\n{self._transcript()}"
        return own[-1]

    @property
    def buttons(self) -> tuple[Button, ...]:
        return self.newest.buttons

    @property
    def documents(self) -> list[tuple[str, bytes]]:
        return self._files("document")

    @property
    def photos(self) -> list[tuple[str, bytes]]:
        return self._files("photo")

    def _files(self, kind: str) -> list[tuple[str, bytes]]:
        shown = (e for e in self.chat if e.who == "bot" and e.kind == kind and e.file and not e.edited)
        return [(e.file.name, e.file.content) for e in shown if e.file]

    @property
    def toasts(self) -> list[str]:
        with self._state.changed:
            return list(self._chat.toasts)

    @property
    def unanswered(self) -> list[str]:
        """Presses the bot has not answered: their button still shows that it is at work."""
        with self._state.changed:
            return [query for query, person in self._state.queries.items() if person == self.id]

    def sees(self, text: str, timeout: float = 10) -> Entry:
        """Waits for a message of the bot (or an edit) that contains the text and came after the last one seen."""

        def found() -> int | None:
            log = enumerate(self._chat.log[self._seen :], self._seen)
            return next((place for place, e in log if e.who == "bot" and text in e), None)

        with self._state.changed:
            self._wait(lambda: found() is not None, timeout, f"does not see {text!r}")
            place = found()
            assert place is not None
            self._seen = place + 1
            return self._chat.log[place]

    def sees_toast(self, text: str, timeout: float = 10) -> str:
        """The same for the texts that answer a press."""

        def found() -> list[int]:
            return [place for place, toast in enumerate(self._chat.toasts) if place >= self._toasts_seen and text in toast]

        with self._state.changed:
            self._wait(lambda: bool(found()), timeout, f"does not see the toast {text!r} among {self._chat.toasts}")
            self._toasts_seen = found()[0] + 1
            return self._chat.toasts[self._toasts_seen - 1]

    def waits_for(self, predicate: Callable[[], object], timeout: float = 10) -> None:
        """Waits until the predicate holds; it is asked again whenever anything changes at the server."""
        self._wait(predicate, timeout, "waited in vain")

    def _wait(self, predicate: Callable[[], object], timeout: float, complaint: str) -> None:
        with self._state.changed:
            done = self._state.changed.wait_for(lambda: bool(predicate()), timeout)
            assert done, f"{self.name} {complaint} within {timeout} s\n{self._transcript()}"

    def _transcript(self) -> str:
        lines = [f"  {entry}" for entry in self._chat.log[-TRANSCRIPT:]]
        return "\n".join(["the last of the chat:", *(lines or ["  (nothing)"])])
