"""Updates polled into the inbox: an update is confirmed to Telegram only after `receive` has stored it.

Not here: what an update means (updates.py).
"""

import asyncio
import json
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.telegram.connection import LONG_POLL, Line, seconds_to_wait
from bot.telegram.receiving import withdraw
from bot.telegram.updates import WANTED, arrival, update_id
from bot.waiting import first_of
from dialogs.events import Arrival
from scoring.errors import ZipingError

log = logging.getLogger(__name__)

BATCH = 100
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds between polls that failed
TURN = 2.0  # seconds between looks whether it is our turn to poll
HELD = 4.0  # seconds for which it stays ours once it is: much less than the lease, which the heart renews

Receive = Callable[[Sequence[Arrival]], Awaitable[None]]
Ours = Callable[[], Awaitable[object]]  # whether we are the one that polls, now and until it is asked again


async def poll(line: Line, receive: Receive, ours: Ours, stop: asyncio.Event) -> None:
    """Hand batches of updates to `receive` until `stop`; the next poll confirms a batch, so a lost one comes again.

    Of several workers one polls; the others look now and then whether it is their turn.
    """
    offset: int | None = None
    pause = FIRST_PAUSE
    asked = -HELD  # when it was last said to be ours
    fetched = False  # whether Telegram knows that updates are fetched here, not pushed
    while not stop.is_set():
        try:
            if (now := time.monotonic()) >= asked + HELD:
                if not await ours():
                    offset = None  # whoever polls meanwhile has gone on
                    await first_of(stop, seconds=TURN)
                    continue
                asked = now
            if not fetched:
                await withdraw(line, stop)
                fetched = True
            raw = await _unless(stop, _updates(line, offset))
            if raw:
                bot_id = line.bot.token.partition(":")[0]
                await receive([arrival(bot_id, update) for update in raw])
                offset = update_id(raw[-1]) + 1  # not the highest: ids are not monotonic for ever
        except InvalidToken as e:
            raise ZipingError("Telegram 不认这个 TELEGRAM_TOKEN，请核对，或向 @BotFather 重新申请") from e
        except RetryAfter as e:
            await first_of(stop, seconds=seconds_to_wait(e))
        except TelegramError as e:
            meaning = "another process polls with the same token" if isinstance(e, Conflict) else "Telegram cannot be reached"
            log.warning("%s (%s); trying again in %.0f s", meaning, type(e).__name__, pause)
            await first_of(stop, seconds=pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        except ZipingError:
            raise
        except Exception:  # the store is in trouble: nothing is confirmed, the same updates will come again
            log.exception("updates could not be stored; trying again in %.0f s", pause)
            await first_of(stop, seconds=pause)
            pause = min(2 * pause, LONGEST_PAUSE)
        else:
            pause = FIRST_PAUSE


async def _updates(line: Line, offset: int | None) -> list[dict[str, Any]]:
    """One poll as raw JSON: an update that the library cannot parse must not block the rest."""
    wanted = {"timeout": LONG_POLL, "limit": BATCH, "allowed_updates": json.dumps(WANTED)}
    question = urlencode(wanted | ({"offset": offset} if offset is not None else {}))
    answer = json.loads(await line.polling.retrieve(f"{line.bot.base_url}/getUpdates?{question}", read_timeout=LONG_POLL + 10))
    return [u for u in answer["result"] if isinstance(u, dict)]


async def _unless(stop: asyncio.Event, work: Awaitable[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """The result of `work`, or nothing when `stop` comes first."""
    task, stopped = asyncio.ensure_future(work), asyncio.ensure_future(stop.wait())
    try:
        await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else []
    finally:
        for pending in (task, stopped):
            pending.cancel()
        await asyncio.gather(task, stopped, return_exceptions=True)
