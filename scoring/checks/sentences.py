"""A text as its sentences: they put together are the text again, so that one can be replaced and nothing else moves."""

import re

_SENTENCE = re.compile(r"\s*[^。！？!?\n]*(?:[。！？!?]+[”’」』）)\"']*)?\s*")


def sentences(text: str) -> tuple[str, ...]:
    """The sentences with the blanks around them; a line without a full stop is one, too."""
    found = [m[0] for m in _SENTENCE.finditer(text) if m[0]]
    if len(found) > 1 and not found[-1].strip():  # nothing but blanks is no sentence of its own
        found[-2:] = ["".join(found[-2:])]
    return tuple(found)


def replaced(text: str, number: int, new: str) -> str:
    """The text with its sentence of this number (from 1) said otherwise; an empty `new` takes it out."""
    found = sentences(text)
    old = found[number - 1]
    before, behind = old[: len(old) - len(old.lstrip())], old[len(old.rstrip()) :]
    new = new.strip()
    if new and old.rstrip().endswith("。") and re.search(r"[\w%％)）”』」》]$", new):
        new += "。"
    return "".join((*found[: number - 1], f"{before}{new}{behind}" if new else before, *found[number:]))


def squeezed(text: str) -> str:
    """The text without blanks, as it is compared."""
    return re.sub(r"\s+", "", text)
