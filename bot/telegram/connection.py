"""The two connections to Telegram, the one that sends and the one that polls; python-telegram-bot is transport only."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from telegram import Bot
from telegram.error import RetryAfter
from telegram.request import BaseRequest

from bot.telegram.request import request

LONG_POLL = 25  # seconds Telegram holds an empty poll open
PATIENCE = 20  # seconds for the answer to a send


@dataclass(frozen=True, slots=True)
class Line:
    """The two connections to Telegram: the bot that sends, and the one that polls. Nothing is called to make them."""

    bot: Bot
    polling: BaseRequest


@asynccontextmanager
async def make_bot(token: str, api_base: str = "", proxy: str = "") -> AsyncIterator[Line]:
    """A bot ready to call. `api_base`: a local Bot API server."""
    base = api_base.rstrip("/") or "https://api.telegram.org"
    sending, polling = (request(seconds, base, proxy) for seconds in (PATIENCE, LONG_POLL + 10))
    await sending.initialize()
    await polling.initialize()
    try:
        yield Line(Bot(token, f"{base}/bot", f"{base}/file/bot", sending, polling), polling)
    finally:
        await sending.shutdown()
        await polling.shutdown()


def seconds_to_wait(e: RetryAfter) -> float:
    """How long Telegram asks us to be silent."""
    wait = e.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
