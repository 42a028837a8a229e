"""Files fetched from Telegram: what an update announces, what fetching can come to, and the errands of a process."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from bot.errands import Errands
from bot.outcomes import Refused, TryAgain, Wait
from bot.telegram.connection import Line, make_bot
from bot.telegram.files import fetch
from bot.telegram.updates import arrival, understand
from dialogs.events import FileSent, Sent
from dialogs.evidence import fetching
from dialogs.evidence.inspecting import LARGEST
from dialogs.store import evidence
from dialogs.store.engine import reading
from tests.botapi import BotApiServer, Drop, Person, Refuse, ServerError, TooMany
from tests.botapi.files import document, photo
from tests.botapi.pictures import jpeg
from tests.dialogs.county import County, Somebody
from tests.dialogs.desk import tiny_packs


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server


@pytest.fixture
def filler(server: BotApiServer) -> Person:
    return server.person(1001)


def announced(server: BotApiServer) -> list[FileSent]:
    """The files of the updates that wait, as the conversation sees them."""
    found = []
    for raw in server.state.queue.hand_out(100):
        event = understand(arrival("1", raw).body, 99)
        assert event is not None
        assert isinstance(event.action, Sent)
        if event.action.file is not None:
            found.append(event.action.file)
    return found


def on_line(server: BotApiServer, work: Callable[[Line], Awaitable[Any]]) -> Any:
    async def whole() -> Any:
        async with make_bot(server.token, server.url) as line:
            return await work(line)

    return asyncio.run(whole())


def fetched(server: BotApiServer, reference: str, largest: int = LARGEST) -> Any:
    return on_line(server, lambda line: fetch(line.bot, reference, largest))


def test_an_update_announces_its_file(server: BotApiServer, filler: Person) -> None:
    large = jpeg(1280, 960, words="大")
    filler.sends_photo(large, caption="三公经费决算表")
    filler.sends_document("合同.pdf", b"%PDF-1.7 %%EOF")
    filler.sends_document("录像.mp4", b"", size=30 * 1024 * 1024)
    filler.sends_album(photo(jpeg(words="一")), document("表.docx", b"PK"), caption="一组")
    one, two, three, four, five = announced(server)
    assert (one.name, one.media_type, one.caption, one.album) == ("", "image/jpeg", "三公经费决算表", "")
    assert fetched(server, one.id) == large  # the largest of its sizes
    assert (two.name, two.media_type, two.size) == ("合同.pdf", "application/pdf", 14)
    assert three.size == 30 * 1024 * 1024
    assert four.album == five.album != ""
    assert (four.caption, five.caption) == ("一组", "")


@pytest.mark.parametrize(
    "content",
    [
        {"photo": {}},
        {"photo": []},
        {"photo": [None, {"file_id": 7}, {"width": 9}]},
        {"document": {}},
        {"document": {"file_id": None, "file_name": []}},
        {"photo": [{"file_id": "a", "width": "x", "file_size": -1}], "caption": 9, "media_group_id": {}},
    ],
)
def test_a_file_shaped_oddly_is_no_trouble(content: dict[str, Any]) -> None:
    message = {"message_id": 3, "chat": {"id": 1, "type": "private"}, "from": {"id": 1, "is_bot": False}} | content
    event = understand(arrival("1", {"update_id": 7, "message": message}).body, 99)
    assert event is not None
    assert isinstance(event.action, Sent)
    assert event.action.file is None or event.action.file == FileSent("a", "", "image/jpeg", 0)


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        (TooMany(3), Wait),
        (ServerError(502), TryAgain),
        (ServerError(500, html=True), TryAgain),
        (Drop(before=True), TryAgain),
        (Drop(before=False), TryAgain),
        (Refuse(400, "Bad Request: file is too big"), Refused),
        (Refuse(400, "Bad Request: wrong file_id or the file is temporarily unavailable"), Refused),
    ],
)
def test_fetching_comes_to_one_of_a_closed_set(
    server: BotApiServer, filler: Person, fault: object, outcome: type[Exception]
) -> None:
    filler.sends_photo()
    server.fail_next("getFile", fault)
    with pytest.raises(outcome) as e:
        fetched(server, announced(server)[0].id)
    assert server.token not in repr(e.value)
    if outcome is Refused:
        assert str(e.value) in ("too_big", "gone")


def test_a_file_larger_than_may_be_is_not_taken(server: BotApiServer, filler: Person) -> None:
    filler.sends_document("表.pdf", bytes(3000))
    with pytest.raises(Refused, match="too_big"):
        fetched(server, announced(server)[0].id, 2000)


class Desk:
    """Errands over a county, with a messenger that does as told."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.county = County(engine, tiny_packs(folder))
        self.filler: Somebody = self.county.filler(unit := self.county.unit("民政局"))
        self.filing = self.county.filing(unit)
        self.filler.says("/start").taps("民政局 · 2020年度 · 小表")
        self.answers: dict[str, list[bytes | Exception]] = {}
        self.told = 0

    async def fetch(self, reference: str, largest: int) -> bytes:
        found = self.answers[reference].pop(0)
        if isinstance(found, Exception):
            raise found
        return found

    def run(self, work: Callable[[Errands], Awaitable[Any]]) -> Any:
        async def in_thread(function: Callable[..., object], *arguments: object) -> object:
            return function(*arguments)

        def told() -> None:
            self.told += 1

        return asyncio.run(work(Errands(self.county.office, self.fetch, in_thread, told)))  # type: ignore[arg-type]

    def kept(self) -> int:
        with reading(self.county.office.engine) as c:
            return len(evidence.listed(c, self.filing))


@pytest.fixture
def desk(engine: Engine, tmp_path: Path) -> Desk:
    return Desk(engine, tmp_path)


def test_errands_fetch_check_keep_and_tell(desk: Desk) -> None:
    desk.answers = {"a": [jpeg(words="a")], "b": [Wait(7), jpeg(words="b")], "c": [TryAgain(), b"MZ"], "d": [Refused("gone")]}
    for reference in desk.answers:
        desk.filler.sends(reference, f"{reference}.jpg")

    async def all_of_it(errands: Errands) -> None:
        while await errands.fetch_one():
            pass
        assert not await errands.tell_one()  # two are still on their way
        desk.county.clock.now += 7
        while await errands.fetch_one():
            pass
        desk.county.clock.now += fetching.QUIET
        assert await errands.tell_one()
        assert not await errands.tell_one()

    desk.run(all_of_it)
    desk.county.works()
    desk.filler.sees("已存 2 个", "“c.jpg”没存：这是程序", "“d.jpg”没存：Telegram 那边已经取不到了")
    assert desk.kept() == 2
    assert desk.told == 1


def test_the_person_is_told_after_a_while_though_one_file_will_not_come(desk: Desk) -> None:
    desk.answers = {"a": [jpeg(words="a")], "b": [TryAgain()] * 3}  # type: ignore[list-item]
    for reference in desk.answers:
        desk.filler.sends(reference)

    async def two_looks(errands: Errands) -> None:
        while await errands.fetch_one():
            pass
        desk.county.clock.now += fetching.PATIENCE
        assert await errands.tell_one()

    desk.run(two_looks)
    desk.county.works()
    desk.filler.sees("已存 1 个")


def test_a_stopped_process_ends_its_errands(desk: Desk) -> None:
    async def stopped(errands: Errands) -> None:
        stop = asyncio.Event()
        task = asyncio.create_task(errands.run(stop))
        stop.set()
        await asyncio.wait_for(task, 10)

    desk.run(stopped)


def test_a_file_through_the_whole_line(server: BotApiServer, filler: Person, desk: Desk) -> None:
    """The reference an update carries is the one that fetches the bytes."""
    content = jpeg(words="整条线")
    filler.sends_photo(content)
    file = announced(server)[0]
    desk.filler.sends(file.id, file.name, file.caption, file.size)

    async def over_http(line: Line) -> None:
        async def in_thread(function: Callable[..., object], *arguments: object) -> object:
            return function(*arguments)

        errands = Errands(desk.county.office, partial(fetch, line.bot), in_thread, lambda: None)  # type: ignore[arg-type]
        assert await errands.fetch_one()

    on_line(server, over_http)
    assert desk.kept() == 1
