"""Several people of one unit at the whole machine, each in a chat of their own, with names."""

from collections.abc import Sequence
from itertools import count
from pathlib import Path

from sqlalchemy import Engine

from dialogs.office import Office
from dialogs.store import members, people
from dialogs.store.engine import reading, writing
from tests.dialogs.desk import FORM, Filler, tiny_packs, understand

NOW = 1_614_556_800  # 1 March 2021, 08:00 in Shanghai
UNIT = "小县社会保险服务中心"


class Clock:
    """A clock that goes only when it is told to."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> int:
        return self.now

    def goes(self, seconds: int) -> None:
        self.now += seconds


def office_on(engine: Engine, folder: Path, packs: Path | None = None, forms: tuple[str, ...] = (FORM,)) -> Office:
    """An office over this store, with counted ids and a clock that goes only when it is told to."""
    ids = count(1)
    where = packs or tiny_packs(folder)
    return Office(engine, Clock(), lambda: f"{next(ids):08d}", {"test": understand}, forms, (where,), open_door=True)


def id_of(filler: Filler) -> str:
    """The person behind a chat."""
    with writing(filler.office.engine) as c:
        return people.person(c, "test", filler.address, NOW, filler.office.new_id)


def named(filler: Filler, name: str) -> Filler:
    """The filler under a name."""
    person = id_of(filler)
    with writing(filler.office.engine) as c:
        members.call(c, person, name)
    return filler


def team(office: Office, names: Sequence[str] = ("张三", "李四"), unit: str = UNIT) -> list[Filler]:
    """Fillers of one unit; the first has begun a filing, and all look at its first question."""
    first, *others = [named(Filler(office, str(n)), name) for n, name in enumerate(names, 1)]
    first.begins(unit)
    where = first.filing.unit_id
    for filler in others:
        join(filler, where)
        filler.says("/start").says("1")
    return [first, *others]


def join(filler: Filler, unit: str, role: str = "filler") -> None:
    """Put somebody into a unit."""
    person = id_of(filler)
    with writing(filler.office.engine) as c:
        people.join(c, person, unit, role, NOW)


def rows(office: Office, sql: str) -> list[tuple[object, ...]]:
    """What a query gives."""
    from sqlalchemy import text

    with reading(office.engine) as c:
        return [tuple(row) for row in c.execute(text(sql))]
