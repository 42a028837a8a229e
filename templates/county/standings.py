"""How far one filing is, as a line of the county's tables and pictures. Not here: where it is known from."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One filing; `where`: the section and question it stands at, `late`: days after it was due."""

    code: str
    unit: str
    group: str
    form: str
    project: str
    stage: str
    done: int
    total: int
    where: str
    since: str
    quiet: int
    due: str
    late: int


@dataclass(frozen=True, slots=True)
class Bar:
    """How far a part of the county is: a name, and how many filings are so far, by stage in the order of the legend."""

    name: str
    counts: Sequence[int]
    late: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Standings:
    """The table of a county for a year, as of a day."""

    title: str
    day: str
    stages: Sequence[str]
    lines: Sequence[Line]
    bars: Sequence[Bar]
