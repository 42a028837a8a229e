"""`python -m tests.simulation --seeds 10000`: so many seeds, their figures, and every seed that was red."""

import argparse
import os
import sys
import time

from tests.simulation.faults import KINDS
from tests.simulation.running import Stage, all_of, folder, never


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=200)
    parser.add_argument("--first", type=int, default=1, metavar="SEED")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--digest", action="store_true", help="only the hash of the first seed")
    given = parser.parse_args()
    if given.digest:
        with folder() as where:
            print(Stage(where).play(given.first).digest)
        return 0
    began = time.perf_counter()
    fired, seen, events, wrong = all_of(given.first, given.seeds, given.jobs)
    seconds = time.perf_counter() - began
    print(f"{given.seeds} seeds, {events} updates, {seconds:.0f} s ({seconds / given.seeds:.3f} s a seed); red: {len(wrong)}")
    print("faults: " + ", ".join(f"{kind} {fired[kind]}" for kind in KINDS))
    print("seen: " + ", ".join(f"{what} {n}" for what, n in seen.most_common()))
    for seed, said in sorted(wrong.items()):
        print(f"  red: {said}; again with --first {seed} --seeds 1")
    missing = never(fired, given.seeds)
    if missing:
        print(f"  red: never fired once in a hundred seeds: {missing}")
    return 1 if wrong or missing else 0


if __name__ == "__main__":
    sys.exit(main())
