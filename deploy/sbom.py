"""The bill of materials of a serving process, as CycloneDX 1.6: what the lock names, with licences and what needs what.

`python -m deploy.sbom`. The same lock gives the same bytes. Not here: what only tests and lint need.
"""

import json
import re
import sys
import tomllib
import uuid
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from deploy.locked import SERVING, Pin, read_lock

ROOT = Path(__file__).parent.parent
UNSAID = {"resvg-py": "MIT"}  # in a file of its own, and nowhere else
FONT = {"type": "file", "bom-ref": "font", "name": "Noto Sans SC (subset)", "licenses": [{"license": {"id": "OFL-1.1"}}]}


def bill() -> dict[str, Any]:
    """All of it."""
    pins = read_lock(SERVING.read_text(encoding="utf-8"))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    own = {"type": "application", "bom-ref": "ziping", "name": "ziping", "version": project["version"]}
    parts = [_component(pin) for _, pin in sorted(pins.items())]
    needs = [{"ref": _ref(pin), "dependsOn": sorted(_ref(pins[n]) for n in _needs(pin) if n in pins)} for pin in pins.values()]
    wanted = sorted(_ref(pins[name]) for name in map(_named, _asked(project)) if name in pins)
    told = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": own | {"licenses": [{"license": {"id": "MIT"}}]}, "properties": [_lock()]},
        "components": [*parts, FONT],
        "dependencies": [{"ref": "ziping", "dependsOn": [*wanted, "font"]}, *sorted(needs, key=lambda n: n["ref"])],
    }
    serial = uuid.uuid5(uuid.NAMESPACE_OID, json.dumps(told, sort_keys=True))
    return {"serialNumber": f"urn:uuid:{serial}", **told}


def _lock() -> dict[str, str]:
    """The lock this is the bill of; it has the hashes of every file that may be installed."""
    return {"name": f"ziping:{SERVING.relative_to(ROOT)}:sha256", "value": sha256(SERVING.read_bytes()).hexdigest()}


def _asked(project: dict[str, Any]) -> list[str]:
    extras = project["optional-dependencies"]
    return [*project["dependencies"], *extras["postgres"], *extras["build"]]


def _component(pin: Pin) -> dict[str, Any]:
    told: dict[str, Any] = {"type": "library", "bom-ref": _ref(pin), "name": pin.name, "version": pin.version, "purl": _ref(pin)}
    if licence := _licence(pin):
        told["licenses"] = [{"license": {"name": licence}}]
    return told


def _ref(pin: Pin) -> str:
    return f"pkg:pypi/{pin.name}@{pin.version}"


def _licence(pin: Pin) -> str:
    """As the distribution that is installed names it; empty when it says nothing or is not installed."""
    try:
        told = distribution(pin.name).metadata
    except PackageNotFoundError:
        return ""
    classified = [c.rpartition(" :: ")[2] for c in told.get_all("Classifier") or () if c.startswith("License ::")]
    named = (
        UNSAID.get(pin.name)
        or told.get("License-Expression")
        or "; ".join(classified)
        or (told.get("License") or "").partition("\n")[0]
    )
    return named[:80]


def _needs(pin: Pin) -> set[str]:
    try:
        required = distribution(pin.name).requires or []
    except PackageNotFoundError:
        return set()
    return {_named(words) for words in required if "extra ==" not in words}


def _named(words: str) -> str:
    """The name in a requirement, as locks spell it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^A-Za-z0-9._-]", words, maxsplit=1)[0]).lower()


if __name__ == "__main__":
    sys.stdout.write(json.dumps(bill(), ensure_ascii=False, indent=1) + "\n")
