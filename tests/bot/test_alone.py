"""One serving process over a SQLite file: the second is told so, and a killed one is in nobody's way."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.alone import alone
from dialogs.store.engine import make_engine
from scoring.errors import ZipingError

HOLDER = """
import sys
from bot.alone import alone
from dialogs.store.engine import make_engine
with alone(make_engine(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_one_is_told_and_a_killed_one_is_in_nobodys_way(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/a.db"
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    with pytest.raises(ZipingError, match="另一个 ziping serve"), alone(make_engine(url)):
        pass
    holder.kill()
    holder.wait()
    holder.stdout.close()
    assert holder.stdin is not None
    holder.stdin.close()
    with alone(make_engine(url)):
        assert (tmp_path / "a.db-serving").stat().st_mode & 0o077 == 0


def test_another_file_is_another_office(tmp_path: Path) -> None:
    with alone(make_engine(f"sqlite:///{tmp_path}/a.db")), alone(make_engine(f"sqlite:///{tmp_path}/b.db")):
        pass
