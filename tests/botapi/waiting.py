"""The updates waiting for the bot, with Telegram's rules of confirmation.

From the people; read by getUpdates, or pushed to a webhook. Not here: waiting for an update, and what is in one.
"""

from collections.abc import Iterable
from itertools import count
from typing import Any

# These kinds a bot gets only when it names them.
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


def chat_of(update: dict[str, Any]) -> object:
    """The chat an update belongs to; the update's own number if it belongs to none."""
    for body in update.values():
        message = body.get("message", body) if isinstance(body, dict) else {}
        if isinstance(message, dict) and isinstance(message.get("chat"), dict):
            return message["chat"].get("id")
    return f"update {update['update_id']}"


class Queue:
    """An update leaves only by a call with a higher offset — handing it out does not take it off."""

    def __init__(self, first: int = 500_001) -> None:
        self._ids = count(first)
        self._held: set[int] = set()
        self._waiting: list[dict[str, Any]] = []
        self.allowed: frozenset[str] = frozenset()
        self.confirmed: list[dict[str, Any]] = []

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def waiting(self) -> list[int]:
        return [update["update_id"] for update in self._waiting]

    def add(self, raw: dict[str, Any]) -> int:
        """Numbers and keeps the update, unless the bot does not want its kind; what waits already stays wanted."""
        number: int = raw.get("update_id") or next(self._ids)
        kinds = raw.keys() - {"update_id"}
        if kinds & self.allowed if self.allowed else kinds - ON_REQUEST:
            self._waiting.append({"update_id": number} | raw)
        return number

    def confirm(self, offset: int) -> None:
        """Below the offset all is confirmed; a negative offset keeps only so many from the end."""
        if offset < 0:
            gone = self._waiting[:offset]
        else:
            gone = [u for u in self._waiting if u["update_id"] < offset and u["update_id"] not in self._held]
        for update in gone:
            self._waiting.remove(update)
            self._held.discard(update["update_id"])
            self.confirmed.append(update)

    def hand_out(self, limit: int) -> list[dict[str, Any]]:
        batch = self._waiting[:limit]
        # Once the bot has seen it again, its next offset confirms it as any other.
        self._held -= {update["update_id"] for update in batch}
        return batch

    def heads(self, most: int, passed: set[object]) -> list[tuple[object, dict[str, Any]]]:
        """The first update of each chat, of so many chats at most, those passed over left out."""
        found: dict[object, dict[str, Any]] = {}
        for update in self._waiting:
            chat = chat_of(update)
            if chat not in passed and chat not in found:
                found[chat] = update
                if len(found) == most:
                    break
        return list(found.items())

    def delivered(self, update: dict[str, Any]) -> None:
        """The bot has said that it has this one."""
        if any(update is waiting for waiting in self._waiting):
            self._waiting.remove(update)
            self._held.discard(update["update_id"])
            self.confirmed.append(update)

    def put_back(self, numbers: Iterable[int]) -> list[int]:
        """Confirmed updates wait again, before all others, and no offset confirms them before they are handed out."""
        wanted = set(numbers)
        back = {u["update_id"]: u for u in self.confirmed if u["update_id"] in wanted}
        missing = wanted - back.keys()
        assert not missing, f"not confirmed, so nothing to deliver again: {sorted(missing)}"
        self.confirmed = [u for u in self.confirmed if u["update_id"] not in wanted]
        self._waiting[:0] = [back[number] for number in sorted(back)]
        self._held |= back.keys()
        return sorted(back)

    def reorder(self, numbers: Iterable[int] | None) -> None:
        """What waits goes out in this order (those not named come last, as they were), or backwards."""
        if numbers is None:
            self._waiting.reverse()
            return
        rank = {number: place for place, number in enumerate(numbers)}
        self._waiting.sort(key=lambda update: rank.get(update["update_id"], len(rank)))

    def clear(self) -> None:
        self._waiting.clear()
        self._held.clear()
