"""The office of a process: store, clock, ids, forms on offer, and the parsers of the channels there are."""

import os
import secrets
import time
from collections.abc import Mapping
from pathlib import Path

from dialogs.catalogue import catalogue
from dialogs.office import Office, Understand
from dialogs.store.engine import open_store, upgrade

ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"


def new_id() -> str:
    """Eight characters, 41 random bits: short enough for a button, unguessable together with the chat it belongs to."""
    return "".join(secrets.choice(ALPHABET) for _ in range(8))


def now() -> int:
    """UTC epoch seconds."""
    return int(time.time())


def open_office(
    database_url: str,
    understand: Mapping[str, Understand],
    forms: tuple[str, ...],
    packs: tuple[Path, ...] = (),
    zone: str = "Asia/Shanghai",
    *,
    open_door: bool = False,
) -> Office:
    """An office over this database, brought to the present schema first. A form that cannot be used is told before."""
    memory = memory_file()
    catalogue(forms, packs, memory)
    upgrade(database_url)
    return Office(open_store(database_url), now, new_id, understand, forms, packs, zone, memory, open_door=open_door)


def memory_file() -> Path:
    """The small file that remembers the titles of forms, in the user's folder for such things."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ziping" / "forms.json"
