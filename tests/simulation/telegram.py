"""Telegram as the simulation has it: updates that wait to be fetched, and a Bot API that sends to phones and fails.

Updates are kept until they are confirmed; they come late, twice, in another order and under falling numbers. What is sent
arrives or not, and the answer comes or not. Not here: who does what (persons.py).
"""

from collections import Counter, deque
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from telegram.error import BadRequest, Forbidden, NetworkError, RetryAfter

from bot.telegram.request import Unanswered
from tests.simulation.faults import Killed, Swarm

Button = tuple[str, str]  # words and token
FIRST_UPDATE = 900_000_000
FALL = 100_000_000  # how far the number of updates falls after a week of silence
MOST_TIMES = 4  # how often one update comes once more
KEPT = 12  # messages with buttons that a person scrolls back


@dataclass
class Shown:
    """A message on a phone."""

    id: int
    text: str
    buttons: tuple[Button, ...] = ()


@dataclass
class Phone:
    """One person's chat with the bot; the messages that can still be tapped."""

    address: int
    shown: deque[Shown] = field(default_factory=lambda: deque(maxlen=KEPT))
    blocked: bool = False
    last: tuple[str, int] = ("", 0)  # the button pressed last, and on which message

    def shows(self, shown: Shown) -> None:
        for n, there in enumerate(self.shown):
            if there.id == shown.id:
                self.shown[n] = shown
                return
        self.shown.append(shown)

    @property
    def newest(self) -> Shown | None:
        return next((s for s in reversed(self.shown) if s.buttons), None)


class Server:
    """Telegram's side: what people did and nobody has confirmed yet; and the phones."""

    def __init__(self, swarm: Swarm, addresses: tuple[int, ...], window: int) -> None:
        self.swarm, self.window = swarm, window
        self.phones = {address: Phone(address) for address in addresses}
        self.waiting: list[dict[str, Any]] = []
        self.late: list[tuple[int, dict[str, Any]]] = []  # (how many looks still, update)
        self.times: Counter[int] = Counter()  # how often an update comes once more
        self._update = FIRST_UPDATE
        self._message = 0

    def next_message(self) -> int:
        self._message += 1
        return self._message

    def did(self, content: dict[str, Any]) -> dict[str, Any]:
        """Somebody did something: an update with a number of its own."""
        if self.swarm.fires("renumbered"):
            self._update -= FALL
        self._update += 1
        update = {"update_id": self._update, **content}
        if self.swarm.fires("delayed"):
            self.late.append((self.swarm.chance.randint(1, 12), update))
        else:
            self.waiting.append(update)
        return update

    def offers(self) -> list[dict[str, Any]]:
        """What a poll gets; it stays until it is confirmed."""
        due = [u for looks, u in self.late if looks <= 1]
        self.late = [(looks - 1, u) for looks, u in self.late if looks > 1]
        self.waiting += due
        chance = self.swarm.chance
        batch = self.waiting[: chance.randint(1, self.window)]
        if len(batch) > 1 and self.swarm.fires("reordered"):
            chance.shuffle(batch)
        return batch

    def confirmed(self, batch: list[dict[str, Any]]) -> None:
        """The bot has these; now and then one comes once more all the same."""
        if batch and self.swarm.fires("confirmation lost"):
            return
        ids = {u["update_id"] for u in batch}
        self.waiting = [u for u in self.waiting if u["update_id"] not in ids]
        for update in batch:
            left = MOST_TIMES - self.times[update["update_id"]]
            if left and self.swarm.fires("duplicated"):
                again = self.swarm.chance.randint(1, left) if self.swarm.often else 1
                self.times[update["update_id"]] += again
                self.late += [(self.swarm.chance.randint(1, 15), update)] * again

    @property
    def silent(self) -> bool:
        return not self.waiting and not self.late


Switch = Callable[[], Awaitable[None]]
Arrived = Callable[[int, str, bytes | None], None]  # (chat, text, file): something is on a phone


class Api:
    """The methods of `telegram.Bot` that the channel calls. `doubtful` and `arrived` tell the simulation what truly happened."""

    token = "1:simulated"

    def __init__(self, server: Server, switch: Switch, arrived: Arrived, doubtful: Callable[[], None]) -> None:
        self.server, self.switch, self.arrived, self.doubtful = server, switch, arrived, doubtful

    async def do_api_request(self, method: str, api_kwargs: Mapping[str, Any]) -> Any:
        said = api_kwargs.get("text") or ""
        if method == "answercallbackquery":
            return await self._send(0, said)
        buttons = _buttons(api_kwargs["reply_markup"])
        return {"message_id": await self._send(api_kwargs["chat_id"], said, buttons, api_kwargs.get("message_id", 0))}

    async def send_document(self, chat: int, file: Any, caption: str | None = None, **_: Any) -> Any:
        return SimpleNamespace(message_id=await self._send(chat, caption or "", file=file.input_file_content))

    async def send_photo(self, chat: int, file: Any, caption: str | None = None, **_: Any) -> Any:
        return SimpleNamespace(message_id=await self._send(chat, caption or "", file=file.input_file_content))

    async def _send(
        self, chat: int, text: str, buttons: tuple[Button, ...] = (), edits: int = 0, file: bytes | None = None
    ) -> int:
        await self.switch()
        swarm, phone = self.server.swarm, self.server.phones.get(chat)
        if swarm.fires("died before a send"):
            raise Killed
        if phone is not None:
            self._may_fail(swarm, phone)
        message = edits or self.server.next_message()
        if phone is not None:
            phone.shows(Shown(message, text, buttons))
        self.arrived(chat, text, file)
        if swarm.fires("timeout after"):
            self.doubtful()
            raise Unanswered("no answer")
        if swarm.fires("died behind a send"):
            raise Killed
        await self.switch()
        return message

    def _may_fail(self, swarm: Swarm, phone: Phone) -> None:
        """One of the ways in which nothing arrives."""
        if swarm.fires("blocked"):
            phone.blocked = True
        if phone.blocked:
            raise Forbidden("Forbidden: bot was blocked by the user")
        if swarm.fires("too many requests"):
            raise RetryAfter(swarm.chance.randint(1, 30))
        if swarm.fires("server error"):
            raise NetworkError("Bad Gateway")
        if swarm.fires("unreachable"):
            raise NetworkError("no connection")
        if swarm.fires("timeout before"):
            self.doubtful()
            raise Unanswered("no answer")
        if swarm.fires("refused"):
            raise BadRequest("Message is too strange")


def _buttons(markup: Any) -> tuple[Button, ...]:
    return tuple((b["text"], b["callback_data"]) for row in markup["inline_keyboard"] for b in row) if markup else ()
