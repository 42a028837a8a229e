"""Answers as small JSON-able data, for what a conversation keeps in hand (a bill, an undo, readings offered)."""

import json
from typing import Any
from zlib import crc32

from scoring.answers import Answer, State
from scoring.items import Item, stored_value
from scoring.values import to_json


def packed(answer: Answer | None) -> dict[str, Any] | None:
    """The answer as plain data; None stays None."""
    if answer is None:
        return None
    value = None if answer.value is None else to_json(answer.value)
    data = {"state": str(answer.state), "value": value, "provisional": answer.provisional, "basis": answer.basis}
    return data | {name: words for name in ("source", "reason") if (words := getattr(answer, name))}


def unpacked(item: Item, data: dict[str, Any] | None) -> Answer | None:
    """The answer to `item` from `packed` data."""
    if data is None:
        return None
    value = None if data["value"] is None else stored_value(item, data["value"])
    return Answer(State(data["state"]), value, data["provisional"], data["basis"], data.get("source", ""), data.get("reason", ""))


def mark_of(answer: Answer | None) -> str:
    """A short mark of what an answer says: another one means that it has changed since it was shown."""
    if answer is not None and answer.state is State.NOT_APPLICABLE:
        return "-"
    if answer is None or not answer.given or answer.value is None:
        return ""
    return f"{crc32(json.dumps(to_json(answer.value), ensure_ascii=False).encode()):08x}"
