"""The Bot API server of the tests, checked with the library the bot uses, over real HTTP.

From pytest. Not here: the bot.
"""

import asyncio
import json
import struct
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from itertools import pairwise
from typing import Any
from urllib.request import urlopen

import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Conflict, EndPointNotFound, Forbidden, InvalidToken, NetworkError, RetryAfter, TimedOut

from tests.botapi import BotApiServer, Drop, Hang, Person, Refuse, ServerError, TooMany

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBBI", 13, b"IHDR", 300, 200, 8, 2, 0, 0, 0, 0)
Doing = Callable[[Bot], Awaitable[Any]]


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server


@pytest.fixture
def filler(server: BotApiServer) -> Person:
    return server.person(id=1001, name="张会计")


def bot_of(server: BotApiServer, token: str = "") -> Bot:
    return Bot(token or server.token, base_url=server.base_url, base_file_url=server.base_file_url)


def run(server: BotApiServer, doing: Doing) -> Any:
    async def whole() -> Any:
        async with bot_of(server) as bot:
            return await doing(bot)

    return asyncio.run(whole())


def run_uninitialized(server: BotApiServer, doing: Doing) -> None:
    """Without getMe before it, which would meet a fault meant for any method."""

    async def whole() -> None:
        bot = bot_of(server)
        try:
            await doing(bot)
        finally:
            for request in bot._request:
                await request.shutdown()

    asyncio.run(whole())


def keys(*rows: dict[str, str]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(text, callback_data=data) for text, data in row.items()] for row in rows])


def texts(updates: tuple[Update, ...]) -> list[str | None]:
    return [update.message.text if update.message else None for update in updates]


# Offsets.


def test_an_update_stays_until_a_higher_offset_confirms_it(server: BotApiServer, filler: Person) -> None:
    for text in "一二三":
        filler.says(text)

    async def doing(bot: Bot) -> None:
        first = await bot.get_updates()
        assert texts(first) == ["一", "二", "三"]
        assert texts(await bot.get_updates()) == ["一", "二", "三"]
        assert texts(await bot.get_updates(offset=first[0].update_id)) == ["一", "二", "三"]
        assert texts(await bot.get_updates(offset=first[0].update_id + 1, limit=1)) == ["二"]
        assert texts(await bot.get_updates(offset=first[2].update_id + 1)) == []
        assert texts(await bot.get_updates(offset=0)) == []

    run(server, doing)
    assert server.pending == []
    assert len(server.confirmed) == 3
    assert all(a < b for a, b in pairwise(server.confirmed))


def test_a_negative_offset_forgets_all_but_the_last(server: BotApiServer, filler: Person) -> None:
    for text in "一二三":
        filler.says(text)
    assert texts(run(server, lambda bot: bot.get_updates(offset=-1))) == ["三"]
    assert texts(run(server, lambda bot: bot.get_updates())) == ["三"]


def test_a_long_poll_ends_when_something_arrives_or_the_server_closes(server: BotApiServer, filler: Person) -> None:
    async def doing(bot: Bot) -> None:
        poll = asyncio.create_task(bot.get_updates(timeout=30))
        await asyncio.to_thread(server.waits_for, lambda: server.called("getUpdates"))
        said = filler.says("31")
        (update,) = await poll
        assert update.message
        assert update.message.message_id == said.message_id
        poll = asyncio.create_task(bot.get_updates(offset=update.update_id + 1, timeout=30))
        await asyncio.to_thread(server.waits_for, lambda: server.confirmed)
        await asyncio.to_thread(server.close)
        assert await poll == ()

    run(server, doing)


def test_a_negative_timeout_does_not_wait(server: BotApiServer) -> None:
    assert run(server, lambda bot: bot.get_updates(timeout=-5, read_timeout=10)) == ()


def test_only_allowed_kinds_arrive_and_the_setting_stays(server: BotApiServer, filler: Person) -> None:
    async def doing(bot: Bot) -> None:
        await bot.get_updates(allowed_updates=["message"])
        said = filler.says("旧")
        filler.edits(said, "新")
        (update,) = await bot.get_updates()
        assert update.message
        assert update.message.text == "旧"
        await bot.get_updates(offset=update.update_id + 1, allowed_updates=[])
        filler.edits(said, "更新")
        (update,) = await bot.get_updates()
        assert update.edited_message
        assert update.edited_message.text == "更新"

    run(server, doing)


def test_of_two_polls_the_earlier_one_meets_a_conflict(server: BotApiServer, filler: Person) -> None:
    async def doing(bot: Bot) -> None:
        earlier = asyncio.create_task(bot.get_updates(timeout=30))
        await asyncio.to_thread(server.waits_for, lambda: server.called("getUpdates"))
        async with bot_of(server) as second:
            later = asyncio.create_task(second.get_updates(timeout=30))
            with pytest.raises(Conflict, match="terminated by other getUpdates request"):
                await earlier
            filler.says("在")
            assert texts(await later) == ["在"]

    run(server, doing)


def test_confirmed_updates_come_again_whatever_the_offset(server: BotApiServer, filler: Person) -> None:
    filler.says("一")
    filler.says("二")

    async def doing(bot: Bot) -> None:
        first, second = await bot.get_updates()
        after = second.update_id + 1
        assert await bot.get_updates(offset=after) == ()
        assert server.redeliver([second.update_id]) == [second.update_id]
        assert texts(await bot.get_updates(offset=after)) == ["二"]
        assert server.pending == [second.update_id]
        assert await bot.get_updates(offset=after) == ()
        filler.says("三")
        assert server.replay_all() == [first.update_id, second.update_id]
        assert texts(await bot.get_updates(offset=after)) == ["一", "二", "三"]
        with pytest.raises(AssertionError, match="not confirmed"):
            server.redeliver([99])

    run(server, doing)


def test_what_waits_can_go_out_in_another_order(server: BotApiServer, filler: Person) -> None:
    for text in "一二三":
        filler.says(text)
    server.reorder()
    assert texts(run(server, lambda bot: bot.get_updates())) == ["三", "二", "一"]
    server.reorder([server.pending[1]])
    assert texts(run(server, lambda bot: bot.get_updates())) == ["二", "三", "一"]


def test_a_webhook_and_polling_exclude_each_other(server: BotApiServer, filler: Person) -> None:
    filler.says("一")

    async def doing(bot: Bot) -> None:
        await bot.set_webhook("https://example.org/hook")
        assert (await bot.get_webhook_info()).pending_update_count == 1
        with pytest.raises(Conflict, match="webhook is active"):
            await bot.get_updates()
        await bot.delete_webhook(drop_pending_updates=True)
        assert await bot.get_updates() == ()

    run(server, doing)


# Refusals.

REFUSALS: list[tuple[str, Doing]] = [
    ("Message text is empty", lambda b: b.send_message(1001, " \n")),
    ("Message is too long", lambda b: b.send_message(1001, "字" * 4097)),
    ("Message is too long", lambda b: b.send_message(1001, "😀" * 2049)),
    ("Button_data_invalid", lambda b: b.send_message(1001, "好", reply_markup=keys({"长": "字" * 22}))),
    ("Text buttons are unallowed", lambda b: b.send_message(1001, "好", reply_markup=keys({"空": ""}))),
    ("Message caption is too long", lambda b: b.send_document(1001, b"x", caption="字" * 1025)),
    ("Chat not found", lambda b: b.send_message(4004, "好")),
    ("File must be non-empty", lambda b: b.send_document(1001, b"")),
    ("Wrong file identifier", lambda b: b.send_document(1001, "no-such-file")),
    ("Image_process_failed", lambda b: b.send_photo(1001, b"not a picture")),
    ("Message to edit not found", lambda b: b.edit_message_text("好", 1001, 77)),
    ("Message can't be edited", lambda b: b.edit_message_text("好", 1001, 1)),
    ("Query is too old and response timeout expired or query id is invalid", lambda b: b.answer_callback_query("1")),
    ("Invalid file_id", lambda b: b.get_file("no-such-file")),
    ("Wrong parameter action in request", lambda b: b.send_chat_action(1001, "dancing")),
    ("Bot_command_invalid", lambda b: b.set_my_commands([BotCommand("Start!", "开始")])),
]


@pytest.mark.parametrize(("words", "doing"), REFUSALS)
def test_refused_as_telegram_refuses(server: BotApiServer, filler: Person, words: str, doing: Doing) -> None:
    filler.says("/start")
    with pytest.raises(BadRequest, match=f"(?i){words}"):
        run(server, doing)
    assert server.calls[-1].answer.startswith("400 Bad Request: ")
    assert len(filler.chat) == 1


def test_the_limits_themselves_pass(server: BotApiServer, filler: Person) -> None:
    async def doing(bot: Bot) -> None:
        await bot.send_message(1001, "😀" * 2048, reply_markup=keys({"满": "x" * 64}, {"一": "1"}))
        await bot.send_document(1001, b"x", caption="字" * 1024)

    run(server, doing)


def test_an_edit_that_changes_nothing_is_refused(server: BotApiServer, filler: Person) -> None:
    async def doing(bot: Bot) -> None:
        sent = await bot.send_message(1001, "一", reply_markup=keys({"好": "ok"}))
        with pytest.raises(BadRequest, match="Message is not modified"):
            await sent.edit_text("一 ", reply_markup=keys({"好": "ok"}))
        await sent.edit_text("一")  # without a keyboard the keyboard goes: a change
        with pytest.raises(BadRequest, match="Message is not modified"):
            await sent.edit_reply_markup(None)
        await sent.edit_reply_markup(keys({"好": "ok"}))
        filler.deletes(filler.newest)
        with pytest.raises(BadRequest, match="Message to edit not found"):
            await sent.edit_text("二")
        file = await bot.send_document(1001, b"x")
        with pytest.raises(BadRequest, match="There is no text in the message to edit"):
            await file.edit_text("二")

    run(server, doing)
    assert [len(entry.buttons) for entry in filler.chat] == [1, 0, 1, 0]


def test_an_unknown_token_and_an_unknown_method(server: BotApiServer) -> None:
    with pytest.raises(EndPointNotFound, match="not found"):
        run(server, lambda bot: bot.do_api_request("makeCoffee"))
    server.token = "999:OTHER"
    with pytest.raises(InvalidToken, match="Unauthorized"):
        run_uninitialized(server, lambda bot: bot.get_me())


def test_who_blocked_the_bot_gets_nothing(server: BotApiServer, filler: Person) -> None:
    server.block(filler)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        run(server, lambda bot: bot.send_message(1001, "在吗"))
    with pytest.raises(AssertionError, match="blocked the bot"):
        filler.says("在")
    server.unblock(filler)
    run(server, lambda bot: bot.send_message(1001, "在吗"))
    assert filler.newest.text == "在吗"
    statuses = [u.my_chat_member.new_chat_member.status for u in run(server, lambda bot: bot.get_updates()) if u.my_chat_member]
    assert statuses == ["kicked", "member"]


# Faults.


def test_too_many_requests_are_not_accepted(server: BotApiServer, filler: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # the library warns of the older way, and warnings are errors here
    server.fail_next("sendMessage", TooMany(retry_after=7), times=2)

    async def doing(bot: Bot) -> None:
        for _ in range(2):
            with pytest.raises(RetryAfter) as caught:
                await bot.send_message(1001, "一")
            assert caught.value.retry_after == timedelta(seconds=7)
        await bot.send_message(1001, "二")

    run(server, doing)
    assert [entry.text for entry in filler.chat] == ["二"]


@pytest.mark.parametrize("html", [False, True])
def test_a_server_error_is_not_accepted(server: BotApiServer, filler: Person, html: bool) -> None:
    server.fail_next("*", ServerError(502, html=html))
    with pytest.raises(NetworkError, match="Bad Gateway"):
        run_uninitialized(server, lambda bot: bot.send_message(1001, "一"))
    assert filler.chat == []


@pytest.mark.parametrize(("before", "arrived"), [(True, []), (False, ["一"])])
def test_a_connection_closes_before_or_after_the_call_is_accepted(
    server: BotApiServer, filler: Person, before: bool, arrived: list[str]
) -> None:
    server.fail_next("sendMessage", Drop(before=before))
    with pytest.raises(NetworkError):
        run(server, lambda bot: bot.send_message(1001, "一"))
    assert [entry.text for entry in filler.chat] == arrived
    assert server.calls[-1].answer == ("dropped before" if before else "dropped after")


def test_an_answer_lost_after_getupdates_confirms_the_offset_and_loses_no_update(server: BotApiServer, filler: Person) -> None:
    filler.says("一")
    filler.says("二")

    async def doing(bot: Bot) -> None:
        first = (await bot.get_updates())[0].update_id
        server.fail_next("getUpdates", Drop(before=False))
        with pytest.raises(NetworkError):
            await bot.get_updates(offset=first + 1)
        assert server.confirmed == [first]
        assert texts(await bot.get_updates()) == ["二"]

    run(server, doing)


def test_a_fault_reaches_a_bot_that_is_already_polling(server: BotApiServer) -> None:
    async def doing(bot: Bot) -> None:
        poll = asyncio.create_task(bot.get_updates(timeout=30))
        await asyncio.to_thread(server.waits_for, lambda: server.called("getUpdates"))
        server.fail_next("getUpdates", ServerError(502))
        assert await poll == ()
        with pytest.raises(NetworkError, match="Bad Gateway"):
            await bot.get_updates(timeout=30)

    run(server, doing)
    assert server.faults_left("getUpdates") == 0


def test_a_poll_ends_when_its_client_gives_up(server: BotApiServer) -> None:
    with pytest.raises(TimedOut):
        run(server, lambda bot: bot.get_updates(timeout=30, read_timeout=-29.9))
    server.waits_for(lambda: server.calls[-1].answer == "given up")


def test_a_call_hangs_until_the_client_gives_up(server: BotApiServer, filler: Person) -> None:
    server.fail_next("sendMessage", Hang())
    with pytest.raises(TimedOut):
        run(server, lambda bot: bot.send_message(1001, "一", read_timeout=0.1))
    assert filler.newest.text == "一"


def test_a_call_hangs_until_it_is_released(server: BotApiServer, filler: Person) -> None:
    server.fail_next("sendMessage", Hang())

    async def doing(bot: Bot) -> None:
        sending = asyncio.create_task(bot.send_message(1001, "一"))
        await asyncio.to_thread(filler.sees, "一")
        assert not sending.done()
        server.waits_for(lambda: server.called("sendMessage")[-1].answer == "ok")
        server.release()
        assert (await sending).text == "一"
        server.fail_next("sendMessage", Hang(seconds=0.05))
        assert (await bot.send_message(1001, "二")).text == "二"

    run(server, doing)


def test_a_fault_for_one_chat_leaves_the_others(server: BotApiServer, filler: Person) -> None:
    server.person(id=1002, name="李出纳")
    server.fail_next("sendMessage", Refuse(403, "Forbidden: user is deactivated"), to=1002)

    async def doing(bot: Bot) -> None:
        await bot.send_message(1001, "一")
        with pytest.raises(Forbidden, match="user is deactivated"):
            await bot.send_message(1002, "一")

    run(server, doing)


# People.


def test_a_person_taps_and_the_bot_answers(server: BotApiServer, filler: Person) -> None:
    async def doing(bot: Bot) -> None:
        await bot.send_message(1001, "去年 31 人", reply_markup=keys({"沿用上年": "a", "改一改": "b"}, {"改日再说": "c"}))
        filler.taps("沿用")
        (update,) = await bot.get_updates()
        query = update.callback_query
        assert query
        assert query.data == "a"
        assert query.message
        assert query.message.message_id == filler.newest.message_id
        assert filler.unanswered == [query.id]
        await query.answer("记下了")
        with pytest.raises(BadRequest, match="Query is too old"):
            await query.answer("又记下了")
        await query.edit_message_text("满分 2 分")
        filler.presses("forged", message_id=4004)
        forged = (await bot.get_updates(offset=update.update_id + 1))[0].callback_query
        assert forged
        assert forged.message
        assert not forged.message.is_accessible
        server.expire_queries()
        with pytest.raises(BadRequest, match="Query is too old"):
            await forged.answer()

    run(server, doing)
    assert filler.toasts == ["记下了"]
    assert filler.sees_toast("记下") == "记下了"
    assert filler.sees("满分 2 分").edited
    assert filler.buttons == ()
    with pytest.raises(AssertionError, match="no message with buttons"):
        filler.taps("沿用上年")


def test_a_button_that_is_not_there_is_told_with_those_that_are(server: BotApiServer, filler: Person) -> None:
    run(server, lambda bot: bot.send_message(1001, "好吗", reply_markup=keys({"好": "y", "不好": "n"})))
    filler.taps("好")
    with pytest.raises(AssertionError, match=r"no button '是'; there are: \[好\], \[不好\]"):
        filler.taps("是")
    run(server, lambda bot: bot.send_message(1001, "定吗", reply_markup=keys({"是的": "y", "不是": "n"})))
    with pytest.raises(AssertionError, match=r"several buttons fit '是'"):
        filler.taps("是")


def test_seeing_goes_forward_and_fails_with_the_transcript(server: BotApiServer, filler: Person) -> None:
    async def doing(bot: Bot) -> None:
        for text in ("第 1 题", "第 2 题", "第 1 题又来"):
            await bot.send_message(1001, text)

    run(server, doing)
    filler.says("第 2 题")
    assert filler.sees("第 2 题").who == "bot"
    assert filler.sees("第 1 题").text == "第 1 题又来"
    with pytest.raises(
        AssertionError, match=r"(?s)张会计 does not see '第 1 题' within 0.01 s.*#3 bot: 第 1 题又来\n.*#4 张会计: 第 2 题"
    ):
        filler.sees("第 1 题", timeout=0.01)


def test_everything_a_person_can_send_is_read_by_the_library(server: BotApiServer, filler: Person) -> None:
    filler.says("/start x")
    filler.sends_sticker()
    filler.sends_voice()
    filler.sends_document("决算.docx", b"PK", caption="给你")
    filler.sends_photo()

    async def doing(bot: Bot) -> None:
        start, sticker, voice, document, photo = [u.message for u in await bot.get_updates() if u.message]
        assert start.parse_entities() == {start.entities[0]: "/start"}
        assert sticker.sticker
        assert voice.voice
        assert photo.photo
        assert document.document
        assert document.document.file_name == "决算.docx"
        file = await bot.get_file(document.document.file_id)
        assert bytes(await file.download_as_bytearray()) == b"PK"

    run(server, doing)


def test_files_of_the_bot_arrive_whole(server: BotApiServer, filler: Person) -> None:
    async def doing(bot: Bot) -> None:
        sent = await bot.send_document(
            1001, b"PK\x03\x04" * 1000, filename="自评报告.docx", caption="请看", reply_markup=keys({"好": "y"})
        )
        await bot.send_photo(1001, PNG, filename="计分.png")
        assert sent.document
        await bot.send_document(1001, sent.document.file_id)
        await bot.send_chat_action(1001, "upload_document")
        await bot.set_my_commands([BotCommand("start", "开始")])

    run(server, doing)
    assert filler.documents == [("自评报告.docx", b"PK\x03\x04" * 1000)] * 2
    assert filler.photos == [("计分.png", PNG)]
    assert filler.sees("自评报告.docx").text == "请看"
    assert [button.data for button in filler.screen[0].buttons] == ["y"]
    assert server.commands == [{"command": "start", "description": "开始"}]
    assert server.called("sendDocument")[0].params["chat_id"] == 1001


def test_an_update_of_a_group_is_pushed_as_it_is(server: BotApiServer) -> None:
    chat = {"id": -5, "type": "group", "title": "财务群"}
    sender = {"id": 9, "is_bot": False, "first_name": "王"}
    server.push({"message": {"message_id": 1, "date": 1, "chat": chat, "from": sender, "text": "在吗"}})
    (update,) = run(server, lambda bot: bot.get_updates())
    assert update.message.chat.type == "group"
    run(server, lambda bot: bot.send_message(-5, "请私聊"))
    assert [entry.text for entry in server.chat(-5)] == ["请私聊"]


def test_plain_query_strings_work_for_trying_by_hand(server: BotApiServer) -> None:
    with urlopen(f"{server.base_url}{server.token}/getMe?x=1") as answer:
        assert json.load(answer)["result"]["username"] == "ziping_test_bot"


def test_a_port_that_is_taken_is_said_at_once(server: BotApiServer) -> None:
    with pytest.raises(OSError, match="address already in use"):
        BotApiServer(port=server.port).start()
