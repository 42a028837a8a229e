"""A text as its sentences, and two texts compared by them: what stayed, what went, what is new.

old = 全年接待 5 批次。经费没有超支。   new = 全年接待 6 批次。经费没有超支。
→ removed 全年接待 5 批次。  added 全年接待 6 批次。  kept 经费没有超支。
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

SENTENCE = re.compile(r"[^。！？；\n]*[。！？；]+[”’）》」]*|[^。！？；\n]+")
MOST = 2000  # sentences on one side that are compared one by one; beyond, a text counts as new as a whole


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and what became of it."""

    kind: Literal["kept", "added", "removed"]
    text: str


def sentences(text: str) -> tuple[str, ...]:
    """The sentences with their marks; a line's end ends one, too. Blanks around them are of no account."""
    return tuple(s for s in (found.strip() for found in SENTENCE.findall(text)) if s)


@lru_cache(maxsize=256)
def compared(old: str, new: str) -> tuple[Sentence, ...]:
    """Both texts in one sequence: `kept` and `added` read as the new one, `kept` and `removed` as the old one."""
    before, after = sentences(old), sentences(new)
    if max(len(before), len(after)) > MOST:
        steps = [(before == after, 0, len(before), 0, len(after))]
    else:
        steps = [(s[0] == "equal", *s[1:]) for s in SequenceMatcher(None, before, after, autojunk=False).get_opcodes()]
    found: list[Sentence] = []
    for equal, a, b, c, d in steps:
        if equal:
            found += [Sentence("kept", s) for s in before[a:b]]
        else:
            found += [Sentence("removed", s) for s in before[a:b]]
            found += [Sentence("added", s) for s in after[c:d]]
    return tuple(found)
