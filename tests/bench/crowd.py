"""Stores with many filings, made by a few statements: what the county's benches measure on. Not here: measuring."""

import json
from pathlib import Path

from sqlalchemy import Connection, insert

from dialogs.office import Office
from dialogs.store import counties, filings, people
from dialogs.store import tables as t
from dialogs.store.engine import open_store, upgrade, writing
from scoring.loading import load
from tests.dialogs.county import moment

FORM, YEAR = "qingshan-2025/project", 2025
COUNTY = "bench"
NOW = moment("2026-03-12 10:00")
GROUPS = ("部门", "乡镇", "学校", "卫生院")
AT_ONCE = 10_000


class Crowd:
    """A county of units with so many filings, each unit with a filler and as many projects as it takes."""

    def __init__(self, path: Path, count: int, units: int) -> None:
        url = f"sqlite:///{path}"
        upgrade(url)
        ids = iter(range(10**9))
        self.now = NOW
        self.office = Office(
            open_store(url), lambda: self.now, lambda: f"{next(ids):08d}", {"bench": lambda _, __: None}, (FORM,)
        )
        self.filings = [f"f{n:07d}" for n in range(count)]
        self.form = load(FORM)
        with writing(self.office.engine) as c:
            counties.add_county(c, COUNTY, "青山县", NOW)
            self.console = people.console(c, NOW, self.office.new_id)
            counties.add_units(c, COUNTY, [(f"u{n}", f"第{n}单位", f"{n:05d}", GROUPS[n % 4]) for n in range(units)], NOW)
            self._members(c, units)
            self._open(c, units)

    def _members(self, c: Connection, units: int) -> None:
        row = {"channel": "bench", "created_at": NOW}
        c.execute(insert(t.people), [row | {"id": f"p{n}", "address": str(n), "name": f"人{n}"} for n in range(units)])
        c.execute(insert(t.memberships), [{"person_id": f"p{n}", "unit_id": f"u{n}", "role": "filler"} for n in range(units)])

    def _open(self, c: Connection, units: int) -> None:
        filings.freeze_edition(c, self.form)
        same = {"form_id": FORM, "year": YEAR, "edition": self.form.edition, "created_by": self.console}
        same |= {"created_at": NOW - 30 * 86_400, "total": len(self.form.items), "at_item": next(iter(self.form.items))}
        rows = [
            same
            | {"id": id, "unit_id": f"u{n % units}", "project": f"项目{n // units}", "done": n % 9}
            | {"answered_at": NOW - n % 40 * 86_400 if n % 9 else None}
            for n, id in enumerate(self.filings)
        ]
        for first in range(0, len(rows), AT_ONCE):
            c.execute(insert(t.filings), rows[first : first + AT_ONCE])

    def approve(self, inputs: str) -> None:
        """Every filing approved, each with other points, from the same packed answers."""
        with writing(self.office.engine) as c:
            c.execute(t.filings.update().values(state="approved", round=1, state_at=NOW))
            same = {"round": 1, "person_id": self.console, "at": NOW, "edition": self.form.edition, "inputs": inputs}
            same |= {"verdict": "approved", "reviewer_id": self.console, "decided_at": NOW, "version": 1}
            rows = [
                same | {"filing_id": id, "total": f"{60 + n % 4000 / 100:g}", "grade": "优良中差"[n % 4]}
                for n, id in enumerate(self.filings)
            ]
            for first in range(0, len(rows), AT_ONCE):
                c.execute(insert(t.submissions), rows[first : first + AT_ONCE])

    def close(self) -> None:
        self.office.engine.dispose()


def packed_inputs(answers: dict[str, object]) -> str:
    return json.dumps({"answers": answers}, ensure_ascii=False)
