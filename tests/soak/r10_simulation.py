"""R10: everybody and everything around the program simulated, seed after seed; nothing lost, nothing twice, nothing leaked.

A seed is red when an invariant does not hold; the run is red when a kind of fault never fired, when a seed played twice
goes two ways, or when the core reads a clock of its own.
"""

import os

from tests.simulation.lint import findings, sources
from tests.simulation.planted import PLANTED, with_bug
from tests.simulation.running import Broken, Stage, all_of, folder, never
from tests.soak import Red, expect

GOAL = "R10"
AMOUNT = {"quick": 6, "full": 10_000}
LINT = "a clock read in the core"
TEETH = (LINT, *PLANTED)


def run(seed: int, amount: int, planted: str = "") -> dict[str, object]:
    """Play so many seeds from this one on."""
    if planted in ("", LINT):
        files = sources()
        if planted:
            files["dialogs/planted.py"] = "from datetime import date\n\nTODAY = date.today()\n"
        expect(not (found := findings(files)), f"the core reads the real world: {found}")
    if amount <= AMOUNT["quick"]:
        return _few(seed, amount, planted)
    fired, seen, events, wrong = all_of(seed, amount, os.cpu_count() or 1)
    expect(not wrong, "; ".join(wrong.values()))
    expect(not (missing := never(fired, amount)), f"never fired once in a hundred seeds: {missing}")
    rarest = min(fired, key=lambda kind: fired[kind])
    figures = {"seeds": amount, "updates": events, "faults": sum(fired.values()), "rarest": f"{rarest} {fired[rarest]}"}
    return {**figures, "delivered": sum(n for what, n in seen.items() if what.startswith("sent ")), "doubled": seen["doubled"]}


def _few(seed: int, amount: int, bug: str) -> dict[str, object]:
    """A few seeds in this process, the first of them twice and replayed from its log."""
    events = 0
    with folder() as where, with_bug(bug):
        stage = Stage(where)
        try:
            first = stage.play(seed)
            expect(stage.play(seed, again=not bug).digest == first.digest, "the same seed has gone another way")
            for n in range(1, amount):
                events += stage.play(seed + n).events
        except Broken as e:
            raise Red(str(e)) from e
    return {"seeds": amount, "updates": events + first.events}
