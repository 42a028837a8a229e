"""Health, readiness and figures over a real store on both databases."""

import asyncio
import json
import shutil
import threading
from typing import Any, NamedTuple

import pytest
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import Engine, insert, text, update

from bot.web import health as health_module
from bot.web import lookout
from bot.web.app import make_app, make_watch_app
from bot.web.health import Health
from bot.web.metrics import Metrics, webhook_answered
from dialogs.office import Office
from dialogs.store import tables as t
from dialogs.store.engine import writing
from dialogs.store.schema import LATEST
from dialogs.store.watching import Waiting, condition
from tests.bot.web.asking import Answer, ask

NOW = 1_800_000_000
BEAT = "worker:w1"


def office_of(engine: Engine) -> Office:
    return Office(engine, lambda: NOW, lambda: "id", {"test": lambda body, at: None}, ())


def beats(engine: Engine, until: int = NOW + 15) -> None:
    with writing(engine) as c:
        c.execute(insert(t.leases), {"name": BEAT, "owner": "w1", "until": until})


def asked(health: Health, path: str) -> tuple[int, Any]:
    answer = asyncio.run(ask(make_app(health), method="GET", path=path))
    return answer.status, json.loads(answer.body) if answer.body.startswith(b"{") else answer.body.decode()


def test_alive_is_alive_whatever_the_store_says(sqlite_engine: Engine) -> None:
    sqlite_engine.dispose()
    assert asked(Health(office_of(sqlite_engine), BEAT, asyncio.Event()), "/healthz") == (200, "ok\n")


def test_ready_is_who_has_a_store_with_the_right_schema_and_a_fresh_beat(engine: Engine) -> None:
    health = Health(office_of(engine), BEAT, asyncio.Event())
    assert asked(health, "/readyz") == (503, {"ready": False, "missing": ["beat"]})
    beats(engine)
    assert asked(health, "/readyz") == (200, {"ready": True, "missing": []})
    with writing(engine) as c:
        c.execute(update(t.leases).values(until=NOW))
    assert asked(health, "/readyz") == (503, {"ready": False, "missing": ["beat"]})


def test_another_schema_is_not_the_right_one(sqlite_engine: Engine) -> None:
    beats(sqlite_engine)
    health = Health(office_of(sqlite_engine), BEAT, asyncio.Event())
    with writing(sqlite_engine) as c:
        c.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert asked(health, "/readyz") == (503, {"ready": False, "missing": ["schema"]})


def test_a_worker_stays_ready_when_the_store_is_upgraded_under_it(engine: Engine) -> None:
    """Otherwise all workers would be left out at once, before the first of the new edition has started."""
    beats(engine)
    health = Health(office_of(engine), BEAT, asyncio.Event())
    with writing(engine) as c:
        c.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        assert asked(health, "/readyz") == (200, {"ready": True, "missing": []})
    finally:
        with writing(engine) as c:
            c.execute(text("UPDATE alembic_version SET version_num = :own"), {"own": LATEST})


def test_a_store_out_of_reach_is_missing(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: Any) -> None:
        raise engine.dialect.dbapi.OperationalError("gone")  # type: ignore[union-attr]

    monkeypatch.setattr("dialogs.store.watching.check_schema", unreachable)
    assert asked(Health(office_of(engine), BEAT, asyncio.Event()), "/readyz") == (503, {"ready": False, "missing": ["store"]})


def test_a_full_disk_is_missing(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    beats(engine)
    free = shutil.disk_usage("/")._replace(free=health_module.SPACE - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda place: free)
    assert asked(Health(office_of(engine), BEAT, asyncio.Event()), "/readyz") == (503, {"ready": False, "missing": ["disk"]})


def test_a_machine_without_room_for_files_being_made_is_not_ready_and_still_tells_its_figures(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    beats(engine)

    def nowhere(*_: Any) -> None:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr("tempfile.gettempdir", nowhere)
    monkeypatch.setattr(shutil, "disk_usage", nowhere)
    assert asked(Health(office_of(engine), BEAT, asyncio.Event()), "/readyz") == (503, {"ready": False, "missing": ["disk"]})
    assert figures(office_of(engine))["ziping_store_up"] == 1


def test_whoever_is_about_to_leave_is_not_ready(engine: Engine) -> None:
    beats(engine)
    stop = asyncio.Event()
    health = Health(office_of(engine), BEAT, stop)
    stop.set()
    assert asked(health, "/readyz") == (503, {"ready": False, "missing": ["stopping"]})
    assert asked(health, "/healthz")[0] == 200


def test_a_look_that_hangs_holds_one_thread_and_nobody_waits_for_it(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookout, "PATIENCE", 0.01)
    released, looks = threading.Event(), []
    health = Health(office_of(sqlite_engine), BEAT, asyncio.Event())

    def hangs() -> tuple[str, ...]:
        looks.append(1)
        released.wait()
        return ()

    health.lookout = lookout.Lookout(hangs)

    async def many() -> list[Answer]:
        return [await ask(make_app(health), method="GET", path="/readyz") for _ in range(5)]

    async def whole() -> None:
        assert {answer.status for answer in await many()} == {503}
        assert len(looks) == 1
        released.set()
        await asyncio.wrap_future(asyncio.get_running_loop().run_in_executor(health.lookout._thread, int))  # type: ignore[arg-type]
        monkeypatch.setattr(lookout, "PATIENCE", 3)
        assert {answer.status for answer in await many()} == {200}

    asyncio.run(whole())


class Row(NamedTuple):
    state: str
    at: int = NOW - 100
    not_before: int = 0
    lane: int = 0
    error: str = ""


INBOX = [Row("new"), Row("new", NOW - 300, NOW + 50), Row("new", NOW - 500, NOW - 40), Row("parked"), Row("done", 1)]
OUTBOX = [
    *(Row("new"), Row("sending", NOW - 120), Row("new", NOW - 900, NOW + 86_400, error="blocked"), Row("sent", 1)),
    *(Row("new", NOW - 30, lane=1), Row("parked", 1), Row("parked", 1, lane=1)),
]


def stocked(engine: Engine) -> None:
    with writing(engine) as c:
        for n, row in enumerate(INBOX, 1):
            given = {"channel": "test", "bot": "b", "update_id": n, "chat": f"test:{n}", "person": "p", "body": "{}"}
            c.execute(insert(t.inbox), {**given, "state": row.state, "at": row.at, "not_before": row.not_before})
        for n, row in enumerate(OUTBOX, 1):
            given = {"chat": f"test:{n}", "kind": "text", "body": "{}", "lane": row.lane, "error": row.error}
            c.execute(insert(t.outbox), {**given, "state": row.state, "at": row.at, "not_before": row.not_before})


def test_what_waits_and_for_how_long_and_what_was_set_aside(engine: Engine) -> None:
    stocked(engine)
    beats(engine)
    with engine.connect() as c:
        seen = condition(c, NOW)
    assert (seen.inbox, seen.inbox_parked) == (Waiting(3, 100), 1)
    assert seen.outbox == {"reply": Waiting(3, 120), "notice": Waiting(1, 30)}
    assert (seen.outbox_parked, seen.blocked, seen.leases) == (2, 1, {BEAT: 15})
    assert seen.jobs == {"waiting": 0, "running": 0}


def test_an_empty_store_has_nothing_waiting(engine: Engine) -> None:
    with engine.connect() as c:
        seen = condition(c, NOW)
    assert (seen.inbox, seen.outbox) == (Waiting(), {"reply": Waiting(), "notice": Waiting()})
    assert (seen.inbox_parked, seen.outbox_parked, seen.blocked, seen.leases) == (0, 0, 0, {})


def figures(office: Office) -> dict[str, float]:
    answer = asyncio.run(
        ask(make_watch_app(Health(office, BEAT, asyncio.Event()), Metrics(office)), method="GET", path="/metrics")
    )
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/plain")
    samples = (s for family in text_string_to_metric_families(answer.body.decode()) for s in family.samples)
    return {s.name + "".join(f"/{value}" for value in s.labels.values()): s.value for s in samples}


def test_the_figures_of_the_store_are_taken_when_they_are_asked_for(engine: Engine) -> None:
    office = office_of(engine)
    assert figures(office)["ziping_inbox_depth"] == 0
    stocked(engine)
    beats(engine)
    told = figures(office)
    assert told["ziping_store_up"] == 1
    assert told["ziping_inbox_depth"] == 3
    assert told["ziping_inbox_oldest_seconds"] == 100
    assert told["ziping_inbox_parked"] == 1
    assert (told["ziping_outbox_depth/reply"], told["ziping_outbox_depth/notice"]) == (3, 1)
    assert (told["ziping_outbox_oldest_seconds/reply"], told["ziping_outbox_oldest_seconds/notice"]) == (120, 30)
    assert (told["ziping_outbox_parked"], told["ziping_outbox_blocked"]) == (2, 1)
    assert told[f"ziping_lease_seconds/{BEAT}"] == 15
    assert 0 < told["ziping_disk_free_ratio"] <= 1


def test_what_was_counted_is_told_even_when_the_store_cannot_be_read(
    sqlite_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = office_of(sqlite_engine)
    before = figures(office).get("ziping_webhook_requests_total/403", 0)
    webhook_answered(403)
    monkeypatch.setattr("bot.web.metrics.condition", lambda c, now: 1 / 0)
    told = figures(office)
    assert (told["ziping_store_up"], told["ziping_webhook_requests_total/403"]) == (0, before + 1)
    assert "ziping_inbox_depth" not in told


def test_the_world_does_not_get_the_figures(sqlite_engine: Engine) -> None:
    health = Health(office_of(sqlite_engine), BEAT, asyncio.Event())
    status, words = asked(health, "/metrics")
    assert (status, words) == (404, "没有这个页面。链接可能抄漏了，或者已经用过、过期了；请回到聊天里重新要一个。\n")
