"""`ziping serve` as a process of its own that is pushed its updates: killed, hindered, asked how it is, and told to stop."""

import json
import sqlite3
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.bot.serving import SECRET, Serving
from tests.botapi import BotApiServer, Drop

PATIENCE = 30


@pytest.fixture
def server() -> Iterator[BotApiServer]:
    with BotApiServer() as server:
        yield server


def get(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(f"http://{address}", timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read().decode()


def figures(serving: Serving) -> dict[str, float]:
    status, text = get(f"{serving.metrics_listen}/metrics")
    assert status == 200
    samples = (s for family in text_string_to_metric_families(text) for s in family.samples)
    return {s.name + "".join(f"/{value}" for value in s.labels.values()): s.value for s in samples}


def test_a_filling_is_pushed_with_a_kill_in_the_middle_and_lost_answers(server: BotApiServer, tmp_path: Path) -> None:
    filler = server.person(1001, "填报人")
    with Serving(server, tmp_path, webhook=True) as serving:
        filler.says("/start")
        filler.sees("单位的全称", PATIENCE)
        filler.says("鹤城区社会保险服务中心")
        filler.sees("没问题的话就开始吧", PATIENCE)
        server.fail_next("webhook", Drop(before=False), times=3)
        filler.says("对，开始")
        filler.says("跳过")
        serving.restart()
        filler.says("目录")
        filler.sees("点一节看里面的题", PATIENCE)
        assert get(f"{serving.listen}/healthz") == (200, "ok\n")
        assert get(f"{serving.listen}/readyz") == (200, json.dumps({"ready": True, "missing": []}, separators=(",", ":")))
        assert get(f"{serving.listen}/metrics")[0] == 404
        told = figures(serving)
        assert told["ziping_inbox_depth"] == 0
        assert told["ziping_webhook_requests_total/200"] >= 1
        assert serving.stop() == 0
    assert server.called("getUpdates") == []
    numbers = [call.params["update_id"] for call in server.called("webhook")]
    assert len(numbers) > len(set(numbers))  # some came twice
    with sqlite3.connect(tmp_path / "ziping.db") as store:
        assert store.execute("SELECT count(*), count(DISTINCT update_id), min(state) FROM inbox").fetchone() == (5, 5, "done")
    log = serving.log.read_text(encoding="utf-8")
    for private in (server.token.partition(":")[2], SECRET, "鹤城区", "Traceback", "/telegram/hook"):
        assert private not in log


def test_while_the_store_cannot_be_written_the_webhook_says_so_and_nothing_is_lost(server: BotApiServer, tmp_path: Path) -> None:
    filler = server.person(1001, "填报人")
    with Serving(server, tmp_path, webhook=True) as serving:
        filler.says("/start")
        filler.sees("单位的全称", PATIENCE)
        store = sqlite3.connect(tmp_path / "ziping.db", isolation_level=None)
        store.execute("BEGIN IMMEDIATE")
        filler.says("鹤城区社会保险服务中心")
        server.waits_for(lambda: [c for c in server.called("webhook") if c.answer == "503"], PATIENCE)
        assert get(f"{serving.listen}/healthz")[0] == 200
        store.execute("COMMIT")
        store.close()
        filler.sees("没问题的话就开始吧", PATIENCE)
        assert serving.stop() == 0
