"""S12: whatever anybody says, every message that leaves is one Telegram takes: nothing in it is read as markup, nothing is cut
in two, nothing is longer than it may be.

Fillers, a reviewer and an administrator say hostile texts and press whatever they are shown; each reply is carried out by the
channel towards a Telegram that parses strictly. Then texts of any length are cut to a message by themselves.
"""

import asyncio
import random
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any, cast
from unittest.mock import patch

from telegram import Bot

from bot.outcomes import Refused
from bot.telegram.channel import TelegramChannel
from dialogs.handling import handle_next
from dialogs.outgoing import Sheet, claim, sent
from dialogs.reminding.ticking import tick
from dialogs.replies import Message
from scoring.textgate import clean
from templates import messages
from tests.botapi.refusals import TOAST, Refusal, bad, checked_caption, checked_keyboard, checked_text, units
from tests.dialogs.county import County, Somebody
from tests.dialogs.desk import tiny_packs
from tests.dialogs.tiny import tiny
from tests.fuzz.texts import HOSTILE, texts
from tests.soak import Red, expect
from tests.stores import empty_sqlite

GOAL = "S12"
AMOUNT = {"quick": 150, "full": 100_000}
TEETH = ("as_html", "cut_by_letters", "cut_in_two")
SPOKEN = 25  # one in so many is said to the conversation, the others are only cut to a message
WHILE = 150  # texts said in one county, before another is begun
SHEET = Sheet("表.docx", b"x")
ROOM = (0, 40, 700)


class Strict:
    """A bot towards a Telegram that refuses whatever it may refuse."""

    token = "1:x"

    def __init__(self) -> None:
        self.calls = 0

    async def do_api_request(self, method: str, api_kwargs: dict[str, Any]) -> dict[str, int]:
        """Take it, or raise Refusal."""
        self.calls += 1
        given = {k: v for k, v in api_kwargs.items() if v is not None}
        if method == "answercallbackquery":
            if units(given.get("text", "")) > TOAST:
                raise bad("MESSAGE_TOO_LONG")
        else:
            text = checked_text(given)
            checked_keyboard(given)
            _parsed(given.get("parse_mode", ""), given["text"])
            text.encode()
            quiet = given.get("link_preview_options", {}).get("is_disabled", False)
            expect(quiet or "." not in text, "a page whose address was typed is fetched and shown")
        return {"message_id": self.calls}

    async def send_document(self, _chat: int, _file: object, caption: str = "", **_: object) -> "Strict":
        """The caption of a file."""
        checked_caption({"caption": caption})
        caption.encode()
        return self

    send_photo = send_document
    message_id = 1


TAG = re.compile(r"<(/?)(b|i|u|s|code|pre|blockquote)>")


def _parsed(mode: str, text: str) -> None:
    """Telegram's HTML: a few tags, each closed in its turn; any other < cannot be parsed."""
    if mode.lower() != "html":
        return
    opened: list[str] = []
    for closing, tag in TAG.findall(text):
        if not closing:
            opened.append(tag)
        elif not opened or opened.pop() != tag:
            raise bad("can't parse entities: unmatched end tag")
    if opened or "<" in TAG.sub("", text):
        raise bad("can't parse entities: unsupported start tag")


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    """So many texts."""
    dice, spoken = random.Random(seed), SPOKEN if amount >= AMOUNT["full"] else 5
    strict, source = Strict(), texts(dice, longest=20_000)
    with _bug(planted):
        for begun in range(0, amount, WHILE * spoken):  # a filing with a history of thousands is slow to tell
            _while(strict, dice, list(islice(source, min(WHILE * spoken, amount - begun))), spoken)
    return {"texts": amount, "said in conversations": -(-amount // spoken), "messages": strict.calls}


def _while(strict: Strict, dice: random.Random, said: Sequence[str], spoken: int) -> None:
    """One county's talk."""
    channel = TelegramChannel(cast(Bot, strict))
    with tempfile.TemporaryDirectory(prefix="ziping-") as folder, empty_sqlite() as engine, asyncio.Runner() as talk:
        town = County(engine, tiny_packs(Path(folder)))
        try:
            for number, text in enumerate(said):
                _cut(dice, text)
                if number % spoken == 0:
                    _said(town, dice, text, channel, talk)
        except (Refusal, Refused, UnicodeError) as e:
            raise Red(f"Telegram would not take it: {e}") from e


def _cut(dice: random.Random, text: str) -> None:
    """A text of any length, as the gate leaves it, as one message."""
    text = clean(text)
    for long in (text, (text or "字") * dice.choice((1, 300, 5000))):
        room = dice.choice(ROOM)
        fitted = messages.fit(long, room)
        expect(units(fitted) <= messages.LIMIT - room, f"{units(fitted)} units of {text[:40]!r}")
        expect(not any("\ud800" <= c <= "\udfff" for c in fitted), f"{text[:40]!r} is cut within a letter")
        kept = fitted.removesuffix("\n" + messages.ELLIPSIS)
        expect(long.startswith(kept), f"cut, {text[:40]!r} says something else")
        expect(len(long) > len(kept) or fitted == long, f"{text[:40]!r} is cut where nothing need be")


def _everybody(town: County) -> Iterator[Somebody]:
    if not town.everybody:
        unit = town.unit("民政局")
        town.filing(unit)
        town.filler(unit, "王芳").says("/start").taps("民政局 · 2020年度 · 小表")
        town.filler(unit, "李雷")
        town.reviewer(unit, "周正")
        town.administrator("管理员")
    yield from town.everybody.values()


def _said(town: County, dice: random.Random, text: str, channel: TelegramChannel, talk: asyncio.Runner) -> None:
    """Somebody says it, presses something, and everybody's replies are carried out."""
    filler, *others = _everybody(town)
    who = dice.choice((filler, filler, filler, *others))
    who.arrives({"said": f"第{tiny().numbers['problems']}题"})  # a question that takes any words, and reads them back
    who.arrives({"said": f"问题{dice.choice(HOSTILE)}{text}"})
    shown = [b for r in who.received[-3:] if isinstance(r, Message) for row in r.buttons for b in row]
    if shown:
        who.arrives({"pressed": next((b.token for b in shown if "确认" in b.text), dice.choice(shown).token)})
    who.arrives({"said": dice.choice(("名字", "/start", "目录", "修改记录", "成员名单", "审核", text, dice.choice(HOSTILE)))})
    while handle_next(town.office):
        pass
    while True:
        parcel = claim(town.office)
        if parcel is None:
            if not tick(town.office).queued:
                return
            continue
        talk.run(channel.carry_out(parcel.chat, parcel.reply, SHEET))
        town.everybody[parcel.chat].received.append(parcel.reply)
        sent(town.office, parcel, parcel.id)


def _bug(planted: str) -> ExitStack:
    """Sent as HTML without escaping; cut after so many letters; cut in the middle of a pair."""
    stack = ExitStack()
    if planted == "as_html":
        call = TelegramChannel._call

        async def as_html(self: TelegramChannel, method: str, **parameters: Any) -> Any:
            return await call(self, method, **parameters, parse_mode="HTML")

        stack.enter_context(patch.object(TelegramChannel, "_call", as_html))
    elif planted == "cut_by_letters":
        stack.enter_context(patch.object(messages, "fit", lambda text, kept_free=0: text[: messages.LIMIT - kept_free]))
    elif planted == "cut_in_two":

        def halved(text: str, kept_free: int = 0) -> str:
            raw = text.encode("utf-16-le", "surrogatepass")[: 2 * (messages.LIMIT - kept_free) - 2]
            return raw.decode("utf-16-le", "surrogatepass")

        stack.enter_context(patch.object(messages, "fit", halved))
    return stack
