"""Files fetched from Telegram by their id, for the errands. No address of a file is ever logged: it holds the token.

Not here: what a file is worth (dialogs/evidence).
"""

from telegram import Bot
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.outcomes import Refused, TryAgain, Wait
from bot.telegram.connection import seconds_to_wait

PATIENCE = 60  # seconds for one file


async def fetch(bot: Bot, file_id: str, largest: int) -> bytes:
    """The bytes of a file. Raises Wait, TryAgain, or Refused with `too_big` or `gone`."""
    try:
        found = await bot.get_file(file_id, read_timeout=PATIENCE)
        if (found.file_size or 0) > largest:
            raise Refused("too_big")
        content = bytes(await found.download_as_bytearray(read_timeout=PATIENCE))
    except RetryAfter as e:
        raise Wait(max(1, round(seconds_to_wait(e) + 0.5))) from None
    except BadRequest as e:
        raise Refused("too_big" if "too big" in str(e).lower() else "gone") from None
    except (TimedOut, NetworkError, InvalidToken):
        raise TryAgain from None
    except (Forbidden, TelegramError):
        raise Refused("gone") from None
    if len(content) > largest:
        raise Refused("too_big")
    return content
