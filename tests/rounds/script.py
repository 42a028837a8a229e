"""A round's script, read line by line. Not here: carrying it out (player.py)."""

import re
from dataclasses import dataclass
from pathlib import Path

_PERSON = re.compile(r"@(?P<who>\S+)\s+(?P<sign>[→?!📎📷⬇⛔✅]|\[[^\]]+\]|)\s*(?P<rest>.*)")
_KEPT = re.compile(r"(?P<what>.*?)\s+>\s*(?P<name>[^\s>]+)")


@dataclass(frozen=True)
class Line:
    """`who` is a person, "$" the command line, "-9" the kill; `sign` what is done, `kept` the name of what comes of it."""

    number: int
    who: str
    sign: str = ""
    rest: str = ""
    kept: str = ""

    def __str__(self) -> str:
        return f"line {self.number}: {self.who} {self.sign} {self.rest}"


@dataclass(frozen=True)
class Round:
    """A whole script."""

    forms: str
    lines: tuple[Line, ...]

    @property
    def people(self) -> list[str]:
        return list(dict.fromkeys(line.who for line in self.lines if line.who not in ("$", "-9")))


def read_round(path: Path) -> Round:
    forms, lines = "", []
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        text = text.strip()
        if text.startswith("@forms "):
            forms = text.removeprefix("@forms ").strip()
        elif text and not text.startswith("# "):
            lines.append(_line(number, text))
    return Round(forms, tuple(lines))


def _line(number: int, text: str) -> Line:
    if text == "-9":
        return Line(number, "-9")
    if text.startswith("$ "):
        kept = _KEPT.fullmatch(text[2:])
        return Line(number, "$", "", kept["what"], kept["name"]) if kept else Line(number, "$", "", text[2:])
    found = _PERSON.fullmatch(text)
    assert found, f"line {number} is not understood: {text}"
    kept = _KEPT.fullmatch(found["rest"]) if found["sign"] in ("⬇", "?") else None
    what, name = (kept["what"], kept["name"]) if kept else (found["rest"], "")
    return Line(number, found["who"], found["sign"], what.replace("\\n", "\n"), name)
