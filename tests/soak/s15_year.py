"""S15: a county's simulated year with workers that die anywhere, where personal data stays out of the messenger: it goes on as
it must, and of all that left for any chat nothing is a file, and nothing names anybody.

The amount is the number of units.
"""

import logging
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from unittest.mock import patch

from dialogs.office import Office
from dialogs.private import wrapping
from dialogs.replies import File, Made, Message, Picture, Reply, Toast
from tests.soak import expect
from tests.year.machine import Faults, Machine, Worker
from tests.year.phones import Phone
from tests.year.year import Size, Year

GOAL = "S15"
AMOUNT = {"quick": 3, "full": 24}
TEETH = ("names unveiled",)
OWN = "https://self.example"
WHOLE, PART = date(2026, 5, 20), date(2026, 2, 10)  # the last day of the year, and of its beginning


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    """Figures; raises Red."""
    found: Counter[str] = Counter()
    whole = amount > AMOUNT["quick"]
    with _private(planted), tempfile.TemporaryDirectory(prefix="ziping-year-") as folder:
        size = Size(amount, max(8, 5 * amount // 2), WHOLE if whole else PART)
        year = Year(Path(folder), seed, size, Faults(death=0.002, telegram=0.01))
        year.machine.watches.append(lambda phone, reply: _watch(year, phone, reply, found))
        outcome = year.run().outcome
        year.machine.close()
    expect(found["files"] == 0, f"{found['files']} files passed through the messenger")
    expect(found["names"] == 0, f"{found['names']} messages name somebody")
    expect(found["messages"] > 10 * amount and found["veiled"] > 0, f"nothing to be seen: {dict(found)}")
    if whole:
        expect(found["links"] > 0 and outcome.approved > 0, f"no link, or nobody came to an end: {dict(found)}")
    return {**found, "approved": outcome.approved, "deaths": outcome.tally.deaths}


def _watch(year: Year, phone: Phone, reply: Reply, found: Counter[str]) -> None:
    if isinstance(reply, File | Picture | Made):
        found["files"] += 1
        return
    assert isinstance(reply, Message | Toast)
    buttons = [b.text for row in reply.buttons for b in row] if isinstance(reply, Message) else []
    said = "\n".join([reply.text, *buttons])
    found["messages"] += 1
    found["links"] += f"{OWN}/l/" in said
    found["veiled"] += "某" in said
    found["names"] += any(p.name in said for p in year.machine.phones.values() if len(p.name) > 1)


@contextmanager
def _private(planted: str) -> Iterator[None]:
    """Every worker's office keeps personal data out of the messenger; one of TEETH is planted."""
    usual = Machine.office

    def office(machine: Machine, worker: Worker) -> Office:
        return replace(usual(machine, worker), private=True, own_url=OWN)

    unveiled = (lambda c, chat, said: said) if planted == "names unveiled" else wrapping.veiled
    logging.disable(logging.WARNING)  # of sends nobody can know of
    try:
        with patch.object(Machine, "office", office), patch.object(wrapping, "veiled", unveiled):
            yield
    finally:
        logging.disable(logging.NOTSET)
