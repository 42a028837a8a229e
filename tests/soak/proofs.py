"""Finding the proofs of a package and running them: with their full amount, or each planted bug until it is noticed."""

import importlib
import pkgutil
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Protocol, cast

from tests.soak import Red


class Proof(Protocol):
    """A module that proves one goal."""

    GOAL: str
    AMOUNT: Mapping[str, int]
    TEETH: tuple[str, ...]

    def run(self, seed: int, amount: int, planted: str = "") -> dict[str, object]:
        """Figures; raises Red."""


def proofs(package: ModuleType) -> Iterator[tuple[str, Proof]]:
    """Every module of a package that proves a goal, by name."""
    for found in sorted(pkgutil.iter_modules(package.__path__), key=lambda m: m.name):
        module = importlib.import_module(f"{package.__name__}.{found.name}")
        if hasattr(module, "GOAL"):
            yield found.name, cast(Proof, module)


def main(package: ModuleType, words: list[str] | None = None) -> int:
    """Run proofs from the command line; 1 when one is red, with the seed that shows it again."""
    parser = ArgumentParser(prog=f"python -m {package.__name__}", description=package.__doc__)
    parser.add_argument("--only", action="append", default=[], metavar="GOAL", help="this goal (may be said again)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--amount", type=int, help="so much work instead of the full amount")
    parser.add_argument("--planted", default="", metavar="BUG", help="with this bug planted: red is what is wanted")
    parser.add_argument("--teeth", action="store_true", help="plant every bug, one after the other")
    said = parser.parse_args(words)
    wrong = 0
    for name, proof in proofs(package):
        if said.only and proof.GOAL not in said.only and name not in said.only:
            continue
        if said.teeth:
            wrong += sum(not _bites(name, proof, said.seed, tooth) for tooth in proof.TEETH)
        else:
            wrong += not _holds(name, proof, said.seed, said.amount or proof.AMOUNT["full"], said.planted)
    return min(wrong, 1)


def _holds(name: str, proof: Proof, seed: int, amount: int, planted: str) -> bool:
    began = time.monotonic()
    try:
        figures = proof.run(seed, amount, planted)
    except Red as red:
        print(f"{proof.GOAL} {name}: RED — {red}; again with --only {proof.GOAL} --seed {seed} --amount {amount}")
        return False
    told = ", ".join(f"{key} {value}" for key, value in figures.items())
    print(f"{proof.GOAL} {name}: {told} (seed {seed}, {time.monotonic() - began:.0f} s)")
    sys.stdout.flush()
    return True


def _bites(name: str, proof: Proof, seed: int, tooth: str) -> bool:
    try:
        proof.run(seed, proof.AMOUNT["quick"], tooth)
    except Red as red:
        print(f"{proof.GOAL} {name}: “{tooth}” is noticed: {str(red)[:120]}")
        return True
    print(f"{proof.GOAL} {name}: “{tooth}” STAYS GREEN (seed {seed})")
    return False
