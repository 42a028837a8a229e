"""Peak memory of `ziping serve` after 10,000 answers over a local Bot API server."""

import os
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measuring import Figure, figure
from tests.bot.serving import Serving
from tests.botapi import BotApiServer

ANSWERS = 10_000
CHATS = 50


def figures() -> Iterator[Figure]:
    import time

    os.environ["MESSAGES_PER_SECOND"] = "100000"
    with tempfile.TemporaryDirectory() as folder, BotApiServer() as server, Serving(server, Path(folder)) as serving:
        people = [server.person(1000 + n) for n in range(CHATS)]
        for person in people:
            person.says("/start")
            person.says(f"单位{person.id}")
            person.says("对，开始")
            person.sees("第 1 题", 60)
        start = time.perf_counter()

        def fill(mine: list[int]) -> None:
            for round_ in range(ANSWERS // CHATS):
                for n in mine:
                    people[n].says(f"单位概况第 {round_} 次" if round_ < 2 else str(20 + round_ % 9))
            for n in mine:
                people[n].says("检查一遍")
                people[n].sees("检查结果", 600)

        half = [threading.Thread(target=fill, args=([n for n in range(CHATS) if n % 2 == k],)) for k in (0, 1)]
        for thread in half:
            thread.start()
        for thread in half:
            thread.join()
        rate = ANSWERS / (time.perf_counter() - start)
        assert serving.process
        status = Path(f"/proc/{serving.process.pid}/status").read_text()
        peak = int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1]) / 1024
        yield figure(
            f"peak memory of serve after {ANSWERS:,} answers", peak, "MB", f"{rate:,.0f} answers/s over HTTP, server beside it"
        )
