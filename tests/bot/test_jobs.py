"""Work that takes a while in a serving process: a spreadsheet sent in Telegram is fetched, tried and imported; a file that
cannot be fetched is told; a process that stops gives its work back."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from bot.jobs import Jobs
from bot.outcomes import Refused, TryAgain
from dialogs.access.permissions import Action
from dialogs.bureau import kinds
from dialogs.bureau.working import Finished, Kind
from dialogs.store import counties
from dialogs.store.engine import reading
from dialogs.store.tables import jobs as rows
from tests.dialogs.bureau.test_chat import understand
from tests.dialogs.bureau.test_importing import LIST
from tests.dialogs.county import County, Somebody
from tests.dialogs.desk import tiny_packs


@pytest.fixture
def county(sqlite_engine: Engine, tmp_path: Path) -> County:
    county = County(sqlite_engine, tiny_packs(tmp_path / "packs"))
    county.office.understand["test"] = understand  # type: ignore[index]
    return county


def run(county: County, fetch: Callable[[str, int], Awaitable[bytes]], stop: asyncio.Event | None = None) -> list[str]:
    """Everything that waits, as the task beside delivery does it; how often delivery was called."""
    told: list[str] = []

    async def in_thread(function: Callable[..., object], *arguments: object) -> object:
        return await asyncio.to_thread(function, *arguments)

    async def whole() -> None:
        jobs = Jobs(county.office, fetch, in_thread, lambda: told.append("told"))
        while await jobs.work_one(stop or asyncio.Event()):
            if stop is not None and stop.is_set():
                break

    asyncio.run(whole())
    return told


def sends(county: County) -> Somebody:
    boss = county.administrator()
    boss.says("/start").taps("小县财政局").taps("导入名单")
    boss.arrives({"file": {"id": "F1", "name": "名单.xlsx", "size": len(LIST)}})
    boss.works()
    return boss


def test_a_spreadsheet_is_fetched_tried_and_imported(county: County) -> None:
    asked: list[str] = []

    async def fetch(reference: str, _: int) -> bytes:
        asked.append(reference)
        return LIST

    boss = sends(county)
    assert run(county, fetch)
    county.works()
    boss.sees("会新建单位 2 个").taps("全部导入")
    run(county, fetch)
    county.works()
    boss.sees("导入好了")
    assert asked == ["F1"]
    with reading(county.office.engine) as c:
        assert len(counties.units_in(c, county.id)) == 2


@pytest.mark.parametrize(
    ("error", "said"), [(Refused("too_big"), "太大了"), (Refused("gone"), "文件取不到了"), (TryAgain(), "文件取不到了")]
)
def test_a_file_that_cannot_be_fetched_is_told(
    county: County, monkeypatch: pytest.MonkeyPatch, error: Exception, said: str
) -> None:
    monkeypatch.setattr("bot.jobs.PAUSE", 0)

    async def fetch(_: str, __: int) -> bytes:
        raise error

    boss = sends(county)
    run(county, fetch)
    county.works()
    boss.sees(said)


def test_a_process_that_stops_gives_its_work_back(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    stop = asyncio.Event()

    def slow(_office: object, _job: object):
        for n in range(1000):
            stop.set()
            yield n, 1000
        return Finished("不该到这里")

    monkeypatch.setattr(kinds, "KINDS", {**kinds.KINDS, "summary": Kind("结果汇总", Action.EXPORT, slow)})
    county.filing(county.unit("县教育局"))
    county.administrator().says("/start").taps("小县财政局").taps("结果汇总")

    async def fetch(_: str, __: int) -> bytes:
        raise AssertionError

    run(county, fetch, stop)
    with reading(county.office.engine) as c:
        assert c.execute(select(rows.c.state)).scalar_one() == "waiting"
