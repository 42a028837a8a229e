"""R1: 50 fillers write, the one worker over SQLite is killed with -9 at random moments; nothing is lost, nothing applied twice."""

import tempfile

from dialogs.store.engine import upgrade
from tests.soak.crashing.farm import FILLERS, killed
from tests.soak.crashing.places import memory
from tests.soak.crashing.planting import FROM_MEMORY

GOAL = "R1"
AMOUNT = {"quick": 8, "full": 1_000}  # kills
TEETH = (FROM_MEMORY,)


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    small = amount <= AMOUNT["quick"]
    with tempfile.TemporaryDirectory(prefix="ziping-kill-", dir=memory()) as folder:
        url = f"sqlite:///{folder}/store.db"
        upgrade(url)
        crowd = {"fillers": 8, "questions": 8} if small else {"fillers": FILLERS, "questions": 100}
        return killed(url, seed, amount, workers=1, planted=planted, **crowd)
