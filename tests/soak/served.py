"""`ziping serve` in processes of the nursery, over a Bot API server that pushes or is asked; and bugs planted in it.

    child = begun(server, url, listen, …); child.line.recv() == ("ended", code)

Not here: what they are put through (r03_webhook.py, r16_rolling.py).
"""

import asyncio
import os
from argparse import Namespace
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection
from types import SimpleNamespace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from bot.commands import serve
from bot.settings import settings
from bot.web import webhook
from bot.web.intake import Intake
from bot.web.webhook import Webhook
from dialogs.events import Arrival
from tests.botapi import BotApiServer
from tests.soak.crashing.form import FORM
from tests.soak.crashing.nursery import Child, nursery

ADDRESS = "https://bot.example.org/telegram/hook"
SECRET = "webhook-secret-of-the-proofs-01"
EARLY = "200 before it is stored"
BLIND = "200 although it cannot be stored"
FINISHES = "works off what it holds before it ends"
OPEN = "any secret will do"
RUNS_OFF = "ends in the middle of everything"
HANDLING = 0.1  # seconds for each update of a worker that has said 200 too early
IMPATIENT = 0.2  # seconds the webhook waits for the store in proofs that lock it


def begun(
    server: BotApiServer, url: str, listen: str, planted: str = "", *, polling: bool = False, hurried: bool = False
) -> Child:
    """A serving process. `listen` stands behind the proxy at ADDRESS; `hurried`: its webhook does not wait long for the store."""
    house = nursery()
    house.learns("tests.soak.served")
    environment = {
        "TELEGRAM_TOKEN": server.token,
        "TELEGRAM_API_BASE": server.url,
        "DATABASE_URL": url,
        "FORMS": FORM,
        "PACKS": str(house.packs),
        "JOINING": "open",
        "MESSAGES_PER_SECOND": "100000",
        "MESSAGES_PER_CHAT": "100000",
        "LOG_LEVEL": "CRITICAL",
        "LISTEN": listen,
    }
    pushed = {"RECEIVING": "webhook", "WEBHOOK_URL": ADDRESS, "WEBHOOK_SECRET": SECRET}
    return house.bears(
        "tests.soak.served:serves", environment=environment | ({} if polling else pushed), planted=planted, hurried=hurried
    )


def serves(line: Connection, environment: dict[str, str], planted: str, hurried: bool) -> None:
    """The job: serve until told to stop, then say how it ended."""
    os.environ.update(environment)
    settings.cache_clear()
    if hurried:
        webhook.COMMIT_PATIENCE = IMPATIENT
    plant(planted)
    line.send(("ended", serve.run(Namespace(packs=[]))))


def plant(bug: str) -> None:
    """In this process, until it ends."""
    if bug in (EARLY, FINISHES):
        Intake.store = _early  # type: ignore[method-assign]
    if bug == FINISHES:
        serve.serve = _told_late(serve.serve, _nothing_held)
    if bug == RUNS_OFF:
        serve.serve = _told_late(serve.serve, _gone)
    if bug == OPEN:
        webhook.hmac = SimpleNamespace(compare_digest=lambda a, b: True)  # type: ignore[assignment]
    if bug == BLIND:
        Webhook._answered = _blindly(Webhook._answered)  # type: ignore[method-assign]


_held: list[Arrival] = []


async def _early(self: Intake, arrival: Arrival) -> None:
    """As a library does that puts an update into its own queue, and says 200."""
    _held.append(arrival)
    if self._storing is None or self._storing.done():
        self._storing = asyncio.create_task(_one_by_one(self))


async def _one_by_one(self: Intake) -> None:
    while _held:
        await asyncio.sleep(HANDLING)
        await self.receive(_held[:1])
        del _held[:1]


async def _nothing_held() -> None:
    while _held:  # noqa: ASYNC110
        await asyncio.sleep(HANDLING)


async def _gone() -> None:
    os._exit(0)


def _told_late(own: Callable[..., Awaitable[None]], first: Callable[[], Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """Serving that does something else first when it is told to stop."""

    async def serving(*rest: Any) -> None:
        *rest, stop = rest  # type: ignore[assignment]
        later = asyncio.Event()

        async def told() -> None:
            await stop.wait()
            await first()
            later.set()

        telling = asyncio.create_task(told())
        await own(*rest, later)
        await telling

    return serving


def _blindly(own: Callable[[Webhook, Request], Awaitable[Response]]) -> Callable[[Webhook, Request], Awaitable[Response]]:
    async def answered(self: Webhook, request: Request) -> Response:
        response = await own(self, request)
        return Response() if response.status_code == 503 else response

    return answered
