"""R1: 50 fillers write, each of two workers over PostgreSQL is killed with -9 at random moments; nothing is lost, nothing
applied twice, and every conversation goes on in order, whoever has it in hand.

The clock of the workers runs faster, so that a dead one is noticed in less than a second; the code is the same.
"""

from dialogs.store.engine import upgrade
from tests.soak.crashing.farm import FILLERS, killed
from tests.soak.crashing.planting import FROM_MEMORY
from tests.stores import new_postgres_database

GOAL = "R1"
AMOUNT = {"quick": 8, "full": 1_000}  # kills
TEETH = (FROM_MEMORY,)


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    url = new_postgres_database()
    upgrade(url)
    crowd = {"fillers": 8, "questions": 8} if amount <= AMOUNT["quick"] else {"fillers": FILLERS, "questions": 100}
    return killed(url, seed, amount, workers=2, planted=planted, **crowd)
