"""Calls over HTTP: through proxies, cut off, garbled; what a call has come to is never guessed."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from telegram.error import NetworkError, TelegramError

from bot.outcomes import Ambiguous, Blocked, Refused, TryAgain
from bot.telegram.channel import TelegramChannel
from bot.telegram.connection import make_bot
from bot.telegram.request import NeverLeft, Request, SocksRequest, Unanswered, request
from dialogs.outgoing import Sheet
from dialogs.replies import File, Message
from tests.botapi import BotApiServer

TOKEN = "123456:" + "x" * 35
SENT = b'{"ok":true,"result":{"message_id":7,"date":1,"chat":{"id":1001,"type":"private"},"text":"x"}}'

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def listening(talk: Talk) -> AsyncIterator[int]:
    """A server that speaks as told, and its port."""

    async def one(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer)
        finally:
            writer.close()

    server = await asyncio.start_server(one, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def heard(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """One request: its head and its body."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next((int(line.split(b":")[1]) for line in head.splitlines() if line.lower().startswith(b"content-length")), 0)
    return head, await reader.readexactly(length)


def answering(body: bytes, status: int = 200, seen: list[bytes] | None = None) -> Talk:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head, said = await heard(reader)
        if seen is not None:
            seen.append(head + said)
        writer.write(b"HTTP/1.1 %d Whatever\r\nContent-Length: %d\r\n\r\n" % (status, len(body)) + body)
        await writer.drain()

    return talk


SAID = Message("三公经费 2.47 万元")


def carried(talk: Talk, reply: Any = SAID, sheet: Sheet | None = None) -> int:
    async def whole() -> int:
        async with listening(talk) as port, make_bot(TOKEN, f"http://127.0.0.1:{port}") as line:
            return await TelegramChannel(line.bot).carry_out("telegram:1001", reply, sheet)

    return asyncio.run(whole())


@pytest.mark.parametrize("garbled", [b"", b"<html>", b'{"ok":true,"resu', b"[]", b'{"ok":true}', b"\xff\xfe", b"[" * 100_000])
def test_an_answer_nobody_can_read_may_be_to_a_message_that_arrived(garbled: bytes, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(Ambiguous):
        carried(answering(garbled))
    assert not garbled or garbled.decode("latin-1") not in "".join(
        r.getMessage() for r in caplog.records if r.name != "telegram.Bot"
    )


@pytest.mark.parametrize("status", [302, 400, 403, 404, 407, 413, 500, 502, 504])
def test_a_page_of_some_gateway_is_not_a_word_of_the_person_or_of_telegram(status: int) -> None:
    """A captive portal's 403 is not a person who blocked the bot; nothing was accepted, and it is tried again."""
    with pytest.raises(TryAgain):
        carried(answering(b"<html>no</html>", status))


def test_refusals_of_telegram_are_telegrams() -> None:
    with pytest.raises(Blocked):
        carried(answering(b'{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}', 403))
    with pytest.raises(Refused):
        carried(answering(b'{"ok":false,"error_code":400,"description":"Bad Request: whatever"}', 400))


def test_a_message_is_sent_once_and_not_followed_elsewhere() -> None:
    """A connection that is cut after the message left is not made again; nor does a redirection take the message along."""
    seen: list[bytes] = []

    async def cut(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append((await heard(reader))[1])

    with pytest.raises(Ambiguous):
        carried(cut)
    assert len(seen) == 1


def test_the_name_of_a_file_travels_as_it_is() -> None:
    """As UTF-8, which Telegram reads; not by percent signs, which it would show."""
    seen: list[bytes] = []
    assert carried(answering(SENT, seen=seen), File("d", "第 1 版"), Sheet("自评 报告.docx", b"PK")) == 7
    assert 'filename="自评 报告.docx"'.encode() in seen[0]
    assert b"PK" in seen[0]


def test_through_a_proxy_of_the_settings_or_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    seen: list[bytes] = []

    async def work(in_environment: bool) -> None:
        async with listening(answering(SENT, seen=seen)) as port:
            proxy = f"http://127.0.0.1:{port}"
            if in_environment:
                monkeypatch.setenv("HTTP_PROXY", proxy)
            async with make_bot(TOKEN, "http://telegram.invalid", "" if in_environment else proxy) as line:
                await TelegramChannel(line.bot).carry_out("telegram:1001", Message("好"), None)

    asyncio.run(work(in_environment=False))
    asyncio.run(work(in_environment=True))
    assert all(s.startswith(b"POST http://telegram.invalid/bot") for s in seen)
    assert len(seen) == 2
    monkeypatch.setenv("NO_PROXY", "telegram.invalid")
    with pytest.raises(TryAgain):  # nobody is called so
        asyncio.run(work(in_environment=True))


def test_through_a_socks_proxy() -> None:
    with BotApiServer() as server:
        person = server.person(1001)

        async def socks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            greeting = await reader.readexactly(2)
            await reader.readexactly(greeting[1])
            writer.write(b"\x05\x00")
            asked = await reader.readexactly(4)
            await reader.readexactly({1: 4, 3: (await reader.readexactly(1))[0] if asked[3] == 3 else 0}[asked[3]] + 2)
            there_reader, there = await asyncio.open_connection("127.0.0.1", server.port)
            writer.write(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00")
            head, body = await heard(reader)
            there.write(head + body)
            writer.write(await there_reader.read(65536))
            await writer.drain()
            there.close()

        async def work() -> int:
            async with (
                listening(socks) as port,
                make_bot(server.token, "http://telegram.invalid", f"socks5://127.0.0.1:{port}") as line,
            ):
                assert isinstance(line.bot.request, SocksRequest)
                return await TelegramChannel(line.bot).carry_out("telegram:1001", Message("好"), None)

        number = asyncio.run(work())
        assert (person.newest.message_id, person.newest.text) == (number, "好")


@pytest.mark.parametrize("proxy", ["", "http://127.0.0.1:9", "socks5://127.0.0.1:9"])
def test_no_connection_means_nothing_left(proxy: str) -> None:
    async def work() -> None:
        async with request(1, "http://127.0.0.1:9", proxy) as calls:
            await calls.post(f"http://127.0.0.1:9/bot{TOKEN}/getMe")

    with pytest.raises(NeverLeft) as e:
        asyncio.run(work())
    assert TOKEN not in repr(e.value)
    assert e.value.__cause__ is None


@pytest.mark.parametrize("kind", [Request, SocksRequest])
def test_both_clients_come_to_the_same_ends(kind: type) -> None:
    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await heard(reader)
        await reader.read()  # until the other end gives up

    async def came_to(talk: Talk) -> type[Exception]:
        async with listening(talk) as port, kind(read_timeout=0.3) as calls:
            with pytest.raises(TelegramError) as e:
                await calls.post(f"http://127.0.0.1:{port}/bot{TOKEN}/getMe")
            assert TOKEN not in repr(e.value)
            return type(e.value)

    async def cut(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await heard(reader)

    async def half(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await heard(reader)
        writer.write(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"ok":true,"result":')

    async def no_http(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await heard(reader)
        writer.write(b"220 mail.example ESMTP\r\n")

    for talk in (silent, cut, half, no_http, answering(b"<html>")):
        assert asyncio.run(came_to(talk)) is Unanswered, talk
    assert asyncio.run(came_to(answering(b"<html>", 502))) is NetworkError
    assert asyncio.run(came_to(answering(b'{"ok":false,"error_code":502,"description":"Bad Gateway"}', 502))) is NetworkError
