"""R3: a backlog waits at Telegram, `ziping serve` polls it and is killed with -9 again and again until it is drained; 0 lost.

Whole processes over the Bot API server of the tests. The bug planted is the stock polling of python-telegram-bot, which
confirms a batch before anything of it is stored.
"""

import sqlite3
import tempfile
from pathlib import Path
from random import Random

from dialogs.store.engine import upgrade
from tests.botapi import BotApiServer
from tests.soak import expect
from tests.soak.crashing.crowd import Crowd, Service
from tests.soak.crashing.places import memory
from tests.soak.crashing.stock import STOCK
from tests.soak.crashing.verdict import Query

GOAL = "R3"
AMOUNT = {"quick": 60, "full": 1_000}  # updates that wait
TEETH = (STOCK,)

EACH = 40  # of one person: more are a flood
KILLS = 15  # about so many, evenly over the backlog
PATIENCE = 60  # seconds without anything new


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    with tempfile.TemporaryDirectory(prefix="ziping-backlog-", dir=memory()) as folder, BotApiServer() as server:
        url = f"sqlite:///{folder}/store.db"
        upgrade(url)
        return _drained(Path(folder), url, server, seed, amount, planted)


def _drained(folder: Path, url: str, server: BotApiServer, seed: int, amount: int, planted: str) -> dict[str, object]:
    chance = Random(f"{seed}/backlog")
    crowd = Crowd(server, seed, max(2, amount // EACH), 100, hurries=(EACH,))
    crowd.types()  # all of it at once, before anybody serves
    crowd.stops()
    backlog, kills = len(server.pending), 0

    def shown() -> int:
        return sum(filler.answers for filler in crowd.fillers.values())

    store = sqlite3.connect(folder / "store.db")

    def query(sql: str) -> list[tuple[object, ...]]:
        return store.execute(sql).fetchall()

    crowd.watch(query)
    with Service(server, url, folder, planted=planted) as service:
        while shown() < backlog and kills < 3 * KILLS:
            goal = shown() + chance.randrange(1, 2 * backlog // KILLS)
            crowd.until(lambda goal=goal: shown() >= min(goal, backlog), PATIENCE, f"{shown()} of {backlog} answered")  # type: ignore[misc]
            service.dies()
            kills += 1
            _nothing_is_gone(query, server)
            service.starts()
        crowd.until(lambda: crowd.ends, PATIENCE, "not everything was answered")
    figures = crowd.verdict(query)
    store.close()
    return {"backlog": backlog, "kills": kills} | figures


def _nothing_is_gone(query: Query, server: BotApiServer) -> None:
    """The process is dead: what was confirmed to Telegram is in the store, or nowhere any more."""
    gone = set(server.confirmed) - {number for (number,) in query("SELECT update_id FROM inbox")}
    expect(not gone, f"{len(gone)} of {len(server.confirmed)} confirmed updates lost by one kill")
