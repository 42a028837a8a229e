"""Updates pushed by Telegram: 200 is said only after the commit of the inbox, so that whatever else happens comes again.

The secret is compared before anything of the body is read. Not here: what an update means (bot/telegram/updates.py).
"""

import asyncio
import hmac
import json
import logging
from collections.abc import Callable

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot.telegram.updates import arrival, update_id
from bot.web.intake import Intake
from dialogs.events import Arrival

log = logging.getLogger(__name__)

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105
LARGEST = 1024 * 1024  # bytes of a body; Telegram's updates have a few thousand
BODY_PATIENCE = 10.0  # seconds for a body to come
COMMIT_PATIENCE = 4.0  # seconds for the store; then it has to come again
RETRY_AFTER = 2  # seconds Telegram is asked to wait then; else it doubles its pause with every failure
QUIET = 60.0  # seconds between two words about wrong secrets


class Webhook:
    """Its `answer` is the endpoint. `bot` is the number of the bot, `counted` hears the status of every answer."""

    def __init__(self, bot: str, secret: str, intake: Intake, counted: Callable[[int], None]) -> None:
        self.bot = bot
        self._secret = secret.encode()
        self._intake = intake
        self._counted = counted
        self._strangers = 0
        self._silent_until = 0.0

    async def answer(self, request: Request) -> Response:
        """403 without the secret, 413 and 408 and 400 for a body that is none, 503 while the store cannot be written, 200."""
        response = await self._answered(request)
        self._counted(response.status_code)
        return response

    async def _answered(self, request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(SECRET_HEADER, "").encode(), self._secret):
            self._tell_of_stranger()
            return _refused(403, request)
        if _declared(request) > LARGEST:
            return _refused(413, request)
        try:
            async with asyncio.timeout(BODY_PATIENCE):
                body = await _body(request)
        except (TimeoutError, ClientDisconnect):
            return _refused(408, request)
        if body is None:
            return _refused(413, request)
        arrived = self._read(body)
        if arrived is None:
            log.warning("the webhook was sent %s bytes that are no update", len(body))
            return _refused(400, request)
        try:
            async with asyncio.timeout(COMMIT_PATIENCE):
                await self._intake.store(arrived)
        except TimeoutError:
            log.error("an update could not be stored within %.0f s; Telegram will send it again", COMMIT_PATIENCE)
        except Exception:  # the store is in trouble
            log.exception("an update could not be stored; Telegram will send it again")
        else:
            return Response(status_code=200)
        return Response(status_code=503, headers={"retry-after": str(RETRY_AFTER)})

    def _read(self, body: bytes) -> Arrival | None:
        """The envelope of the update; None when there is none, or no number to know it by when it comes again."""
        try:
            raw = json.loads(body)
            return arrival(self.bot, raw) if isinstance(raw, dict) and update_id(raw) else None
        except (ValueError, RecursionError):  # no JSON, no UTF-8, a number or a nesting beyond all measure
            return None

    def _tell_of_stranger(self) -> None:
        """Now and then: junk in masses must not fill the log, and a secret that was changed on one side must be noticed."""
        self._strangers += 1
        now = asyncio.get_running_loop().time()
        if now >= self._silent_until:
            log.warning("the webhook was called without the right secret (%s times since the last such line)", self._strangers)
            self._strangers, self._silent_until = 0, now + QUIET


def _declared(request: Request) -> int:
    """How many bytes the body is said to have; 0 when it is not said. The server lets through nothing but digits."""
    return int(request.headers.get("content-length", "0"))


async def _body(request: Request) -> bytes | None:
    """The body, None when it is too large. It may come in pieces without a length: they are counted as they come."""
    whole = bytearray()
    async for piece in request.stream():
        whole += piece
        if len(whole) > LARGEST:
            return None
    return bytes(whole)


def _refused(status: int, request: Request) -> Response:
    """A refusal; the connection ends with it unless what is still to come of the body is known to be little."""
    small = "transfer-encoding" not in request.headers and _declared(request) <= LARGEST
    return Response(status_code=status, headers={} if small and status != 408 else {"connection": "close"})
