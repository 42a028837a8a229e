"""R3, pushed: a backlog of updates, the workers killed with -9 until it is worked off, the store locked meanwhile; nothing is lost.

On SQLite with one worker, and with the full amount on PostgreSQL with two behind a proxy.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from random import Random

from dialogs.store.engine import Engine, make_engine, open_store, upgrade
from tests.bot.serving import free_address
from tests.botapi import BotApiServer
from tests.soak import expect
from tests.soak.crashing.nursery import Child
from tests.soak.crowd import LINES, Crowd
from tests.soak.served import ADDRESS, BLIND, EARLY, begun
from tests.stores import new_postgres_database

GOAL = "R3"
AMOUNT = {"quick": 60, "full": 3_000}  # updates
TEETH = (EARLY, BLIND)

LIVES = (0.2, 0.7)  # seconds a worker lives, in small; with the full amount as the goal says
LIVES_LONG = (1.0, 3.0)
KILLS = 2  # in small
SOON = 5.0  # seconds until the webhook says that the store cannot be written
STUCK = 60.0  # seconds without anything new: it will never end


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    small = amount <= AMOUNT["quick"]
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="ziping-r3-") as folder:
        stores = {"SQLite": (f"sqlite:///{folder}/store.db", 1)} | ({} if small else {"PostgreSQL": (new_postgres_database(), 2)})
        for name, (url, workers) in stores.items():
            upgrade(url)
            told = pushed(url, seed, amount, workers, planted, small=small)
            figures |= {f"{name}: {what}" if not small else what: figure for what, figure in told.items()}
    return figures


def pushed(url: str, seed: int, amount: int, workers: int, planted: str, *, small: bool) -> dict[str, object]:
    """The whole backlog through one store."""
    chance = Random(seed)
    lives = LIVES if small else LIVES_LONG
    with BotApiServer() as server, closing(_Store(url)) as store:
        crowd = Crowd(server, seed, amount, max(3, min(50, amount // LINES)))
        places = [free_address() for _ in range(workers)]
        server.behind(ADDRESS, *(f"http://{place}/telegram/hook" for place in places))
        alive: list[Child] = []
        try:
            alive += [begun(server, url, place, planted, hurried=small) for place in places]
            server.waits_for(lambda: server.state.hook, STUCK)
            with _locked(store.engine):
                crowd.types(amount)
                server.waits_for(lambda: [c for c in server.called("webhook") if c.answer in ("ok", "503")], STUCK)
                expect(not crowd.lost(store.engine), "200 although nothing can be stored")
                longest = max(c.params["seconds"] for c in server.called("webhook") if c.answer == "503")
                expect(small or longest <= SOON, f"503 only after {longest:.1f} s")
            kills, heard, news = 0, time.monotonic(), (0, 0)
            dies_at = time.monotonic() + chance.uniform(*lives)
            while not crowd.answered(store.engine):
                time.sleep(0.02)
                if time.monotonic() >= dies_at and (kills < KILLS or not small):
                    n = kills % workers
                    alive[n].dies()
                    alive[n].line.close()
                    kills += 1
                    alive[n] = begun(server, url, places[n], planted, hurried=small)
                    dies_at = time.monotonic() + chance.uniform(*lives)
                if news != (news := (len(server.pending), len(server.calls))):
                    heard = time.monotonic()
                expect(not (lost := crowd.lost(store.engine)), f"{lost} accepted updates are not in the store")
                expect(time.monotonic() - heard < STUCK, f"nothing moves any more: {server.pending[:3]} wait")
        finally:
            for child in alive:
                child.dies()
                child.line.close()
        refused = sum(call.answer == "503" for call in server.called("webhook"))
        return {"updates": sum(crowd.typed), "kills": kills, "503": refused, "after": f"{longest:.1f} s"} | crowd.verdict(
            url, doubled=True
        )


class _Store:
    def __init__(self, url: str) -> None:
        self.engine = open_store(url)

    def close(self) -> None:
        self.engine.dispose()


@contextmanager
def _locked(store: Engine) -> Iterator[None]:
    """Nobody can write to the inbox meanwhile."""
    other = make_engine(store.url.render_as_string(hide_password=False))
    with other.connect() as c:  # on SQLite a transaction begins with the right to write
        c.exec_driver_sql("LOCK TABLE inbox IN EXCLUSIVE MODE" if c.dialect.name == "postgresql" else "SELECT 1")
        yield
        c.rollback()
    other.dispose()
