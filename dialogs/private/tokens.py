"""Tokens of links: 256 random bits, spelled for an address; only their hash is ever kept.

Not here: what a link opens (doors.py).
"""

import re
from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256

BYTES = 32
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def new_token(random: Callable[[int], bytes]) -> str:
    """A fresh token. `random` gives that many random bytes."""
    return urlsafe_b64encode(random(BYTES)).decode().rstrip("=")


def is_token(text: str) -> bool:
    """Whether this is shaped like one: anything else need not be looked for."""
    return _TOKEN.fullmatch(text) is not None


def hashed(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode("ascii")).hexdigest()
