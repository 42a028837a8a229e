"""What a person has set for themselves and a county for all of its units: JSON, shared by those who have words in it.

Whoever changes a setting reads all of them, changes their own and puts all back. Not here: what a setting means.
"""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from dialogs.store.statements import Prepared
from dialogs.store.tables import counties, people

_OF_PERSON = Prepared(select(people.c.settings).where(people.c.id == bindparam("this")))
_KEEP_FOR_PERSON = Prepared(update(people).where(people.c.id == bindparam("this")).values(settings=bindparam("words")))
_OF_COUNTY = select(counties.c.settings).where(counties.c.id == bindparam("this"))
_KEEP_FOR_COUNTY = update(counties).where(counties.c.id == bindparam("this")).values(settings=bindparam("words"))


def of_person(c: Connection, person: str) -> dict[str, Any]:
    """The settings of a person, empty when there are none."""
    row = _OF_PERSON.run(c, {"this": person}).fetchone()
    return {} if row is None else dict(json.loads(row[0]))


def keep_for_person(c: Connection, person: str, settings: Mapping[str, Any]) -> None:
    """Keep the settings of a person."""
    _KEEP_FOR_PERSON.run(c, {"this": person, "words": json.dumps(settings, ensure_ascii=False)})


def of_county(c: Connection, county: str) -> dict[str, Any]:
    """The settings of a county, empty when there are none."""
    found = c.execute(_OF_COUNTY, {"this": county}).scalar()
    return {} if found is None else dict(json.loads(found))


def keep_for_county(c: Connection, county: str, settings: Mapping[str, Any]) -> None:
    """Keep the settings of a county."""
    c.execute(_KEEP_FOR_COUNTY, {"this": county, "words": json.dumps(settings, ensure_ascii=False)})
