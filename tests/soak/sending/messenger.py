"""The Bot API as the workers' HTTP client meets it: limits, faults by chance, and the book of what really arrived.

What it answers goes through python-telegram-bot and bot/telegram/channel.py as an answer over the wire would.
"""

import asyncio
import json
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from bot.telegram.request import NeverLeft, Unanswered, _Plain
from tests.soak import expect

FAULTS: Mapping[str, float] = {  # R5, of all calls
    "429": 0.10,
    "5xx": 0.10,
    "no connection": 0.05,
    "lost before": 0.05,
    "lost after": 0.05,
    "403": 0.02,
    "bad JSON": 0.01,
    "not modified": 0.01,
}


@dataclass
class Messenger:
    """One bot's API. `faults`: their chances; `most`: messages in any second before it answers 429 by itself."""

    chance: Random
    faults: Mapping[str, float] = field(default_factory=dict)
    most: int = 30
    latency: tuple[float, float] = (0.02, 0.3)
    arrived: Counter[str] = field(default_factory=Counter)  # by text
    at: dict[str, float] = field(default_factory=dict)
    maybe: set[str] = field(default_factory=set)  # texts of which a sender could not know
    fired: Counter[str] = field(default_factory=Counter)
    blocked: set[int] = field(default_factory=set)
    recent: deque[float] = field(default_factory=deque)  # when it accepted what it counts against its own limit
    left: deque[float] = field(default_factory=deque)
    busiest: int = 0  # the most that left in any second
    by_chat: dict[int, deque[float]] = field(default_factory=dict)
    chat_busiest: int = 0
    silent_until: float = 0.0
    spoke_too_early: int = 0
    calls: int = 0
    numbers: int = 0

    async def call(self, method: str, body: Mapping[str, Any]) -> tuple[int, bytes]:
        """An answer, or the client's own error."""
        loop = asyncio.get_running_loop()
        self.calls += 1
        self.busiest = max(self.busiest, _within_a_second(self.left, loop.time()))
        own = self.by_chat.setdefault(int(body.get("chat_id", 0)), deque())
        self.chat_busiest = max(self.chat_busiest, _within_a_second(own, loop.time()))
        if loop.time() < self.silent_until - 0.002:
            self.spoke_too_early += 1
        fault = self._fault()
        if fault:
            self.fired[fault] += 1
        if fault == "no connection":
            raise NeverLeft("no way")
        await asyncio.sleep(self.chance.uniform(*self.latency) / 2)
        if fault == "lost before":
            self.maybe.add(str(body.get("text")))
            raise Unanswered("timed out")
        answer = self._answer(fault, method, body, loop.time())
        await asyncio.sleep(self.chance.uniform(*self.latency) / 2)
        if answer[0] == 429:  # from now on the worker knows
            self.silent_until = max(self.silent_until, loop.time() + json.loads(answer[1])["parameters"]["retry_after"])
        if fault == "lost after":
            self.maybe.add(str(body.get("text")))
            raise Unanswered("timed out")
        return answer

    def _fault(self) -> str:
        roll = self.chance.random()
        for name, share in self.faults.items():
            roll -= share
            if roll < 0:
                return name
        return ""

    def _answer(self, fault: str, method: str, body: Mapping[str, Any], now: float) -> tuple[int, bytes]:
        chat, text = int(body.get("chat_id", 0)), str(body.get("text"))
        if chat in self.blocked:
            return 403, _told(403, "Forbidden: bot was blocked by the user")
        match fault:
            case "429":
                wait = self.chance.randint(1, 30)
                return 429, _told(429, f"Too Many Requests: retry after {wait}", retry_after=wait)
            case "5xx":
                return 502, b"<html>bad gateway</html>"
            case "403":
                self.blocked.add(chat)
                return 403, _told(403, "Forbidden: bot was blocked by the user")
        if _within_a_second(self.recent, now) > self.most:
            self.recent.pop()
            self.fired["limit"] += 1
            return 429, _told(429, "Too Many Requests: retry after 3", retry_after=3)
        self.arrived[text] += 1
        self.at.setdefault(text, now)
        if fault == "not modified":
            return 400, _told(400, "Bad Request: message is not modified")
        if fault == "bad JSON":
            self.maybe.add(text)
            return 200, b"{ok: true"
        self.numbers += 1
        message = {"message_id": self.numbers, "date": 0, "chat": {"id": chat, "type": "private"}, "text": text}
        return 200, json.dumps({"ok": True, "result": message}).encode()

    def every_fault_fired(self) -> None:
        """A run in which one never did shows nothing."""
        expect(not (missing := set(self.faults) - set(self.fired)), f"never fired: {missing}")


def _within_a_second(moments: deque[float], now: float) -> int:
    """One more of them; how many there were in the last second."""
    moments.append(now)
    while moments[0] <= now - 0.99:  # moments are told in milliseconds, and somebody else may be a few late
        moments.popleft()
    return len(moments)


def _told(code: int, words: str, **parameters: int) -> bytes:
    told: dict[str, Any] = {"ok": False, "error_code": code, "description": words}
    return json.dumps(told | ({"parameters": parameters} if parameters else {})).encode()


class Wire(_Plain):
    """The client of one worker: no network, the same reading of answers."""

    __slots__ = ("messenger",)

    def __init__(self, messenger: Messenger) -> None:
        self.messenger = messenger

    @property
    def read_timeout(self) -> float | None:
        return 20

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(self, url: str, method: str, request_data: Any = None, **_: Any) -> tuple[int, bytes]:
        body = request_data.parameters if request_data is not None else {}
        return self._checked(*await self.messenger.call(url.rpartition("/")[2].lower(), body))
