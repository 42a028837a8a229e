"""Serving over real sockets: what the server itself refuses, the end of it, and what it must never write down."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.web import serving
from bot.web.app import make_app
from bot.web.health import Health
from bot.web.intake import Intake
from bot.web.serving import bind, serve_http
from bot.web.webhook import LARGEST, Webhook
from dialogs.events import Arrival
from scoring.errors import ZipingError
from tests.bot.serving import free_address
from tests.bot.web.asking import PATH, SECRET, update

BODY = json.dumps(update(7, text="李敏的答案")).encode()


class House:
    """A served application with a webhook over a list, and pages that fail or take as long as they are let."""

    def __init__(self) -> None:
        self.stop = asyncio.Event()
        self.gate = asyncio.Event()
        self.inside = asyncio.Event()
        self.stored: list[int] = []
        self.writers: list[asyncio.StreamWriter] = []
        self.address = free_address()
        hook = Webhook("1", SECRET, Intake(self.receive), lambda status: None)
        pages = [Route("/l/{token}", self.page), Route("/slow", self.slow)]
        health = Health(None, "", self.stop)  # type: ignore[arg-type]
        self.app: Starlette = make_app(health, hook, PATH, pages)

    async def receive(self, arrivals: Sequence[Arrival]) -> None:
        self.stored += [a.update_id for a in arrivals]

    async def page(self, request: Request) -> Response:
        raise RuntimeError("13800138000")

    async def slow(self, request: Request) -> Response:
        self.inside.set()
        await self.gate.wait()
        return PlainTextResponse("到底了")

    async def opened(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        host, _, port = self.address.partition(":")
        reader, writer = await asyncio.open_connection(host, int(port))
        self.writers.append(writer)
        return reader, writer

    async def hung_up(self) -> None:
        for writer in self.writers:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def sent(self, *pieces: bytes) -> bytes:
        """All that comes back until the server closes."""
        reader, writer = await self.opened()
        with suppress(ConnectionError):  # refused before all of it was sent
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
        with suppress(ConnectionError):
            return await reader.read()
        return b""


def post(body: bytes, *headers: str, length: bool = True) -> bytes:
    head = [f"POST {PATH} HTTP/1.1", "Host: x", "Connection: close", f"X-Telegram-Bot-Api-Secret-Token: {SECRET}", *headers]
    return "\r\n".join([*head, *([f"Content-Length: {len(body)}"] if length else []), "", ""]).encode() + body


def served(doing: Callable[[House], Awaitable[Any]]) -> House:
    async def whole() -> House:
        house = House()
        serving_it = asyncio.create_task(serve_http(house.app, house.address, house.stop))
        while True:
            with suppress(ConnectionError):
                await house.opened()
                break
            await asyncio.sleep(0)
            assert not serving_it.done(), serving_it.exception()
        try:
            await doing(house)
        finally:
            house.stop.set()
            await serving_it
            await house.hung_up()
        with pytest.raises(ConnectionError):
            await house.opened()
        return house

    return asyncio.run(asyncio.wait_for(whole(), 30))


def test_an_update_over_the_wire_whole_and_in_pieces() -> None:
    async def doing(house: House) -> None:
        assert (await house.sent(post(BODY))).startswith(b"HTTP/1.1 200")
        pieces = [f"{len(p):x}\r\n".encode() + p + b"\r\n" for p in (BODY[:5], BODY[5:])]
        head = post(b"", "Transfer-Encoding: chunked", length=False)
        assert (await house.sent(head, *pieces, b"0\r\n\r\n")).startswith(b"HTTP/1.1 200")
        assert house.stored == [7, 7]

    served(doing)


def test_a_body_without_end_is_cut_off() -> None:
    async def doing(house: House) -> None:
        piece = b"10000\r\n" + b" " * 65536 + b"\r\n"
        head = post(b"", "Transfer-Encoding: chunked", length=False)
        came = await house.sent(head, *([piece] * 4000))
        assert came == b"" or came.startswith(b"HTTP/1.1 413")  # the connection may be gone before it can be read
        assert (await house.sent(post(b"", f"Content-Length: {LARGEST + 1}", length=False))).startswith(b"HTTP/1.1 413")
        assert house.stored == []

    served(doing)


@pytest.mark.parametrize(
    "said",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200 + b"\r\n\r\n",
        b"SPEAK FRIEND AND ENTER\r\n\r\n",
        b"POST " + PATH.encode() + b" HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST " + PATH.encode() + b" HTTP/1.1\r\nHost: x\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n",
        b"POST " + PATH.encode() + b" HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"POST " + PATH.encode() + b" HTTP/1.1\r\nX: " + b"x" * 70_000 + b"\r\n\r\n",
    ],
    ids=["TLS", "words", "less than nothing", "digits without end", "two lengths", "a head without end"],
)
def test_what_is_no_request_ends_the_connection(said: bytes) -> None:
    async def doing(house: House) -> None:
        came = await house.sent(said)
        assert came == b"" or came.startswith(b"HTTP/1.1 400")
        assert (await house.sent(post(BODY))).startswith(b"HTTP/1.1 200")

    served(doing)


def test_who_asks_nothing_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "HEAD_PATIENCE", 0.05)

    async def doing(house: House) -> None:
        assert await house.sent() == b""
        assert await house.sent(b"POST /") == b""

    served(doing)


def test_there_are_only_so_many_connections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "MOST", 5)

    async def doing(house: House) -> None:
        held = []
        for _ in range(8):
            reader, writer = await house.opened()
            with suppress(ConnectionError):
                writer.write(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
                if (await reader.readline()).startswith(b"HTTP/1.1 200"):
                    held.append(writer)
        assert len(held) in (4, 5)  # the one that found out that there is a server may not have been forgotten yet
        held.pop().close()
        for _ in range(100):  # until the server has noticed
            if (await house.sent(post(BODY))).startswith(b"HTTP/1.1 200"):
                break
        else:
            raise AssertionError("nobody is let in any more")

    served(doing)


def test_a_request_at_hand_is_finished_and_one_that_never_ends_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    async def doing(house: House) -> None:
        asking = asyncio.create_task(house.sent(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n"))
        await house.inside.wait()
        house.stop.set()
        house.gate.set()
        assert "到底了" in (await asking).decode()

    served(doing)
    monkeypatch.setattr(serving, "LAST_WORDS", 0.05)

    async def hanging(house: House) -> None:
        asking = asyncio.create_task(house.sent(b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n"))
        await house.inside.wait()
        house.stop.set()
        await asking

    served(hanging)


def test_a_defect_is_said_kindly_and_its_address_and_its_words_are_in_no_log(caplog: pytest.LogCaptureFixture) -> None:
    async def doing(house: House) -> None:
        came = (await house.sent(b"GET /l/token-that-opens-a-door HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")).decode()
        assert came.startswith("HTTP/1.1 500")
        assert "请稍后再试一次" in came
        assert "Traceback" not in came
        assert (await house.sent(post(BODY))).startswith(b"HTTP/1.1 200")
        wrong = post(BODY).replace(SECRET.encode(), b"guessed-guessed-guessed-guessed")
        assert (await house.sent(wrong)).startswith(b"HTTP/1.1 403")

    with caplog.at_level(logging.DEBUG):
        served(doing)
    assert [r.getMessage().strip() for r in caplog.records if r.levelno >= logging.ERROR] == ["Exception in ASGI application"]
    told = "\n".join(record.getMessage() for record in caplog.records)
    for private in ("token-that-opens-a-door", SECRET, "guessed", "李敏", "/l/"):
        assert private not in told


@pytest.mark.parametrize("listen", ["8080", ":8080", "127.0.0.1", "127.0.0.1:http", "127.0.0.1:70000"])
def test_an_address_that_is_none(listen: str) -> None:
    with pytest.raises(ZipingError, match="监听地址看不懂"):
        bind(listen)


def test_an_address_that_is_taken() -> None:
    with bind("127.0.0.1:0") as taken:
        taken.listen()
        with pytest.raises(ZipingError, match=r"不能在 .* 监听"):
            bind(f"127.0.0.1:{taken.getsockname()[1]}")
