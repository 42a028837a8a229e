"""Figures over many filings: how many of each grade, who comes where in which group, averages.

Averages are rounded half up to two places when they are said; ranks count equal points as equal (1, 2, 2, 4).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from scoring.numbers import Exact, plain, round_half_up
from templates.county.results import Result

UNGROUPED = "未分组"


@dataclass(frozen=True, slots=True)
class Ranked:
    """A filing with its place in its group."""

    place: int
    result: Result


@dataclass(frozen=True, slots=True)
class Average:
    """A level-1 indicator over all filings of a form: mean points, weight, and the share of the two in %."""

    name: str
    points: Fraction
    weight: Fraction
    filings: int

    @property
    def rate(self) -> Fraction:
        """Points ÷ weight in %."""
        return self.points * 100 / self.weight if self.weight else Fraction(0)


def grade_counts(results: Iterable[Result], grades: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """How many filings have each grade, the best grade first; those without one as 未定."""
    counts = Counter(r.grade or "未定" for r in results)
    order = [*grades, *(g for g in counts if g not in grades)]
    return tuple((grade, counts.get(grade, 0)) for grade in order if grade in grades or counts.get(grade))


def groups(results: Sequence[Result]) -> tuple[str, ...]:
    """The groups there are, in the order of their names, those without a group last."""
    named = sorted({r.group for r in results if r.group})
    return (*named, *([UNGROUPED] if any(not r.group for r in results) else []))


def ranking(results: Sequence[Result], group: str) -> tuple[Ranked, ...]:
    """The filings of one group by their points, the best first; equal points share a place."""
    own = sorted((r for r in results if (r.group or UNGROUPED) == group), key=lambda r: (-r.counts, r.code, r.unit, r.project))
    found: list[Ranked] = []
    for n, result in enumerate(own, 1):
        same = found and found[-1].result.counts == result.counts
        found.append(Ranked(found[-1].place if same else n, result))
    return tuple(found)


def averages(results: Sequence[Result]) -> tuple[Average, ...]:
    """The level-1 indicators of one form, in printed order. One that does not apply (no weight) is not counted."""
    sums: dict[str, list[Fraction]] = {}
    for result in results:
        for part in result.parts:
            if part.weight:
                entry = sums.setdefault(part.name, [Fraction(0), Fraction(0), Fraction(0)])
                entry[0] += Fraction(part.points)
                entry[1] += Fraction(part.weight)
                entry[2] += 1
    return tuple(Average(name, p / n, w / n, int(n)) for name, (p, w, n) in sums.items())


def mean(results: Sequence[Result]) -> Fraction | None:
    """The mean of the points that count; None without a filing."""
    return sum((Fraction(r.counts) for r in results), Fraction(0)) / len(results) if results else None


def said(value: Exact | None) -> str:
    """A mean as it is printed: two places, — for none."""
    return "—" if value is None else plain(round_half_up(value, 2))


def as_figure(value: Exact | None) -> Decimal | str:
    """A mean as a cell."""
    return "" if value is None else round_half_up(value, 2)
