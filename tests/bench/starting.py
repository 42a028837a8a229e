"""How long `ziping --help` takes from nothing, beside a Python that does nothing."""

import subprocess
import sys
from collections.abc import Iterator
from statistics import median
from tempfile import TemporaryDirectory

from tests.bench.measuring import Figure, figure, seconds


def figures() -> Iterator[Figure]:
    def run(*words: str) -> None:
        subprocess.run([sys.executable, *words], check=True, capture_output=True)

    run("-m", "bot", "--help")
    ours, nothing = seconds(lambda: run("-m", "bot", "--help")), seconds(lambda: run("-c", "pass"))
    yield figure("ziping --help", ours * 1000, "ms", f"Python alone: {nothing * 1000:.0f} ms")
    yield from _packs()


def _packs() -> Iterator[Figure]:
    """Every pack of ours linted and loaded in a fresh process; a start that remembers them, beside one without packs."""
    measured = {name: _inside(script) for name, script in SCRIPTS.items()}
    yield figure("all packs linted and loaded", measured["read"] * 1000, "ms", "aim 500 ms")
    yield figure("all packs on offer, remembered from the last start", measured["remembered"] * 1000, "ms", "aim 100 ms more")


SCRIPTS = {
    "read": "from scoring.lint import lint_own\nfrom templates.fields import fields_used\nfrom scoring.loading import load, form_ids\n"
    "{clock}\nlint_own((), fields_used)\n[load(f) for f in form_ids()]\n{told}",
    "remembered": "from dialogs.catalogue import catalogue\nfrom scoring.loading import form_ids\nfrom pathlib import Path\n"
    "{clock}\ncatalogue(tuple(form_ids()), (), Path('{memory}'))\n{told}",
}


def _inside(script: str) -> float:
    """Seconds between two points of a fresh process, as the median of seven; once before to fill what remembers."""
    with TemporaryDirectory() as folder:
        clock, told = "import time\nstart = time.perf_counter()", "print(time.perf_counter() - start)"
        code = script.format(clock=clock, told=told, memory=f"{folder}/forms.json")
        runs = [
            float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)
            for _ in range(8)
        ]
    return median(runs[1:])
