"""Codes that open something once: made, shown in groups that can be typed, recognised when typed, and hashed to be kept.

Twenty-eight characters of an alphabet without I, L, O and U: 140 random bits. Only the hash of a code is ever stored.
Not here: what a code opens (joining.py).
"""

import re
import unicodedata
from collections.abc import Callable
from hashlib import sha256

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 28
GROUP = 4
FEWEST_LETTERS = 4  # a code is told from a line of figures by its letters

_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0"})
_BEFORE = re.compile(r"^\s*(?:我的)?(?:邀请码|邀请|口令)\s*(?:是|为)?\s*[:：]?\s*")
_LINK = re.compile(r"(?:https?://)?(?:t\.me|telegram\.me)/\w+\?start=i(\w+)/?", re.IGNORECASE)
_QUOTES = "“”\"'‘’「」《》【】[]()<>。.，,！!"
_BETWEEN = re.compile(r"[\s\-‐‑‒–—−_]+")


def new_code(random: Callable[[int], bytes]) -> str:
    """A fresh code. `random` gives that many random bytes."""
    while True:
        code = "".join(ALPHABET[byte % len(ALPHABET)] for byte in random(LENGTH))  # 256 is a multiple of 32: every symbol alike
        if sum(symbol.isalpha() for symbol in code) >= FEWEST_LETTERS:
            return code


def shown(code: str) -> str:
    """The code as it is printed and read aloud: seven groups of four."""
    return "-".join(code[n : n + GROUP] for n in range(0, len(code), GROUP))


def joined(text: str) -> str:
    """What was typed in groups, with spaces or dashes between them, in one piece."""
    return _BETWEEN.sub("", unicodedata.normalize("NFKC", text).strip().strip(_QUOTES)) if len(text) <= 200 else ""


def plain_code(text: str) -> str:
    """The code behind what was typed or carried by a link, whatever its case, width and dashes; empty when it is none."""
    bare = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()
    if len(bare) != LENGTH or sum(symbol.isalpha() for symbol in bare) < FEWEST_LETTERS:
        return ""
    bare = bare.translate(_MISREAD)
    return bare if all(symbol in ALPHABET for symbol in bare) else ""


def code_in(text: str) -> str:
    """The code that a whole message is: bare, behind 邀请码：, or in an invitation link; empty when the message is something else."""
    if len(text) > 200:
        return ""
    message = unicodedata.normalize("NFKC", text).strip()
    link = _LINK.fullmatch(message.strip(_QUOTES))
    return plain_code(link[1] if link else _BEFORE.sub("", message).strip(_QUOTES))


def hashed(code: str) -> str:
    """What is kept of a code."""
    return sha256(code.encode("ascii")).hexdigest()
