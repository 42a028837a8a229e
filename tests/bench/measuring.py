"""How things are measured: several rounds, the median, figures with their unit. Not here: what is measured."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    name: str
    value: str
    unit: str
    note: str = ""


def seconds(work: Callable[[], object], rounds: int = 7) -> float:
    """Median time of one call."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return median(times)


def figure(name: str, value: float, unit: str, note: str = "") -> Figure:
    digits = 0 if value >= 100 else 1 if value >= 10 else 2
    return Figure(name, f"{value:,.{digits}f}", unit, note)
