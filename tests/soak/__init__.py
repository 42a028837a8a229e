"""Long proofs of the goals of docs/operations.md: one module per goal, bounded, seeded, each with planted bugs.

A module names its GOAL, its AMOUNT of work (`quick` for the suite, `full` for `make soak`) and its TEETH, the planted
bugs it must notice; `run(seed, amount, planted)` returns figures and raises Red when the pass line is missed.
"""


class Red(AssertionError):
    """The pass line was missed."""


def expect(holds: bool, what: str) -> None:
    """Red with these words unless it holds."""
    if not holds:
        raise Red(what)
