"""The bot learns its own name, once per start: invitation links are made with it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from telegram.error import TelegramError

from bot.telegram.connection import Line
from bot.waiting import first_of

log = logging.getLogger(__name__)

PAUSE = 30  # seconds before Telegram is asked again


async def learn_name(line: Line, keep: Callable[[str], Awaitable[object]], stop: asyncio.Event) -> None:
    """Ask until Telegram answers, and `keep` the name."""
    while not stop.is_set():
        try:
            me = await line.bot.get_me()
            await keep(me.username or "")
            return
        except TelegramError as e:
            log.warning("the bot's name is not known yet (%s)", type(e).__name__)
        except Exception:  # the store is in trouble
            log.exception("the bot's name could not be kept")
        await first_of(stop, seconds=PAUSE)
