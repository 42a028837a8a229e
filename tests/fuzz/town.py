"""A county for the fuzzers, in a store of its own: people of every role at Telegram's addresses, filings of two units and years.

The store lies in memory where there is a disk of memory, and no commit waits. Not here: what is thrown at it.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Engine, event

from bot.office import ALPHABET
from bot.telegram.updates import CHANNEL, understand
from dialogs.office import Office
from dialogs.store import office_settings, people
from dialogs.store import tables as t
from dialogs.store.engine import open_store, upgrade, writing
from scoring.answers import given
from tests.dialogs.county import County, Somebody
from tests.dialogs.desk import tiny_packs

CANARY = "金丝雀"  # stands in every answer and name, and in much of what is thrown
MEMORY = Path("/dev/shm")
FILLER, REVIEWER, ADMINISTRATOR, OBSERVER, STRANGER, NEIGHBOUR, WITNESS = 1001, 1002, 1003, 1004, 1005, 1006, 1007
EVERYBODY = (FILLER, REVIEWER, ADMINISTRATOR, OBSERVER, STRANGER, NEIGHBOUR)


@lru_cache(maxsize=1)
def template() -> Path:
    """A store with the present schema and no rows, made once per process."""
    folder = Path(tempfile.mkdtemp(prefix="ziping-fuzz-"))
    upgrade(f"sqlite:///{folder}/empty.db")
    tiny_packs(folder / "packs")
    return folder


@contextmanager
def quick_store() -> Iterator[tuple[Engine, Path]]:
    """An empty store that nobody pulls the plug of, and a folder of packs with the tiny form."""
    with tempfile.TemporaryDirectory(prefix="ziping-fuzz-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        shutil.copy(template() / "empty.db", f"{folder}/store.db")
        engine = open_store(f"sqlite:///{folder}/store.db")
        hurry(engine)
        yield engine, template() / "packs"
        engine.dispose()


def hurry(engine: Engine) -> None:
    """Commits do not wait for the disk from now on."""

    def unhurried(raw: Any, _: object) -> None:
        raw.execute("PRAGMA synchronous=OFF")

    event.listen(engine, "connect", unhurried)
    engine.dispose()


@dataclass
class Town:
    """`office` hears Telegram; `county` makes rows as the tests of the conversation do."""

    county: County
    office: Office
    units: dict[str, str] = field(default_factory=dict)
    filings: dict[str, str] = field(default_factory=dict)
    people: dict[int, Somebody] = field(default_factory=dict)

    @property
    def engine(self) -> Engine:
        return self.office.engine

    def settle(self, number: int, name: str) -> Somebody:
        """Somebody at this address of Telegram."""
        with writing(self.engine) as c:
            id = people.person(c, CHANNEL, str(number), self.county.clock(), self.office.new_id)
            c.execute(t.people.update().where(t.people.c.id == id).values(name=name))
        self.people[number] = Somebody(self.office, str(number), county=self.county, id=id, name=name)
        return self.people[number]


@contextmanager
def town(seed: int = 1) -> Iterator[Town]:
    """Everybody there is, before any of them has said a word."""
    ids = Random(f"{seed}/ids")
    with quick_store() as (engine, packs):
        county = County(engine, packs)
        drawn = {"new_id": lambda: "".join(ids.choices(ALPHABET, k=8)), "random": ids.randbytes}
        made = Town(county, replace(county.office, understand={CHANNEL: understand}, **drawn))
        made.units = {"own": county.unit(f"{CANARY}民政局", code="001"), "other": county.unit(f"{CANARY}社保中心", code="002")}
        for number, role in ((FILLER, "filler"), (REVIEWER, "reviewer"), (OBSERVER, "observer"), (WITNESS, "filler")):
            county.joins(made.settle(number, f"{CANARY}{number}"), made.units["own"], role)
        county.joins(made.settle(NEIGHBOUR, f"{CANARY}邻居"), made.units["other"], "filler")
        made.settle(STRANGER, "")
        administrator = made.settle(ADMINISTRATOR, f"{CANARY}科长")
        with writing(engine) as c:
            people.appoint(c, administrator.id, county.id, "administrator", county.clock())
            office_settings.put(c, office_settings.BOT_NAME, "ziping_bot")
        secret = {"problems": given(f"{CANARY}的答案"), "quota": given(Decimal(37))}
        made.filings = {place: county.filing(unit, answers=secret) for place, unit in made.units.items()}
        yield made
