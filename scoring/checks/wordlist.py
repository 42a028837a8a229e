"""The word list of words.yaml: words that are certainly wrong, contradictions, placeholders."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from scoring.yamlfile import Plain, read_yaml

FILE = Path(__file__).with_name("words.yaml")


@dataclass(frozen=True, slots=True)
class Word:
    """A pattern, what should stand there (or why it cannot be), and the code of the finding."""

    pattern: re.Pattern[str]
    right: str
    code: str


@dataclass(frozen=True, slots=True)
class Words:
    """The whole list."""

    typos: tuple[Word, ...]
    contradictions: tuple[Word, ...]
    placeholders: tuple[re.Pattern[str], ...]
    all_done: re.Pattern[str]


@lru_cache(maxsize=1)
def words() -> Words:
    """The list, read once."""
    data = read_yaml(FILE.name, FILE.read_text(encoding="utf-8")).data
    assert isinstance(data, dict)
    return Words(
        tuple(_word(w, "wrong", "right", "TYPO") for w in _entries(data, "typos")),
        tuple(_word(w, "says", "why", "TEXT_LOGIC") for w in _entries(data, "contradictions")),
        tuple(re.compile(str(p), re.MULTILINE) for p in _entries(data, "placeholders")),
        re.compile(str(data["all_done"])),
    )


def _entries(data: Mapping[str, Plain], key: str) -> list[Plain]:
    found = data[key]
    assert isinstance(found, list)
    return found


def _word(entry: Plain, pattern: str, right: str, code: str) -> Word:
    assert isinstance(entry, dict)
    return Word(re.compile(str(entry[pattern])), str(entry[right]), str(entry.get("code", code)))
