"""The webhook: who may call it, how much it reads, and that 200 means stored."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from bot.web import webhook
from bot.web.intake import Intake
from bot.web.webhook import LARGEST, SECRET_HEADER, Webhook
from dialogs.events import Arrival
from tests.bot.web.asking import PATH, SECRET, Answer, ask, update


class Desk:
    """A webhook over a list instead of a database. `fails` is raised instead of storing, `gate` is waited for."""

    def __init__(self) -> None:
        self.stored: list[list[int]] = []
        self.fails: Callable[[Sequence[Arrival]], Exception | None] = lambda arrivals: None
        self.gate = asyncio.Event()
        self.gate.set()
        self.statuses: list[int] = []
        hook = Webhook("123456", SECRET, Intake(self.receive), self.statuses.append)
        self.app = Starlette(routes=[Route(PATH, hook.answer, methods=["POST"])])

    async def receive(self, arrivals: Sequence[Arrival]) -> None:
        await self.gate.wait()
        if error := self.fails(arrivals):
            raise error
        self.stored.append([a.update_id for a in arrivals])

    async def sent(self, raw: object, **more: Any) -> Answer:
        return await ask(self.app, json.dumps(raw).encode(), **more)


def at_desk(doing: Callable[[Desk], Awaitable[Any]]) -> Any:
    async def whole() -> Any:
        return await doing(Desk())

    return asyncio.run(whole())


def test_an_update_is_stored_before_it_is_confirmed() -> None:
    async def doing(desk: Desk) -> None:
        desk.gate.clear()
        sending = asyncio.create_task(desk.sent(update(7)))
        for _ in range(50):
            await asyncio.sleep(0)
        assert not sending.done()
        desk.gate.set()
        answer = await sending
        assert (answer.status, answer.body, desk.stored) == (200, b"", [[7]])

    at_desk(doing)


@pytest.mark.parametrize("given", ["", "x", SECRET[:-1], SECRET + "0", SECRET.upper(), f" {SECRET}", "密钥", "\x00", "a" * 5000])
def test_without_the_secret_nothing_is_read(given: str) -> None:
    def nobody_asks(number: int) -> None:
        raise AssertionError("the body was asked for")

    async def doing(desk: Desk) -> None:
        body = json.dumps(update(7)).encode()
        answer = await ask(desk.app, body, headers={SECRET_HEADER: given} if given else {}, before=nobody_asks)
        assert (answer.status, answer.read, desk.stored) == (403, 0, [])
        assert desk.statuses == [403]

    at_desk(doing)


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_only_post(method: str) -> None:
    async def doing(desk: Desk) -> None:
        assert (await desk.sent(update(7), method=method)).status == 405
        assert desk.stored == []

    at_desk(doing)


def test_a_body_that_says_it_is_too_large_is_not_read() -> None:
    async def doing(desk: Desk) -> None:
        headers = {SECRET_HEADER: SECRET, "content-length": str(LARGEST + 1)}
        answer = await ask(desk.app, b"{", headers=headers)
        assert (answer.status, answer.read, answer.headers["connection"]) == (413, 0, "close")

    at_desk(doing)


def test_a_body_without_a_length_is_counted_as_it_comes() -> None:
    async def doing(desk: Desk) -> None:
        piece = b" " * 65536
        headers = {SECRET_HEADER: SECRET, "transfer-encoding": "chunked"}
        answer = await ask(desk.app, *([piece] * 1000), headers=headers)
        assert (answer.status, answer.headers["connection"]) == (413, "close")
        assert answer.read == LARGEST // len(piece) + 1
        whole = json.dumps(update(8)).encode()
        padded = [whole, *([piece] * 15)]
        assert (await ask(desk.app, *padded, headers=headers)).status == 200
        assert desk.stored == [[8]]

    at_desk(doing)


def test_a_body_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "BODY_PATIENCE", 0.01)

    async def doing(desk: Desk) -> None:
        answer = await ask(desk.app, headers={SECRET_HEADER: SECRET, "content-length": "5"})
        assert (answer.status, answer.headers["connection"]) == (408, "close")

    at_desk(doing)


NOT_UPDATES = {
    "nothing": b"",
    "no JSON": b"{update_id: 7}",
    "half": json.dumps(update(7)).encode()[:-3],
    "a list": b"[1]",
    "a number": b"7",
    "no UTF-8": b'{"update_id": 7, "x": "\xff\xfe"}',
    "no number": b'{"message": {}}',
    "a number in words": b'{"update_id": "7"}',
    "a truth": b'{"update_id": null}',
    "a negative number": b'{"update_id": -7}',
    "a number beyond the database": b'{"update_id": 18446744073709551616}',
    "digits without end": b'{"update_id": ' + b"9" * 5000 + b"}",
    "nested without end": b'{"update_id": 7, "x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
}


@pytest.mark.parametrize("body", NOT_UPDATES.values(), ids=NOT_UPDATES)
def test_what_is_no_update_is_refused_without_a_word_of_it_in_the_log(body: bytes, caplog: pytest.LogCaptureFixture) -> None:
    async def doing(desk: Desk) -> None:
        assert (await ask(desk.app, body)).status == 400
        assert desk.stored == []
        assert (await desk.sent(update(8))).status == 200

    at_desk(doing)
    told = [record.getMessage() for record in caplog.records]
    assert told == [f"the webhook was sent {len(body)} bytes that are no update"]


def test_strange_contents_are_stored_all_the_same() -> None:
    strange = [{"update_id": 1}, {"update_id": 2, "message": []}, {"update_id": 3, "message": {"text": "\ud800\u0000"}}]

    async def doing(desk: Desk) -> None:
        for raw in strange:
            assert (await desk.sent(raw)).status == 200
        assert desk.stored == [[1], [2], [3]]

    at_desk(doing)


def test_a_store_in_trouble_has_it_come_again_soon(caplog: pytest.LogCaptureFixture) -> None:
    async def doing(desk: Desk) -> None:
        desk.fails = lambda arrivals: OSError(28, "No space left on device: 13800138000")
        answer = await desk.sent(update(7))
        assert (answer.status, answer.headers["retry-after"]) == (503, "2")
        desk.fails = lambda arrivals: None
        assert (await desk.sent(update(7))).status == 200
        assert desk.stored == [[7]]

    at_desk(doing)


def test_a_store_that_hangs_is_not_waited_for_and_what_was_given_up_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(webhook, "COMMIT_PATIENCE", 0.01)

    async def doing(desk: Desk) -> None:
        desk.gate.clear()
        first = asyncio.create_task(desk.sent(update(1)))
        for _ in range(50):
            await asyncio.sleep(0)
        assert (await desk.sent(update(2))).status == 503
        assert (await first).status == 503
        desk.gate.set()
        monkeypatch.setattr(webhook, "COMMIT_PATIENCE", 4)
        assert (await desk.sent(update(2))).status == 200
        assert desk.stored == [[1], [2]]  # the first was being written already; the second came again and is there once

    at_desk(doing)


def test_what_comes_while_one_is_written_is_written_together_in_order() -> None:
    async def doing(desk: Desk) -> None:
        desk.gate.clear()
        sending = [asyncio.create_task(desk.sent(update(n))) for n in range(1, 251)]
        for _ in range(50):
            await asyncio.sleep(0)
        desk.gate.set()
        assert {answer.status for answer in await asyncio.gather(*sending)} == {200}
        assert [number for batch in desk.stored for number in batch] == list(range(1, 251))
        assert len(desk.stored) <= 4
        assert max(len(batch) for batch in desk.stored) == 100

    at_desk(doing)


def test_one_that_cannot_be_stored_does_not_keep_out_the_others() -> None:
    async def doing(desk: Desk) -> None:
        desk.fails = lambda arrivals: ValueError() if 3 in [a.update_id for a in arrivals] else None
        desk.gate.clear()
        sending = [asyncio.create_task(desk.sent(update(n))) for n in range(1, 6)]
        for _ in range(50):
            await asyncio.sleep(0)
        desk.gate.set()
        assert [(await one).status for one in sending] == [200, 200, 503, 200, 200]
        assert [number for batch in desk.stored for number in batch] == [1, 2, 4, 5]

    at_desk(doing)


def test_the_log_tells_of_wrong_secrets_now_and_then_and_never_which(caplog: pytest.LogCaptureFixture) -> None:
    async def doing(desk: Desk) -> None:
        for _ in range(500):
            await desk.sent(update(7, text="李敏的答案"), headers={SECRET_HEADER: "guessed-secret"})

    with caplog.at_level(logging.DEBUG):
        at_desk(doing)
    told = [record.getMessage() for record in caplog.records if record.name.startswith("bot")]
    assert len(told) == 1
    for private in (SECRET, "guessed-secret", "李敏"):
        assert private not in caplog.text
