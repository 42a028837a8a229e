"""The simulation itself: one seed goes one way wherever it is played, and the lint of the core sees every kind of clock.

That seeds are clean and planted bugs are noticed is shown by tests/soak/r10_simulation.py, in small in the suite.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.simulation.lint import findings, sources
from tests.simulation.running import Stage, folder

ROOT = Path(__file__).parents[2]
SEED = 3


def test_a_seed_goes_the_same_way_in_another_process_another_zone_and_another_order_of_hashes() -> None:
    other = os.environ | {"PYTHONHASHSEED": "12345", "TZ": "America/New_York"}
    words = [sys.executable, "-m", "tests.simulation", "--digest", "--first", str(SEED)]
    with subprocess.Popen(words, cwd=ROOT, env=other, stdout=subprocess.PIPE, text=True) as process, folder() as where:
        stage = Stage(where)
        stage.play(SEED + 1)  # whatever has gone before
        digest = stage.play(SEED).digest
        said, _ = process.communicate(timeout=120)
    assert said.strip() == digest


@pytest.mark.parametrize(
    "line",
    [
        "import time; time.time()",
        "from time import monotonic; monotonic()",
        "from datetime import date; date.today()",
        "from datetime import datetime as d; d.now()",
        "import datetime; datetime.datetime.utcnow()",
        "import random; random.random()",
        "from secrets import token_hex; token_hex()",
        "from uuid import uuid4; uuid4()",
        "import os; os.urandom(8)",
    ],
)
def test_the_lint_sees_every_clock_and_every_die(line: str) -> None:
    assert len(findings({"dialogs/planted.py": line})) == 1


def test_the_lint_has_looked_at_the_whole_core() -> None:
    assert len(sources()) > 250
