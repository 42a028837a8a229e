"""What a lock file says: every distribution with its one version and the hashes of what may be installed.

Not here: whether it is complete (tests/test_supply.py), or the bill of materials (sbom.py).
"""

import re
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
SERVING = HERE / "requirements.lock"  # what a serving process is made of
EVERYTHING = HERE.parent / "requirements.lock"  # that and what tests and lint need

_PIN = re.compile(r"^([a-z0-9][a-z0-9.\-]*)(?:\[[a-z0-9,\-]+\])?==([^\s;\\]+)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Pin:
    """One distribution in one version."""

    name: str
    version: str
    hashes: tuple[str, ...]


class Unpinned(ValueError):
    """A line of a lock that does not name one version with its hashes."""


def read_lock(text: str) -> dict[str, Pin]:
    """The pins of a lock, by name. Raises Unpinned for anything else in it."""
    found = {}
    for line in _joined(text):
        pin, hashes = _PIN.match(line), tuple(_HASH.findall(line))
        if pin is None or not hashes:
            raise Unpinned(line[:80])
        found[pin[1]] = Pin(pin[1], pin[2], hashes)
    return found


def _joined(text: str) -> list[str]:
    """Lines as they are meant: continued ones in one, without remarks."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    return [line.strip() for line in "\n".join(lines).replace("\\\n", " ").splitlines() if line.strip()]
