"""How Telegram hands updates over: pushed to our webhook, or fetched. It does one of the two, as it was told last.

Not here: taking them in (polling.py; bot/web/webhook.py).
"""

import asyncio
import logging
import re
import time
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.telegram.connection import Line, seconds_to_wait
from bot.telegram.updates import WANTED
from bot.waiting import first_of
from scoring.errors import ZipingError

log = logging.getLogger(__name__)

AT_ONCE = 40  # calls of the webhook at once; one chat's come one after the other all the same
CHECKING = 300.0  # seconds between two looks whether it still does
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds before Telegram is asked again


def checked(url: str, secret: str) -> str:
    """The path of the webhook. Raises ZipingError where the address or the secret cannot be used."""
    parts = urlsplit(url)
    if parts.scheme not in ("https", "http") or not parts.netloc:
        raise ZipingError(
            "用 webhook 接收消息，要把 WEBHOOK_URL 设成完整的网址，例如 https://ziping.example.gov.cn/telegram/hook"
        )
    if not re.fullmatch(r"[A-Za-z0-9_-]{24,256}", secret):
        raise ZipingError(
            "用 webhook 接收消息，要设 WEBHOOK_SECRET：24 到 256 个字母、数字、_ 或 -，例如用 openssl rand -hex 32 生成"
        )
    return parts.path or "/"


async def announce(line: Line, url: str, secret: str, stop: asyncio.Event) -> None:
    """Have updates pushed to `url` with the secret, until `stop`. Raises ZipingError when Telegram does not take it.

    Whoever fetched updates meanwhile has undone that: so Telegram is asked now and then, and told again.
    """

    async def tell() -> object:
        return await line.bot.set_webhook(url, max_connections=AT_ONCE, allowed_updates=WANTED, secret_token=secret)

    while not stop.is_set():
        await _until_told(tell, stop)
        while not stop.is_set():
            await first_of(stop, seconds=CHECKING)
            try:
                known = await line.bot.get_webhook_info()
            except TelegramError as e:
                log.warning("Telegram cannot be asked how it hands over updates (%s)", type(e).__name__)
                continue
            if known.url != url:
                log.warning("somebody else has told Telegram to hand over updates in another way; telling it again")
                break
            if known.last_error_date and time.time() - known.last_error_date.timestamp() < CHECKING:
                log.warning(
                    "Telegram could not push: %s; %s updates wait there", known.last_error_message, known.pending_update_count
                )


async def withdraw(line: Line, stop: asyncio.Event) -> None:
    """Have updates wait to be fetched. What waited for the webhook is not lost."""
    await _until_told(line.bot.delete_webhook, stop)


async def _until_told(tell: Callable[[], Awaitable[object]], stop: asyncio.Event) -> None:
    pause = FIRST_PAUSE
    while not stop.is_set():
        try:
            await tell()
            return
        except InvalidToken as e:
            raise ZipingError("Telegram 不认这个 TELEGRAM_TOKEN，请核对，或向 @BotFather 重新申请") from e
        except BadRequest as e:
            if "resolve host" not in e.message.lower():  # its name server may be late; an address that is wrong stays wrong
                raise ZipingError(f"Telegram 不接受 WEBHOOK_URL：{e.message}") from e
            pause = await _again(e, pause, stop)
        except RetryAfter as e:
            await first_of(stop, seconds=seconds_to_wait(e))
        except TelegramError as e:
            pause = await _again(e, pause, stop)


async def _again(error: TelegramError, pause: float, stop: asyncio.Event) -> float:
    """Wait before the next try; how long to wait before the one after it."""
    log.warning("Telegram does not know yet how to hand over updates (%s); trying again in %.0f s", type(error).__name__, pause)
    await first_of(stop, seconds=pause)
    return min(2 * pause, LONGEST_PAUSE)
