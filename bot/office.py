"""The office of a process: store, clock, ids, forms on offer, and the parsers of the channels there are."""

import os
import secrets
import socket
from collections.abc import Mapping
from pathlib import Path

from bot.storeclock import StoreClock
from dialogs.catalogue import catalogue
from dialogs.office import Office, Understand
from dialogs.store.engine import open_store, upgrade
from dialogs.store.paces import Limits

ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"


def new_id() -> str:
    """Eight characters, 41 random bits: short enough for a button, unguessable together with the chat it belongs to."""
    return "".join(secrets.choice(ALPHABET) for _ in range(8))


def open_office(
    database_url: str,
    understand: Mapping[str, Understand],
    forms: tuple[str, ...],
    packs: tuple[Path, ...] = (),
    zone: str = "Asia/Shanghai",
    *,
    open_door: bool = False,
    limits: Limits | None = None,
    clock: StoreClock | None = None,
    own_url: str = "",
) -> Office:
    """An office over this database, brought to the present schema first. A form that cannot be used is told before.
    `own_url`: the address of its own pages, where personal data and files stay out of the messenger."""
    memory, clock = memory_file(), clock or StoreClock()
    catalogue(forms, packs, memory)
    upgrade(database_url)
    engine = open_store(database_url)
    clock.set(engine)
    return Office(
        engine,
        clock.now,
        new_id,
        understand,
        forms,
        packs,
        zone,
        memory,
        open_door=open_door,
        worker=f"{socket.gethostname()}-{os.getpid()}-{new_id()[:4]}",
        limits=limits,
        precise=clock.millis,
        private=bool(own_url),
        own_url=own_url,
    )


def memory_file() -> Path:
    """The small file that remembers the titles of forms, in the user's folder for such things."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "ziping" / "forms.json"
