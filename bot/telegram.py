"""Telegram as a channel: updates polled into the inbox, replies sent; python-telegram-bot is transport only.

An update is confirmed to Telegram only after `receive` has stored it. What sending can come to is a small closed
set of exceptions. No token and no text of a person appears in any of them. Not here: the conversation.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut
from telegram.request import BaseRequest, HTTPXRequest

from bot.outcomes import Ambiguous, Blocked, Refused, TryAgain, Wait
from bot.waiting import first_of
from dialogs.events import Arrival, Event, Pressed, Said, Sent
from dialogs.outgoing import Sheet
from dialogs.replies import File, Message, Picture, Reply, Toast
from scoring.errors import ZipingError

log = logging.getLogger(__name__)

CHANNEL = "telegram"
LONG_POLL = 25  # seconds Telegram holds an empty poll open
BATCH = 100
WANTED = ["message", "edited_message", "callback_query", "my_chat_member"]
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0  # seconds between polls that failed
PATIENCE = 20  # seconds for the answer to a send
UPLOAD_PATIENCE = 60

Receive = Callable[[Sequence[Arrival]], Awaitable[None]]


class Malformed(ValueError):
    """An update that is not shaped like one."""


@dataclass(frozen=True, slots=True)
class Line:
    """The two connections to Telegram: the bot that sends, and the one that polls. Nothing is called to make them."""

    bot: Bot
    polling: BaseRequest


@asynccontextmanager
async def make_bot(token: str, api_base: str = "", proxy: str = "") -> AsyncIterator[Line]:
    """A bot ready to call. `api_base`: a local Bot API server."""
    base = api_base.rstrip("/") or "https://api.telegram.org"

    def request(read: float) -> HTTPXRequest:
        return HTTPXRequest(connection_pool_size=16, read_timeout=read, connect_timeout=10, proxy=proxy or None)

    sending, polling = request(PATIENCE), request(LONG_POLL + 10)
    await sending.initialize()
    await polling.initialize()
    try:
        yield Line(Bot(token, f"{base}/bot", f"{base}/file/bot", sending, polling), polling)
    finally:
        await sending.shutdown()
        await polling.shutdown()


async def poll(line: Line, receive: Receive, stop: asyncio.Event) -> None:
    """Hand batches of updates to `receive` until `stop`; the next poll confirms a batch, so a lost one comes again."""
    offset: int | None = None
    pause = FIRST_PAUSE
    while not stop.is_set():
        try:
            raw = await _unless(stop, _updates(line, offset))
            if raw:
                bot_id = line.bot.token.partition(":")[0]
                await receive([arrival(bot_id, update) for update in raw])
                offset = _id(raw[-1]) + 1  # not the highest: ids are not monotonic for ever
        except InvalidToken as e:
            raise ZipingError("Telegram 不认这个 TELEGRAM_TOKEN，请核对，或向 @BotFather 重新申请") from e
        except RetryAfter as e:
            await first_of(stop, seconds=_seconds(e))
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


def _seconds(e: RetryAfter) -> float:
    wait = e.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def arrival(bot_id: str, raw: dict[str, Any]) -> Arrival:
    """The envelope of an update; whatever is missing is empty, because storing must never fail on content."""
    content = next((c for k in WANTED if isinstance(c := raw.get(k), dict)), {})
    inner = content.get("message")
    message = inner if isinstance(inner, dict) else content
    chat = _number(message.get("chat")) or _number(content.get("from"))
    person = _number(content.get("from"))
    return Arrival(
        CHANNEL,
        bot_id,
        _id(raw),
        f"{CHANNEL}:{chat}" if chat else "",
        f"{CHANNEL}:{person}" if person else "",
        json.dumps(raw, ensure_ascii=True, separators=(",", ":")),
    )


def _id(raw: dict[str, Any]) -> int:
    number = raw.get("update_id")
    return number if isinstance(number, int) and 0 <= number < 2**63 else 0


def _number(owner: object) -> str:
    number = owner.get("id") if isinstance(owner, dict) else None
    return str(number) if isinstance(number, int) and not isinstance(number, bool) else ""


def understand(body: str, at: int) -> Event | None:
    """What a stored update means; None when it wants no answer. Raises Malformed."""
    try:
        raw = json.loads(body)
        if "callback_query" in raw:
            query = raw["callback_query"]
            where = query.get("message") or {}
            chat = where["chat"]["id"] if where else query["from"]["id"]
            pressed = Pressed(str(query.get("data", "")))
            return _event(pressed, chat, query["from"]["id"], at, where.get("message_id", 0), str(query["id"]))
        if "message" in raw or "edited_message" in raw:
            message = raw.get("message") or raw["edited_message"]
            sender, chat = message.get("from"), message["chat"]
            if sender is None or sender.get("is_bot"):
                return None
            if chat.get("type", "private") != "private":
                action: Said | Sent = Sent("group")
            elif "message" not in raw:
                action = Sent("edited")
            else:
                action = Said(str(message["text"])) if "text" in message else Sent(_kind(message))
            return _event(action, chat["id"], sender["id"], at, message["message_id"], "")
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as e:
        raise Malformed(type(e).__name__) from e
    return None


def _event(action: Said | Pressed | Sent, chat: object, person: object, at: int, message: object, query: str) -> Event:
    if not (isinstance(chat, int) and isinstance(person, int) and isinstance(message, int)):
        raise Malformed("ids are numbers")
    return Event(action, f"{CHANNEL}:{chat}", f"{CHANNEL}:{person}", at, message, query)


def _kind(message: dict[str, Any]) -> str:
    for name in ("sticker", "voice", "photo", "video", "location", "contact"):
        if name in message:
            return name
    return "file" if "document" in message else "other"


class TelegramChannel:
    """Carries replies out."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot

    async def carry_out(self, chat: str, reply: Reply, sheet: Sheet | None) -> int:
        """Send one reply; the id of its message. Raises Wait, TryAgain, Ambiguous, Blocked or Refused."""
        try:
            return await self._send(int(chat.partition(":")[2]), reply, sheet)
        except RetryAfter as e:
            raise Wait(max(1, round(_seconds(e) + 0.5))) from None
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
        except TimedOut as e:
            raise (TryAgain if _never_left(e) else Ambiguous) from None
        except NetworkError as e:
            raise (TryAgain if _never_left(e) or _answered(e) else Ambiguous) from None
        except InvalidToken:
            raise TryAgain from None
        except TelegramError as e:
            raise Refused(_words(str(e), self.bot.token)) from None

    async def _send(self, chat: int, reply: Reply, sheet: Sheet | None) -> int:
        match reply:
            case Toast(query, text):
                await self.bot.answer_callback_query(query, text or None)
                return 0
            case Message(text, rows, edits) if edits:
                await self.bot.edit_message_text(text, chat, edits, reply_markup=_keyboard(rows))
                return edits
            case Message(text, rows):
                return (await self.bot.send_message(chat, text, reply_markup=_keyboard(rows))).message_id
            case Picture(_, caption) | File(_, caption):
                assert sheet is not None
                send = self.bot.send_photo if isinstance(reply, Picture) else self.bot.send_document
                file = InputFile(sheet.content, sheet.name)
                sent = await send(chat, file, caption=caption, read_timeout=UPLOAD_PATIENCE, write_timeout=UPLOAD_PATIENCE)
                return sent.message_id

    async def try_to_say(self, chat: str, message: Message) -> None:
        """Say something beside the outbox, when the store cannot be written; whether it arrives does not matter."""
        try:
            await self.carry_out(chat, message, None)
        except (Wait, TryAgain, Ambiguous, Blocked, Refused) as e:
            log.warning("an apology did not arrive: %s", type(e).__name__)


def _keyboard(rows: tuple[tuple[Any, ...], ...]) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    return InlineKeyboardMarkup([[InlineKeyboardButton(b.text, callback_data=b.token) for b in row] for row in rows])


def _never_left(e: TelegramError) -> bool:
    """Whether the connection was never made, so that nothing can have arrived."""
    causes = {type(c).__name__ for c in (e.__cause__, e.__context__, getattr(e.__cause__, "__cause__", None)) if c}
    return bool(causes & {"ConnectError", "ConnectTimeout", "PoolTimeout", "ProxyError", "UnsupportedProtocol"})


def _answered(e: TelegramError) -> bool:
    """Whether the server answered, though with a 5xx or a page of HTML: then it has not accepted the message."""
    return not any(type(c).__module__.startswith("httpx") for c in (e.__cause__, e.__context__))


def _words(reason: str, token: str) -> str:
    return reason.replace(token, "<token>")[:200]
