"""The Bot API server of the tests pushing updates, checked with the library the bot uses and a webhook that does as told.

From pytest. Not here: the bot.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any

import pytest
from aiohttp import web
from telegram import Bot
from telegram.error import BadRequest

from tests.botapi import BotApiServer, Drop
from tests.botapi.delivering import SECRET


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server


class Webhook:
    """Answers what it is told: the next status of an update, 200 when nothing is said."""

    def __init__(self) -> None:
        self.came: list[tuple[int, int]] = []  # (chat, update)
        self.secrets: set[str] = set()
        self.answers: dict[int, list[int]] = {}
        self.at_once = Counter[int]()
        self.together = 0
        self.url = ""

    async def start(self) -> web.AppRunner:
        app = web.Application()
        app.router.add_post("/hook", self.receive)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
        return runner

    async def receive(self, request: web.Request) -> web.Response:
        raw = await request.json()
        chat, number = raw["message"]["chat"]["id"], raw["update_id"]
        self.secrets.add(request.headers.get(SECRET, ""))
        self.at_once[chat] += 1
        assert self.at_once[chat] == 1, "two updates of one chat at once"
        self.together = max(self.together, self.at_once.total())
        await asyncio.sleep(0)
        self.at_once[chat] -= 1
        status = self.answers.get(number, [200]).pop(0) if self.answers.get(number) else 200
        if 200 <= status < 300:
            self.came.append((chat, number))
        return web.Response(status=status)


Doing = Callable[[Bot, Sequence[Webhook]], Awaitable[Any]]


def pushed(server: BotApiServer, doing: Doing, workers: int = 1) -> list[Webhook]:
    hooks = [Webhook() for _ in range(workers)]

    async def whole() -> None:
        runners = [await hook.start() for hook in hooks]
        try:
            async with Bot(server.token, base_url=server.base_url) as bot:
                await doing(bot, hooks)
                await asyncio.to_thread(server.waits_for, lambda: not server.state.queue.waiting)
        finally:
            for runner in runners:
                await runner.cleanup()

    asyncio.run(whole())
    return hooks


def test_what_waits_and_what_comes_is_pushed_with_the_secret(server: BotApiServer) -> None:
    server.person(1).says("before")

    async def doing(bot: Bot, hooks: Sequence[Webhook]) -> None:
        await bot.set_webhook(hooks[0].url, secret_token="s-1")
        server.person(2).says("after")

    (hook,) = pushed(server, doing)
    assert hook.secrets == {"s-1"}
    assert [chat for chat, _ in hook.came] == [1, 2]
    assert len(server.confirmed) == 2


def test_each_chat_in_order_and_chats_beside_each_other_whatever_is_refused(server: BotApiServer) -> None:
    people = [server.person(n) for n in range(1, 9)]
    for n in range(10):
        for person in people:
            person.says(str(n))

    async def doing(bot: Bot, hooks: Sequence[Webhook]) -> None:
        hooks[0].answers = {number: [503, 500] for number in server.pending[::7]}
        await bot.set_webhook(hooks[0].url)

    (hook,) = pushed(server, doing)
    assert len(hook.came) == len(set(hook.came)) == 80
    for person in people:
        mine = [number for chat, number in hook.came if chat == person.id]
        assert mine == sorted(mine)
    assert hook.together > 1
    assert Counter(call.answer for call in server.called("webhook"))["503"] == 12


def test_an_answer_that_is_lost_makes_it_come_twice_and_a_call_that_is_lost_only_once(server: BotApiServer) -> None:
    server.person(1).says("hello")
    server.fail_next("webhook", Drop(before=False))
    server.person(2).says("hello")
    server.fail_next("webhook", Drop(before=True))

    async def doing(bot: Bot, hooks: Sequence[Webhook]) -> None:
        await bot.set_webhook(hooks[0].url)

    (hook,) = pushed(server, doing)
    assert Counter(chat for chat, _ in hook.came) == {1: 2, 2: 1}


def test_a_proxy_takes_the_workers_in_turn_and_passes_over_one_that_is_away(server: BotApiServer) -> None:
    address = "https://bot.example.org/hook"

    async def doing(bot: Bot, hooks: Sequence[Webhook]) -> None:
        server.behind(address, hooks[0].url, "http://127.0.0.1:9/hook", hooks[1].url)
        await bot.set_webhook(address)
        for n in range(12):
            server.person(n + 1).says("hello")

    hooks = pushed(server, doing, workers=2)
    assert len(hooks[0].came) + len(hooks[1].came) == 12
    assert hooks[0].came
    assert hooks[1].came


def test_after_deleting_it_updates_wait_to_be_fetched(server: BotApiServer) -> None:
    async def doing(bot: Bot, hooks: Sequence[Webhook]) -> None:
        await bot.set_webhook(hooks[0].url)
        await bot.delete_webhook()
        server.person(1).says("hello")
        assert len(await bot.get_updates()) == 1
        await bot.get_updates(offset=-1)
        server.state.queue.clear()

    (hook,) = pushed(server, doing)
    assert hook.came == []


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"url": "http://bot.example.org/hook"}, "HTTPS URL"),
        ({"url": "https://bot.example.org/hook", "secret_token": "a b"}, "unallowed characters"),
        ({"url": "https://bot.example.org/hook", "max_connections": 101}, "max_connections"),
    ],
    ids=["no TLS", "a secret with a space", "too many connections"],
)
def test_what_telegram_refuses_is_refused(server: BotApiServer, wrong: dict[str, Any], why: str) -> None:
    async def doing(bot: Bot, hooks: Sequence[Webhook]) -> None:
        with pytest.raises(BadRequest, match=f"(?i){why}"):
            await bot.set_webhook(**wrong)

    pushed(server, doing)
