"""R1: two whole `ziping serve` over PostgreSQL and the Bot API server of the tests; one of them is killed with -9 again and
again, now this one, now that. Every filler's conversation goes on in order, nothing is lost, nothing is applied twice.

A dead worker is noticed ten times sooner than in earnest, so that an hour's deaths fit into minutes; the rest is as it is.
"""

import tempfile
from pathlib import Path
from random import Random

from dialogs.store.engine import open_store, reading, upgrade
from tests.botapi import BotApiServer
from tests.soak import expect
from tests.soak.crashing.crowd import Crowd, Service
from tests.soak.crashing.planting import ANY_ORDER
from tests.stores import new_postgres_database

GOAL = "R1"
AMOUNT = {"quick": 2, "full": 150}  # kills
TEETH = (ANY_ORDER,)

HURRIED = 10
PATIENCE = 40  # seconds without anything new


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    url = new_postgres_database()
    upgrade(url)
    small = amount <= AMOUNT["quick"]
    with tempfile.TemporaryDirectory(prefix="ziping-two-") as folder, BotApiServer() as server:
        crowd = Crowd(server, seed, 6 if small else 50, 6 if small else 100, hurries=(1, 2, 4))
        store = open_store(url)

        def query(sql: str) -> list[tuple[object, ...]]:
            with reading(store) as c:
                return [tuple(row) for row in c.exec_driver_sql(sql)]

        crowd.watch(query)
        try:
            figures = _killed(Path(folder), url, server, crowd, seed, amount, planted)
            return figures | crowd.verdict(query)
        finally:
            store.dispose()


def _killed(
    folder: Path, url: str, server: BotApiServer, crowd: Crowd, seed: int, amount: int, planted: str
) -> dict[str, object]:
    chance, kills = Random(f"{seed}/kills"), 0

    def answers() -> int:
        return sum(filler.answers for filler in crowd.fillers.values())

    services = []
    for name in ("one", "two"):
        (folder / name).mkdir()
        services.append(Service(server, url, folder / name, HURRIED, planted))
    with services[0], services[1]:
        crowd.types()
        while not crowd.ends:
            goal = answers() + chance.choice((1, 1, chance.randrange(1, 60)))  # also the newborn die
            crowd.until(lambda goal=goal: crowd.ends or answers() >= goal, PATIENCE, "nobody is served")  # type: ignore[misc]
            if kills < amount:
                service = chance.choice(services)
                service.dies()
                kills += 1
                _is_missed(crowd)
                service.starts()
            elif len(crowd.fillers) > 6:
                crowd.stops()
    return {"kills": kills}


def _is_missed(crowd: Crowd) -> None:
    """Whoever has something in hand has shown a sign of life before: else nobody would notice that it is dead."""
    assert crowd.query is not None
    unknown = crowd.query(
        "SELECT o.owner FROM outbox o WHERE o.state = 'sending' AND o.lease_until > extract(epoch FROM clock_timestamp())"
        " AND NOT EXISTS (SELECT 1 FROM leases l WHERE l.name = 'worker:' || o.owner)"
    )
    expect(not unknown, f"dead with {len(unknown)} replies in hand, and nobody knew that it lived")
