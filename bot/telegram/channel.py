"""Replies carried out over Telegram. What sending can come to is a small closed set of exceptions.

No token and no text of a person appears in any of them. Not here: the conversation.
"""

import logging
from typing import Any

from telegram import Bot, InputFile
from telegram.error import BadRequest, EndPointNotFound, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.outcomes import Ambiguous, Blocked, Refused, TryAgain, Wait
from bot.telegram.connection import seconds_to_wait
from bot.telegram.request import Unanswered
from dialogs.outgoing import Sheet
from dialogs.replies import Carried, File, Made, Message, Picture, Toast

log = logging.getLogger(__name__)

UPLOAD_PATIENCE = 60


class TelegramChannel:
    """Carries replies out."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    async def carry_out(self, chat: str, reply: Carried, sheet: Sheet | None) -> int:
        """Send one reply; the id of its message. Raises Wait, TryAgain, Ambiguous, Blocked or Refused."""
        try:
            return await self._send(int(chat.partition(":")[2]), reply, sheet)
        except RetryAfter as e:
            raise Wait(max(1, round(seconds_to_wait(e) + 0.5))) from None
        except Forbidden:
            raise Blocked from None
        except BadRequest as e:
            words = str(e).lower()
            if "not modified" in words or "query is too old" in words or "query id is invalid" in words:
                return reply.edits if isinstance(reply, Message) else 0  # it is as it should be, or nobody waits any more
            if "message to edit not found" in words or "message can't be edited" in words:
                assert isinstance(reply, Message)
                return await self.carry_out(chat, Message(reply.text, reply.buttons), sheet)
            if "chat not found" in words:
                raise Blocked from None
            raise Refused(_words(str(e), self.bot.token)) from None
        except Unanswered:
            raise Ambiguous from None
        except (
            NetworkError,
            InvalidToken,
            EndPointNotFound,
        ):  # it never left, or the answer was a 5xx or a gateway's page: not accepted
            raise TryAgain from None
        except TelegramError as e:
            raise Refused(_words(str(e), self.bot.token)) from None

    async def _send(self, chat: int, reply: Carried, sheet: Sheet | None) -> int:
        match reply:
            case Toast(query, text):
                await self._call("answercallbackquery", callback_query_id=query, text=text or None)
                return 0
            case Message(text, rows, edits) if edits:
                await self._call("editmessagetext", chat_id=chat, message_id=edits, **_said(text, rows))
                return edits
            case Message(text, rows):
                return int((await self._call("sendmessage", chat_id=chat, **_said(text, rows)))["message_id"])
            case Picture(_, caption) | File(_, caption) | Made(_, _, caption):
                assert sheet is not None
                drawn = isinstance(reply, Picture) or sheet.name.endswith(".png") if sheet.photo is None else sheet.photo
                send = self.bot.send_photo if drawn else self.bot.send_document
                file = InputFile(sheet.content, sheet.name)
                sent = await send(chat, file, caption=caption, read_timeout=UPLOAD_PATIENCE, write_timeout=UPLOAD_PATIENCE)
                return sent.message_id

    async def _call(self, method: str, **parameters: Any) -> Any:
        """Telegram's answer as it came. The library's own methods make objects of what is sent and of what comes back,
        twice the work of all the rest. Names of methods are in small letters: in any others it warns of its own ones."""
        return await self.bot.do_api_request(method, api_kwargs=parameters)

    async def try_to_say(self, chat: str, message: Message) -> None:
        """Say something beside the outbox, when the store cannot be written; whether it arrives does not matter."""
        try:
            await self.carry_out(chat, message, None)
        except (Wait, TryAgain, Ambiguous, Blocked, Refused) as e:
            log.warning("an apology did not arrive: %s", type(e).__name__)


def _said(text: str, rows: tuple[tuple[Any, ...], ...]) -> dict[str, Any]:
    """A text with its buttons. Nobody looks behind its links before the person does: each opens a door."""
    preview = {"link_preview_options": {"is_disabled": True}} if "." in text else {}
    return {"text": text, "reply_markup": _keyboard(rows), **preview}


def _keyboard(rows: tuple[tuple[Any, ...], ...]) -> dict[str, Any] | None:
    if not rows:
        return None
    return {"inline_keyboard": [[{"text": b.text, "callback_data": b.token} for b in row] for row in rows]}


def _words(reason: str, token: str) -> str:
    return reason.replace(token, "<token>")[:200]
