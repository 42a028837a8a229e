"""Telegram as transport: nothing confirmed before it is stored, every fault mapped, no secret said, no update too odd."""

import asyncio
import copy
import json
import logging
import random
import sys
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any

import pytest

from bot.logging_setup import Redacting, redact
from bot.outcomes import Ambiguous, Blocked, Refused, TryAgain, Wait
from bot.settings import Settings
from bot.telegram.channel import TelegramChannel
from bot.telegram.connection import Line, make_bot
from bot.telegram.polling import poll
from bot.telegram.updates import Malformed, arrival, understand
from dialogs.events import Arrival, Event, FileSent, Pressed, Said, Sent
from dialogs.outgoing import Sheet
from dialogs.replies import Button, File, Message, Picture, Toast
from scoring.errors import ZipingError
from tests.botapi import BotApiServer, Drop, Hang, Person, Refuse, ServerError, TooMany

CHAT = "telegram:1001"


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server


@pytest.fixture(autouse=True)
def impatience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.polling.FIRST_PAUSE", 0.05)


@pytest.fixture
def filler(server: BotApiServer) -> Person:
    return server.person(1001)


async def always() -> bool:
    return True


def on_line(server: BotApiServer, work: Callable[[Line], Awaitable[Any]], token: str = "") -> Any:
    async def whole() -> Any:
        async with make_bot(token or server.token, server.url) as line:
            return await work(line)

    return asyncio.run(whole())


def sent(server: BotApiServer, reply: Any, sheet: Sheet | None = None) -> int:
    return int(on_line(server, lambda line: TelegramChannel(line.bot).carry_out(CHAT, reply, sheet)))


def polled(server: BotApiServer, enough: int, fail_first: int = 0) -> list[Arrival]:
    """What `receive` stored until there was enough; its first calls fail as if the disk were full."""
    stored: list[Arrival] = []

    async def work(line: Line) -> None:
        stop, failures = asyncio.Event(), fail_first

        async def receive(arrivals: Sequence[Arrival]) -> None:
            nonlocal failures
            if failures:
                failures -= 1
                raise OSError("disk full")
            stored.extend(arrivals)
            if len({a.update_id for a in stored}) >= enough:
                stop.set()

        await asyncio.wait_for(poll(line, receive, always, stop), 20)

    on_line(server, work)
    return stored


def test_updates_come_again_until_they_are_stored(server: BotApiServer, filler: Person) -> None:
    for text in "一二三":
        filler.says(text)
    stored = polled(server, 3, fail_first=1)
    assert [json.loads(a.body)["message"]["text"] for a in stored] == ["一", "二", "三"]
    assert {(a.channel, a.chat, a.person) for a in stored} == {("telegram", CHAT, CHAT)}
    assert server.confirmed == []  # the next poll would have confirmed them; a kill here loses nothing


@pytest.mark.parametrize(
    "fault", [TooMany(1), ServerError(502), ServerError(500, html=True), Drop(before=True), Drop(before=False)]
)
def test_polling_goes_on_after_a_fault(server: BotApiServer, filler: Person, fault: object) -> None:
    server.fail_next("getUpdates", fault)
    filler.says("一")
    assert len({a.update_id for a in polled(server, 1)}) == 1


def test_a_stopped_poll_does_not_wait_for_telegram(server: BotApiServer) -> None:
    async def work(line: Line) -> None:
        stop = asyncio.Event()

        async def receive(_: Sequence[Arrival]) -> None: ...

        task = asyncio.create_task(poll(line, receive, always, stop))
        await asyncio.to_thread(server.waits_for, lambda: server.called("getUpdates") or True)
        stop.set()
        await asyncio.wait_for(task, 5)

    on_line(server, work)


def test_a_refused_token_is_one_clear_sentence(server: BotApiServer) -> None:
    async def work(line: Line) -> None:
        async def receive(_: Sequence[Arrival]) -> None: ...

        await poll(line, receive, always, asyncio.Event())

    with pytest.raises(ZipingError, match="TELEGRAM_TOKEN") as e:
        on_line(server, work, token="1:" + "x" * 35)
    assert "xxx" not in str(e.value)


def test_a_message_with_buttons_arrives_and_can_be_replaced(server: BotApiServer, filler: Person) -> None:
    number = sent(server, Message("第 1 题", ((Button("跳过", "abc.0"), Button("说明", "abc.1")),)))
    assert filler.newest.message_id == number
    assert [(b.text, b.data) for b in filler.newest.buttons] == [("跳过", "abc.0"), ("说明", "abc.1")]
    assert sent(server, Message("√①", (), edits=number)) == number
    assert filler.newest.text == "√①"
    assert sent(server, Message("√①", (), edits=number)) == number  # unchanged is as it should be
    assert sent(server, Message("再来", (), edits=9999)) > number  # gone: said anew
    assert sent(server, Toast("no-such-query", "好")) == 0  # nobody waits any more


def test_files_arrive_with_their_names(server: BotApiServer, filler: Person) -> None:
    from tests.bot.test_botapi_server import PNG

    sent(server, File("d", "第 1 版"), Sheet("自评.docx", b"PK"))
    sent(server, Picture("d", "得分一览"), Sheet("得分.png", PNG))
    assert filler.documents == [("自评.docx", b"PK")]
    assert filler.photos[0][1] == PNG


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (TooMany(3), Wait),
        (ServerError(502), TryAgain),
        (ServerError(500, html=True), TryAgain),
        (Drop(before=False), Ambiguous),
        (Refuse(403, "Forbidden: bot was blocked by the user"), Blocked),
        (Refuse(400, "Bad Request: chat not found"), Blocked),
        (Refuse(400, "Bad Request: something nobody can mend"), Refused),
    ],
)
def test_every_fault_of_sending_is_one_of_a_closed_set(
    server: BotApiServer, filler: Person, fault: object, outcome: type[Exception]
) -> None:
    server.fail_next("sendMessage", fault)
    with pytest.raises(outcome) as e:
        sent(server, Message("三公经费 2.47 万元"))
    assert "2.47" not in str(e.value)
    assert server.token not in repr(e.value)
    if isinstance(e.value, Wait):
        assert 3 <= e.value.seconds <= 5
    assert len([x for x in filler.chat if x.who == "bot"]) == (outcome is Ambiguous)


def test_no_answer_in_time_may_have_arrived(server: BotApiServer, filler: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.telegram.connection.PATIENCE", 0.3)
    server.fail_next("sendMessage", Hang())
    with pytest.raises(Ambiguous):
        sent(server, Message("好"))
    server.release()


def test_nobody_at_the_other_end_has_certainly_got_nothing() -> None:
    async def work() -> None:
        async with make_bot("1:" + "x" * 35, "http://127.0.0.1:9") as line:
            await TelegramChannel(line.bot).carry_out(CHAT, Message("好"), None)

    with pytest.raises(TryAgain):
        asyncio.run(work())


UPDATES: list[dict[str, Any]] = [
    {
        "update_id": 7,
        "message": {
            "message_id": 3,
            "date": 1,
            "chat": {"id": 1001, "type": "private"},
            "from": {"id": 1001, "is_bot": False},
            "text": "37",
        },
    },
    {
        "update_id": 8,
        "callback_query": {
            "id": "55",
            "from": {"id": 1001, "is_bot": False},
            "data": "abc.1",
            "message": {"message_id": 4, "chat": {"id": 1001, "type": "private"}},
        },
    },
    {
        "update_id": 9,
        "edited_message": {
            "message_id": 3,
            "chat": {"id": 1001, "type": "private"},
            "from": {"id": 1001, "is_bot": False},
            "text": "38",
        },
    },
    {"update_id": 10, "my_chat_member": {"chat": {"id": 1001}, "from": {"id": 1001}}},
]


def understood(raw: dict[str, Any]) -> Event | None:
    return understand(arrival("1", raw).body, 99)


def test_what_an_update_means() -> None:
    assert understood(UPDATES[0]) == Event(Said("37"), CHAT, CHAT, 99, 3)
    assert understood(UPDATES[1]) == Event(Pressed("abc.1"), CHAT, CHAT, 99, 4, "55")
    assert understood(UPDATES[2]) == Event(Sent("edited"), CHAT, CHAT, 99, 3)
    assert understood(UPDATES[3]) is None
    for name in ("sticker", "voice", "photo", "document", "location", "dice"):
        message = {k: v for k, v in UPDATES[0]["message"].items() if k != "text"} | {name: {}}
        event = understood({"update_id": 1, "message": message})
        assert event is not None
        assert isinstance(event.action, Sent)
    group = UPDATES[0]["message"] | {"chat": {"id": -5, "type": "group"}}
    assert understood({"update_id": 1, "message": group}) == Event(Sent("group"), "telegram:-5", CHAT, 99, 3)


def test_two_thousand_broken_updates_are_malformed_and_nothing_worse() -> None:
    chance = random.Random(7)
    junk = [None, 0, -1, "", "x", [], {}, True, 2**70, [1], {"id": None}]

    def broken(value: Any) -> Any:
        if chance.random() < 0.15:
            return chance.choice(junk)
        if isinstance(value, dict):
            return {k: broken(v) for k, v in value.items() if chance.random() > 0.08}
        return value

    for _ in range(2000):
        raw = broken(copy.deepcopy(chance.choice(UPDATES)))
        if not isinstance(raw, dict):
            continue
        envelope = arrival("1", raw)
        assert isinstance(envelope.update_id, int)
        try:
            event = understand(envelope.body, 99)
        except Malformed:
            continue
        assert event is None or (event.chat.startswith("telegram:") and event.person.startswith("telegram:"))


def test_no_number_is_larger_and_no_word_odder_than_both_databases_keep() -> None:
    message, query = UPDATES[0]["message"], UPDATES[1]["callback_query"]
    for wrong in ({"message_id": 2**63}, {"chat": {"id": -(2**70)}}, {"from": {"id": True}}):
        with pytest.raises(Malformed):
            understood({"update_id": 1, "message": message | wrong})
    event = understood({"update_id": 1, "callback_query": query | {"id": "5\ud8005", "data": "a\x00b"}})
    assert event == Event(Pressed(""), CHAT, CHAT, 99, 4, "55")
    odd = {"file_id": "F\udfff1", "file_name": "批\u202e复.pdf", "mime_type": 5}
    event = understood({"update_id": 1, "message": {k: v for k, v in message.items() if k != "text"} | {"document": odd}})
    assert event is not None
    assert event.action == Sent("file", FileSent("F1", "批复.pdf"))
    assert arrival("1", {"update_id": True}).update_id == 0


def test_an_update_nested_beyond_measure_is_stored_and_malformed() -> None:
    deep: Any = "x"
    for _ in range(20_000):
        deep = [deep]
    envelope = arrival("1", UPDATES[0] | {"more": deep})
    assert (envelope.update_id, envelope.chat) == (7, CHAT)
    with pytest.raises(Malformed):
        understand(envelope.body, 99)


def test_logs_never_hold_a_token_or_a_number_of_a_person() -> None:
    token = "123456789:AAabcdefghijklmnopqrstuvwxyz0123456789"
    text = f"POST https://api.telegram.org/bot{token}/sendMessage 13812345678 0745-1234567 43120219900101123X"
    for secret in (token, "13812345678", "0745-1234567", "43120219900101123X"):
        assert secret not in redact(text)
    address = "postgresql://office:Geheim%40123@db/ziping and ABCD-1234-EFGH-5678-JKMN-9PQR-STVW"
    assert redact(address) == "postgresql://<hidden>@db/ziping and <hidden>"
    record = logging.LogRecord("x", logging.ERROR, "", 1, "call %s", (f"hush {token}",), None)
    assert "hush" not in Redacting([f"hush {token}"]).format(record)
    assert redact("update 7012345 of chat: 2.47") == "update 7012345 of chat: 2.47"


def test_debug_logging_of_a_whole_exchange_shows_no_token(
    server: BotApiServer, filler: Person, caplog: pytest.LogCaptureFixture
) -> None:
    from bot.logging_setup import set_up_logging

    kept = logging.getLogger().handlers[:]
    try:
        set_up_logging("DEBUG", (server.token,))
        handler = logging.getLogger().handlers[0]
        lines: list[str] = []
        handler.emit = lambda record: lines.append(handler.format(record))  # type: ignore[method-assign]
        sent(server, Message("好"))
        filler.says("一")
        polled(server, 1)
        assert not [x for x in lines if server.token in x]
    finally:
        logging.getLogger().handlers[:] = kept


def test_a_defect_is_logged_with_its_place_and_without_what_anybody_wrote() -> None:
    words = "".join(("小县中心", "张三", "的答案"))
    try:
        try:
            raise KeyError(words)
        except KeyError as e:
            raise ValueError(f"{words}?") from e
    except ValueError:
        record = logging.LogRecord("dialogs", logging.ERROR, __file__, 1, "event %s failed", (7,), sys.exc_info())
    told = Redacting(()).format(record)
    assert words not in told
    assert "event 7 failed" in told
    assert "in test_a_defect_is_logged_with_its_place" in told
    assert "builtins.KeyError\n… and then:" in told
    assert told.endswith("builtins.ValueError")


def test_passwords_in_addresses_are_secrets_as_they_are_written_and_as_they_are_meant() -> None:
    chosen = Settings(database_url="postgresql://office:Geheim%40123@db/ziping", telegram_proxy="socks5://me:pass@p:1080")
    assert set(chosen.secrets) >= {"Geheim%40123", "Geheim@123", "pass"}


@pytest.mark.parametrize("data", ["abcdefgh.0 ", " abcdefgh.0", "abcdefgh.0\x00", "abcdefgh\u200b.0"])
def test_a_button_that_is_not_to_the_letter_is_none(data: str) -> None:
    press = {"id": "1", "from": {"id": 5}, "message": {"message_id": 2, "chat": {"id": 5, "type": "private"}}, "data": data}
    event = understand(json.dumps({"update_id": 1, "callback_query": press}), 1)
    assert event is not None
    assert event.action == Pressed("")
