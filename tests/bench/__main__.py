"""`python -m tests.bench [scoring starting …]`: figures as medians on one core, comparisons as ratios of the same run."""

import os
import sys

from tests.bench import answering, broadcast, county, documents, memory, reminders, scoring, starting, whole
from tests.bench.measuring import Figure


def main() -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    print("Medians on one core. A ratio compares with its neighbour, measured in the same run.\n")
    for part in (answering, scoring, documents, starting, county, reminders, whole, broadcast, memory):
        if not sys.argv[1:] or part.__name__.rpartition(".")[2] in sys.argv[1:]:
            for figure in part.figures():
                show(figure)


def show(figure: Figure) -> None:
    print(f"{figure.name:<64} {figure.value:>10} {figure.unit:<12} {figure.note}")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
