"""A conversation script, read: the forms it needs, the cases it must end with, what the filler types."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Script:
    """A conversation, the forms it needs, and the cases it must end with."""

    forms: tuple[str, ...]
    cases: tuple[tuple[str, str], ...]  # case file, project
    lines: tuple[str, ...]


def read_script(path: Path) -> Script:
    forms: tuple[str, ...] = ()
    cases: list[tuple[str, str]] = []
    said: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("@forms "):
            forms = tuple(f.strip() for f in line.removeprefix("@forms ").split(","))
        elif line.startswith("@case "):
            case, _, project = line.removeprefix("@case ").strip().partition(" ")
            cases.append((case, project.strip()))
        elif line.strip() and not line.startswith("# "):
            said.append(line)
    return Script(forms, tuple(cases), tuple(said))
