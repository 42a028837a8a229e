"""How long `ziping --help` takes from nothing, beside a Python that does nothing."""

import subprocess
import sys
from collections.abc import Iterator

from tests.bench.measuring import Figure, figure, seconds


def figures() -> Iterator[Figure]:
    def run(*words: str) -> None:
        subprocess.run([sys.executable, *words], check=True, capture_output=True)

    run("-m", "bot", "--help")
    ours, nothing = seconds(lambda: run("-m", "bot", "--help")), seconds(lambda: run("-c", "pass"))
    yield figure("ziping --help", ours * 1000, "ms", f"Python alone: {nothing * 1000:.0f} ms")
