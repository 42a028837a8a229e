"""Many filings opened at once: which there are, and the new ones in one sweep. Not here: which are wanted (dialogs/calendar)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from dialogs.store.statements import Prepared, either
from dialogs.store.tables import filings, memberships, units

_f, _m = filings.c, memberships.c
_THERE = (
    select(_f.unit_id, _f.form_id, _f.project)
    .join_from(filings, units, units.c.id == _f.unit_id)
    .where(units.c.county_id == bindparam("of_county"), _f.year == bindparam("in_year"))
)
_LATEST = (
    select(_f.unit_id, func.max(_f.created_at))
    .join_from(filings, units, units.c.id == _f.unit_id)
    .where(units.c.county_id == bindparam("of_county"))
    .group_by(_f.unit_id)
)
_FILLERS = (
    select(_m.unit_id, _m.person_id)
    .join_from(memberships, units, units.c.id == _m.unit_id)
    .where(units.c.county_id == bindparam("of_county"), _m.role == "filler")
    .order_by(_m.unit_id, _m.at, _m.person_id)
)
_OPEN = Prepared(
    either(lambda insert: insert(filings).on_conflict_do_nothing(index_elements=["unit_id", "year", "form_id", "project"]))
)


def there(c: Connection, county: str, year: int) -> set[tuple[str, str, str]]:
    """Unit, form and project of every filing of a county and year."""
    return {(unit, form, project) for unit, form, project in c.execute(_THERE, {"of_county": county, "in_year": year})}


def latest(c: Connection, county: str) -> Mapping[str, int]:
    """When the latest filing of each unit was begun: those of a unit stand in the order they were begun."""
    found = c.execute(_LATEST, {"of_county": county})
    return {row[0]: row[1] for row in found}


def fillers(c: Connection, county: str) -> Mapping[str, Sequence[str]]:
    """Who fills for each unit of a county that has anybody."""
    found: dict[str, list[str]] = {}
    for unit, person in c.execute(_FILLERS, {"of_county": county}):
        found.setdefault(unit, []).append(person)
    return found


def open_many(c: Connection, rows: Iterable[Mapping[str, Any]]) -> int:
    """New filings; one that somebody else has opened meanwhile stays as it is. How many were written."""
    wanted = list(rows)
    return _OPEN.many(c, wanted) if wanted else 0
