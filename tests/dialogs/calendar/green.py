"""青山县 in March: four units, their fillers, a reviewer, an administrator; and how a test taps what somebody received last."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from dialogs.replies import Message
from dialogs.store.engine import reading
from dialogs.store.tables import deadlines
from tests.dialogs.county import County, Somebody
from tests.dialogs.desk import tiny_packs

DEPARTMENT, PROJECT = "qingshan-2025/department", "qingshan-2025/project"
TITLE = "部门整体支出绩效自评表"


class Green(County):
    """The county and its people."""

    def __init__(self, engine: Engine, tmp_path: Path, forms: tuple[str, ...] = (DEPARTMENT,)) -> None:
        super().__init__(engine, tiny_packs(tmp_path / "packs"), forms, name="青山县")
        self.moves("2026-03-25 10:00")  # a Wednesday
        self.health = self.unit("卫生健康局", "001", "部门")
        self.civil = self.unit("民政局", "002", "部门")
        self.town = self.unit("城关镇人民政府", "101", "乡镇")
        self.lonely = self.unit("城南镇人民政府", "102", "乡镇")
        self.li, self.wang, self.zhao = (self.filler(unit) for unit in (self.health, self.civil, self.town))
        self.head = self.reviewer(self.health)
        self.chen = self.administrator()

    def rows(self) -> list[dict[str, object]]:
        """What stands in the deadlines."""
        with reading(self.office.engine) as c:
            return [dict(row._mapping) for row in c.execute(deadlines.select().order_by(deadlines.c.id))]


def last(somebody: Somebody) -> Somebody:
    """The same person, looking at the latest message with buttons."""
    somebody.replies = [r for r in somebody.received if isinstance(r, Message) and r.buttons][-1:]
    return somebody


def heard(somebody: Somebody) -> str:
    """Everything somebody was ever told."""
    return "\n".join(r.text for r in somebody.received if isinstance(r, Message))


@contextmanager
def machine_in(zone: str) -> Iterator[None]:
    """The machine itself in another time zone."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ") if before is None else os.environ.__setitem__("TZ", before)
        time.tzset()
