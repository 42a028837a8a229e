"""A county with two units, for the tests of access."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine

from dialogs.access.codes import LENGTH
from dialogs.access.inviting import Wanted, invite
from dialogs.access.permissions import Role
from dialogs.access.rights import Place
from dialogs.replies import Message
from dialogs.store import office_settings
from dialogs.store.engine import writing
from tests.dialogs.county import County, Somebody
from tests.dialogs.desk import tiny_packs


@pytest.fixture
def county(sqlite_engine: Engine, tmp_path: Path) -> County:
    made = County(sqlite_engine, tiny_packs(tmp_path / "packs"))
    with writing(sqlite_engine) as c:
        office_settings.put(c, office_settings.BOT_NAME, "ziping_bot")
    return made


@pytest.fixture
def code(county: County) -> Callable[..., str]:
    """Makes an invitation in the name of somebody, and tells its code."""

    def make(unit: str = "", role: Role = Role.FILLER, name: str = "", by: Somebody | None = None, hours: int = 72) -> str:
        with writing(county.office.engine) as c:
            place = Place(county.id, unit) if unit else Place(county.id)
            ((_, made),) = invite(county.doing(c, by), [Wanted(place, role, name)], hours)
        return made

    return make


def code_in(somebody: Somebody) -> str:
    """The code of the invitation that somebody was just sent to forward."""
    texts = [r.text for r in somebody.replies if isinstance(r, Message)]
    found = [m[1] for text in texts if (m := re.search(rf"start=i(\w{{{LENGTH}}})", text))]
    assert found, texts
    return found[-1]
