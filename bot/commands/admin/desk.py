"""The desk of the command line: the store, and deeds in the name of whoever sits at the server.

Whoever can reach the database may do everything; what is done is noted in the journal under this person all the same.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.office import open_office
from bot.settings import settings
from bot.telegram.updates import CHANNEL, understand
from dialogs.office import Office
from dialogs.orders import Doing
from dialogs.store import people
from dialogs.store.engine import Connection, reading, writing


@dataclass(frozen=True)
class Desk:
    """What a topic works with."""

    office: Office

    @contextmanager
    def doing(self) -> Iterator[Doing]:
        """One transaction in the name of the command line: all of it or nothing."""
        with writing(self.office.engine) as c:
            now = self.office.clock()
            yield Doing(c, self.office, people.console(c, now, self.office.new_id), now)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One moment of the store."""
        with reading(self.office.engine) as c:
            yield c


@contextmanager
def open_desk(packs: Sequence[Path]) -> Iterator[Desk]:
    """The desk over the store of the settings."""
    chosen = settings()
    folders = (*packs, *chosen.pack_folders)
    office = open_office(chosen.database_url, {CHANNEL: understand}, chosen.form_ids, folders, chosen.zone)
    try:
        yield Desk(office)
    finally:
        office.engine.dispose()


def as_json(value: object) -> str:
    """A value as `--json` prints it."""
    return json.dumps(value, ensure_ascii=False, indent=2)
