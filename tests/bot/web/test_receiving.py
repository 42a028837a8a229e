"""How the bot tells Telegram which way it wants its updates, and settings that do not fit together."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import pytest

from bot.settings import Settings
from bot.telegram import receiving
from bot.telegram.connection import Line, make_bot
from bot.telegram.polling import poll
from bot.telegram.receiving import announce, withdraw
from bot.telegram.updates import WANTED
from bot.waiting import until
from bot.web.doors import doors_of
from scoring.errors import ZipingError
from tests.bot.serving import free_address
from tests.botapi import BotApiServer, Refuse, ServerError, TooMany

URL = "https://bot.example.org/hook"
SECRET = "s" * 24


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server


def on_line(server: BotApiServer, doing: Callable[[Line, asyncio.Event], Awaitable[Any]]) -> Any:
    async def whole() -> Any:
        async with make_bot(server.token, server.url) as line:
            return await asyncio.wait_for(doing(line, asyncio.Event()), 20)

    return asyncio.run(whole())


async def seen(server: BotApiServer, predicate: Callable[[], object]) -> None:
    await asyncio.to_thread(server.waits_for, predicate)


def test_the_webhook_is_told_with_its_secret_and_told_again_when_somebody_took_it_off(
    server: BotApiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "CHECKING", 0.01)

    async def doing(line: Line, stop: asyncio.Event) -> None:
        telling = asyncio.create_task(announce(line, URL, SECRET, stop))
        await seen(server, lambda: server.state.hook)
        assert server.state.hook is not None
        assert (server.state.hook.url, server.state.hook.secret) == (URL, SECRET)
        assert server.state.queue.allowed == frozenset(WANTED)
        await line.bot.delete_webhook()
        await seen(server, lambda: server.state.hook)
        stop.set()
        await telling

    on_line(server, doing)
    assert len(server.called("setWebhook")) == 2


def test_it_is_told_until_telegram_listens(server: BotApiServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receiving, "FIRST_PAUSE", 0.01)
    resolving = Refuse(400, "Bad Request: bad webhook: Failed to resolve host: Temporary failure in name resolution")
    for fault in (ServerError(), resolving, ServerError(html=True)):
        server.fail_next("setWebhook", fault)

    async def doing(line: Line, stop: asyncio.Event) -> None:
        telling = asyncio.create_task(announce(line, URL, SECRET, stop))
        await seen(server, lambda: server.state.hook)
        stop.set()
        await telling

    on_line(server, doing)
    assert len(server.called("setWebhook")) == 4


def test_a_webhook_telegram_does_not_take_is_told_in_one_sentence(server: BotApiServer) -> None:
    with pytest.raises(ZipingError, match=r"Telegram 不接受 WEBHOOK_URL：.*https"):
        on_line(server, lambda line, stop: announce(line, "http://bot.example.org/hook", SECRET, stop))


def test_a_token_telegram_does_not_know_is_told_in_one_sentence(server: BotApiServer) -> None:
    server.fail_next("*", Refuse(401, "Unauthorized"))
    with pytest.raises(ZipingError, match="TELEGRAM_TOKEN"):
        on_line(server, withdraw)


def test_who_is_told_to_wait_waits_no_longer_than_he_serves(server: BotApiServer) -> None:
    server.fail_next("deleteWebhook", TooMany(3_000))

    async def doing(line: Line, stop: asyncio.Event) -> None:
        telling = asyncio.create_task(withdraw(line, stop))
        await seen(server, lambda: [c for c in server.called("deleteWebhook") if c.answer == "429"])
        stop.set()
        await telling

    on_line(server, doing)


def test_who_polls_takes_the_webhook_off_and_loses_nothing(server: BotApiServer) -> None:
    server.person(1).says("waits for the webhook")

    async def doing(line: Line, stop: asyncio.Event) -> list[int]:
        await line.bot.set_webhook(URL, secret_token=SECRET)
        came: list[int] = []

        async def receive(arrivals: Any) -> None:
            came.extend(a.update_id for a in arrivals)
            stop.set()

        async def ours() -> bool:
            return True

        await poll(line, receive, ours, stop)
        return came

    assert len(on_line(server, doing)) == 1


GOOD = {"receiving": "webhook", "webhook_url": "https://bot.example.org/telegram/hook", "webhook_secret": SECRET}


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"webhook_secret": "short"}, "WEBHOOK_SECRET"),
        ({"webhook_secret": "有空格的 密钥" * 9}, "WEBHOOK_SECRET"),
        ({"webhook_url": ""}, "WEBHOOK_URL"),
        ({"webhook_url": "bot.example.org"}, "WEBHOOK_URL"),
        ({"listen": ""}, "LISTEN"),
        ({"listen": "here"}, "监听地址看不懂"),
        ({"metrics_listen": "127.0.0.1:x"}, "监听地址看不懂"),
    ],
)
def test_settings_that_do_not_fit_are_told_in_one_sentence(wrong: dict[str, str], sentence: str) -> None:
    with pytest.raises(ZipingError, match=sentence):
        doors_of(Settings(_env_file=None, **{**GOOD, "listen": free_address(), **wrong}))  # type: ignore[arg-type,call-arg]


def test_settings_that_fit() -> None:
    doors = doors_of(Settings(_env_file=None, **GOOD, listen=free_address()))  # type: ignore[arg-type,call-arg]
    assert (doors.webhook_url, doors.path) == (GOOD["webhook_url"], "/telegram/hook")
    assert SECRET not in repr(doors)
    polled = doors_of(Settings(_env_file=None, webhook_url=URL, webhook_secret=SECRET))  # type: ignore[arg-type,call-arg]
    assert (polled.listen, polled.webhook_url) == ("", "")


def test_work_ends_by_itself_or_is_broken_off_in_time() -> None:
    async def whole() -> list[str]:
        ended: list[str] = []
        stop = asyncio.Event()

        async def obeys() -> None:
            await stop.wait()
            ended.append("by itself")

        async def hangs() -> None:
            try:
                await asyncio.Event().wait()
            finally:
                ended.append("broken off")

        async def fails() -> None:
            raise ZipingError("不行")

        asyncio.get_running_loop().call_soon(stop.set)
        await until(stop, obeys(), 60)
        await until(stop, hangs(), 0.01)
        with pytest.raises(ZipingError):
            await until(asyncio.Event(), fails(), 60)
        return ended

    assert asyncio.run(whole()) == ["by itself", "broken off"]
