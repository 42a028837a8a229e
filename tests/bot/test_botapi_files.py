"""Files up and down at the Bot API server of the tests, checked with the library the bot uses, over real HTTP.

From pytest. Not here: the bot, and what the server does without files.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from telegram import Bot, InputMediaDocument, InputMediaPhoto, Message
from telegram.error import BadRequest, Forbidden, NetworkError

from tests.botapi import BotApiServer, Drop, Person, ServerError, document, jpeg, photo, png

MEGABYTE = 1024 * 1024


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server


@pytest.fixture
def filler(server: BotApiServer) -> Person:
    return server.person(id=1001, name="张会计")


def run(server: BotApiServer, doing: Callable[[Bot], Awaitable[Any]]) -> Any:
    async def whole() -> Any:
        async with Bot(server.token, base_url=server.base_url, base_file_url=server.base_file_url) as bot:
            return await doing(bot)

    return asyncio.run(whole())


async def messages(bot: Bot) -> list[Message]:
    return [update.message for update in await bot.get_updates() if update.message]


def test_a_photo_comes_in_several_sizes_the_largest_of_them_as_it_was_taken(server: BotApiServer, filler: Person) -> None:
    taken = jpeg(1280, 960, words="合同首页")
    filler.sends_photo(taken, caption="合同")

    async def doing(bot: Bot) -> None:
        (message,) = await messages(bot)
        assert [(size.width, size.height) for size in message.photo] == [(90, 67), (320, 240), (800, 600), (1280, 960)]
        assert len({size.file_id for size in message.photo}) == 4
        assert message.caption == "合同"
        contents = [bytes(await (await size.get_file()).download_as_bytearray()) for size in message.photo]
        assert contents[-1] == taken
        assert [size.file_size for size in message.photo] == [len(content) for content in contents]
        assert (await message.photo[-1].get_file()).file_path.endswith("/photos/file_4.jpg")

    run(server, doing)


def test_a_document_tells_name_kind_and_size(server: BotApiServer, filler: Person) -> None:
    filler.sends_document("佐证/合同.pdf", b"%PDF-1.7")
    filler.sends_document("", b"MZ", mime="")

    async def doing(bot: Bot) -> None:
        named, nameless = [message.document for message in await messages(bot)]
        assert named
        assert (named.file_name, named.mime_type, named.file_size) == ("佐证/合同.pdf", "application/pdf", 8)
        assert nameless
        assert (nameless.file_name, nameless.mime_type) == (None, None)
        where = (await named.get_file()).file_path
        assert where
        assert where.endswith("/documents/file_1.pdf")

    run(server, doing)


def test_an_album_is_a_message_for_each_file_with_one_group(server: BotApiServer, filler: Person) -> None:
    filler.sends_album(photo(jpeg(tone=10)), photo(jpeg(tone=20)), caption="两页")
    filler.sends_album(document("a.pdf", b"%PDF"), document("b.pdf", b"%PDF"))

    async def doing(bot: Bot) -> None:
        first, second, third, fourth = await messages(bot)
        assert first.media_group_id == second.media_group_id
        assert third.media_group_id == fourth.media_group_id != first.media_group_id
        assert [m.caption for m in (first, second, third, fourth)] == ["两页", None, None, None]
        assert [bool(m.photo) for m in (first, second, third, fourth)] == [True, True, False, False]

    run(server, doing)


def test_more_than_twenty_megabytes_cannot_be_fetched(server: BotApiServer, filler: Person) -> None:
    filler.sends_document("视频.mp4", b"x", size=20 * MEGABYTE)
    filler.sends_document("视频.mp4", b"x", size=20 * MEGABYTE + 1)

    async def doing(bot: Bot) -> None:
        small, large = [message.document for message in await messages(bot)]
        assert small
        await small.get_file()
        assert large
        assert large.file_size == 20 * MEGABYTE + 1
        with pytest.raises(BadRequest, match="File is too big"):
            await large.get_file()

    run(server, doing)


def test_a_download_meets_faults_and_knows_its_token(server: BotApiServer, filler: Person) -> None:
    filler.sends_document("合同.pdf", b"%PDF")

    async def doing(bot: Bot) -> None:
        (message,) = await messages(bot)
        assert message.document
        file = await message.document.get_file()
        for fault in (ServerError(502), Drop()):
            server.fail_next("download", fault)
            with pytest.raises(NetworkError):
                await file.download_as_bytearray()
        assert file.file_path
        for wrong in (file.file_path.replace("file_1", "file_2"), file.file_path.replace("123456:", "123457:")):
            with pytest.raises(HTTPError, match="404"):
                await asyncio.to_thread(urlopen, wrong)

    run(server, doing)
    assert [call.answer for call in server.called("download")][:2] == ["502", "dropped before"]


def test_a_picture_in_the_chat_changes_into_another(server: BotApiServer, filler: Person) -> None:
    async def doing(bot: Bot) -> None:
        sent = await bot.send_photo(1001, png(), filename="进度.png", caption="一半")
        await sent.edit_media(InputMediaPhoto(png(tone=9), caption="全部", filename="进度.png"))
        with pytest.raises(BadRequest, match="Message is not modified"):
            await sent.edit_media(InputMediaPhoto(png(tone=9), caption="全部", filename="进度.png"))
        with pytest.raises(BadRequest, match="There is no text in the message to edit"):
            await sent.edit_text("全部")
        await sent.edit_caption("好了")
        with pytest.raises(BadRequest, match="Message is not modified"):
            await sent.edit_caption("好了")
        text = await bot.send_message(1001, "正在生成")
        await text.edit_media(InputMediaDocument(b"PK", filename="汇总.xlsx"))
        with pytest.raises(BadRequest, match="There is no caption"):
            await (await bot.send_message(1001, "字")).edit_caption("字")
        await (await bot.send_message(1001, "多余")).delete()
        with pytest.raises(BadRequest, match="Message to delete not found"):
            await bot.delete_message(1001, 404)

    run(server, doing)
    picture, file, _ = filler.screen
    assert (picture.text, picture.file and picture.file.content) == ("好了", png(tone=9))
    assert (file.kind, file.file and file.file.name) == ("document", "汇总.xlsx")


def test_a_link_is_followed_as_telegram_does(server: BotApiServer, filler: Person) -> None:
    filler.follows("https://t.me/ziping_test_bot?start=iAB-c_9")
    filler.follows("t.me/ziping_test_bot")
    assert [entry.text for entry in filler.chat] == ["/start iAB-c_9", "/start"]
    for wrong in ("https://t.me/another_bot?start=1", "http://t.me/ziping_test_bot", f"t.me/ziping_test_bot?start={'x' * 65}"):
        with pytest.raises(AssertionError):
            filler.follows(wrong)


def test_who_blocked_the_bot_gets_no_file_until_they_are_back(server: BotApiServer, filler: Person) -> None:
    filler.blocks()
    with pytest.raises(Forbidden):
        run(server, lambda bot: bot.send_document(1001, b"x", filename="a.docx"))
    filler.unblocks()
    filler.says("/start")
    run(server, lambda bot: bot.send_document(1001, b"x", filename="a.docx"))
    assert filler.documents == [("a.docx", b"x")]


def test_the_pictures_are_pictures() -> None:
    resvg = pytest.importorskip("resvg_py")
    import base64

    for content, kind in ((jpeg(64, 48, tone=100), "jpeg"), (jpeg(640, 480, tone=20), "jpeg"), (png(), "png")):
        image = base64.b64encode(content).decode()
        svg = (
            '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="64" height="48">'
            f'<image width="64" height="48" xlink:href="data:image/{kind};base64,{image}"/></svg>'
        )
        empty = bytes(resvg.svg_to_bytes(svg_string=svg.replace(image, "")))
        assert bytes(resvg.svg_to_bytes(svg_string=svg)) != empty
