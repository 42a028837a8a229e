"""One request to an application without any network: what comes of it, and how much of its body was asked for.

Not here: the application.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Message

from bot.web.webhook import SECRET_HEADER

SECRET = "a-secret-of-the-webhook-0123"
PATH = "/telegram/hook"


@dataclass
class Answer:
    """`read` is how many pieces of the body were asked for."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    read: int = 0


async def ask(
    app: ASGIApp,
    *pieces: bytes,
    method: str = "POST",
    path: str = PATH,
    headers: Mapping[str, str] | None = None,
    before: Callable[[int], None] = lambda number: None,
) -> Answer:
    """Send a request whose body comes in these pieces; `before` is told the number of each piece that is asked for."""
    answer = Answer()
    spoken = {SECRET_HEADER: SECRET} if headers is None else dict(headers)
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "scheme": "http",
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode("utf-8", "surrogatepass")) for name, value in spoken.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }

    async def receive() -> Message:
        before(answer.read)
        if answer.read >= len(pieces):
            await asyncio.Event().wait()  # nothing more will ever come
        answer.read += 1
        return {"type": "http.request", "body": pieces[answer.read - 1], "more_body": answer.read < len(pieces)}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        else:
            answer.body += message.get("body", b"")

    await app(scope, receive, send)
    return answer


def update(number: int, chat: int = 1001, text: str = "你好") -> dict[str, object]:
    """An update as Telegram writes it."""
    person = {"id": chat, "is_bot": False, "first_name": "填报人"}
    message = {"message_id": number, "date": 1, "chat": {"id": chat, "type": "private"}, "from": person, "text": text}
    return {"update_id": number, "message": message}


def numbers(arrivals: Sequence[object]) -> list[int]:
    """The numbers of what arrived."""
    return [arrival.update_id for arrival in arrivals]  # type: ignore[attr-defined]
