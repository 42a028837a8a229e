"""How one filing came out, as a line of the county's tables. Not here: sums over many (figures.py)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

STATES = {"open": "填报中", "submitted": "待审核", "returned": "已退回", "approved": "已审核"}


class Part(NamedTuple):
    """A level-1 indicator: what it got of what it can get."""

    name: str
    points: Decimal
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Result:
    """A filing that was handed in. `total`: self-evaluated; `verified`: as the reviewer checked it, None where the form
    has no such column. `notes`: deviation notes that were given."""

    unit: str
    form: str
    total: Decimal
    weight: Decimal
    grade: str
    state: str
    parts: Sequence[Part] = ()
    code: str = ""
    group: str = ""
    project: str = ""
    verified: Decimal | None = None
    notes: int = 0

    @property
    def counts(self) -> Decimal:
        """The points that rank it: the verified ones where there are any."""
        return self.total if self.verified is None else self.verified

    @property
    def name(self) -> str:
        """The unit, and the project where there is one."""
        return f"{self.unit}　{self.project}" if self.project else self.unit


@dataclass(frozen=True, slots=True)
class County:
    """What the summary is about: the county, the year, the filings that were handed in, and how many were to be."""

    name: str
    year: int
    results: Sequence[Result]
    expected: int
    grades: Sequence[str] = ()  # the best first
    day: str = ""  # 2026年5月8日

    @property
    def title(self) -> str:
        """青山县2025年度绩效自评结果汇总."""
        return f"{self.name}{self.year}年度绩效自评结果汇总"

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms, in the order they first appear."""
        return tuple(dict.fromkeys(r.form for r in self.results))

    def of(self, form: str) -> tuple[Result, ...]:
        """The filings of one form."""
        return tuple(r for r in self.results if r.form == form)
