"""R6: a whole year of reminders, two processes interleaved at every boundary of a transaction, clocks that differ and jump.

The year itself, and what must hold at its end, are those of the suite (tests/dialogs/reminding/year.py), with more filings.
"""

import tempfile
from pathlib import Path

import pytest
from sqlalchemy import event

from dialogs.store.engine import open_store, upgrade
from tests.dialogs.desk import tiny_packs
from tests.dialogs.reminding.mistakes import mistakes
from tests.dialogs.reminding.year import FIRST, LAST, WINTER, Wrong, Year
from tests.soak import Red

GOAL = "R6"
AMOUNT = {"quick": 12, "full": 1_500}  # filings
TEETH = ("no claim", "sends at night")
WHOLE_YEAR = 100  # from so many filings on


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    with tempfile.TemporaryDirectory(prefix="ziping-year-") as folder, pytest.MonkeyPatch.context() as planting:
        url = f"sqlite:///{folder}/store.db"
        upgrade(url)
        engine = open_store(url)
        event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA synchronous=OFF"))  # nobody pulls the plug here
        days = (FIRST, LAST) if amount >= WHOLE_YEAR else WINTER
        year = Year(engine, tiny_packs(Path(folder) / "packs"), seed, amount, days)
        if planted:
            mistakes(planting)[planted]()
        try:
            year.lives()
        except (AssertionError, Wrong) as e:
            raise Red(str(e)[:300] or "a reminder went wrong") from e
        finally:
            engine.dispose()
    return {"filings": amount, "sends": len(year.sends), "deaths": year.killed["deaths"], "hash": year.hash[:12]}
