"""`python -m tests.year --seed N`: the whole simulated county year, twice, with its figures and what was wrong."""

import argparse
import logging
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from tests.year.invariants import problems
from tests.year.machine import Faults
from tests.year.year import LAST, Size, Year


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.year", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--units", type=int, default=120)
    parser.add_argument("--people", type=int, default=300)
    parser.add_argument("--last", type=date.fromisoformat, default=LAST, help="the last day, e.g. 2026-06-30")
    parser.add_argument("--once", action="store_true", help="not a second time for the same hash")
    parser.add_argument("--calm", action="store_true", help="nothing goes wrong: no deaths, no faults of Telegram")
    parser.add_argument("--log", type=Path, metavar="FILE", help="write the log of the year")
    given = parser.parse_args()
    logging.disable(logging.WARNING)
    faults = Faults() if given.calm else Faults(death=0.002, telegram=0.01)
    digests, wrong = set(), 0
    for _ in range(1 if given.once else 2):
        start = time.perf_counter()
        with tempfile.TemporaryDirectory(prefix="year-") as folder:
            year = Year(Path(folder), given.seed, Size(given.units, given.people, given.last), faults)
            try:
                year.run()
            finally:
                if given.log:
                    given.log.write_text("\n".join(year.machine.lines) + "\n", encoding="utf-8")
            found = problems(year)
            outcome = year.outcome
            year.machine.close()
        digests.add(outcome.digest)
        wrong += len(found)
        print(f"seed {given.seed}: {outcome} ({time.perf_counter() - start:.0f} s)")
        for line in found[:40]:
            print(f"  wrong: {line}")
    if len(digests) != 1:
        print("  wrong: the same seed gave another log")
    return 1 if wrong or len(digests) != 1 else 0


if __name__ == "__main__":
    sys.exit(main())
