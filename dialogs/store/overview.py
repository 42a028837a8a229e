"""A county at a glance: its years, and how every filing of a year stands, in one sweep without answers.

Not here: what the figures mean (dialogs/bureau), or one filing by itself (filings.py).
"""

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, exists, select

from dialogs.store.statements import Prepared
from dialogs.store.tables import answers, filings, units


class Standing(NamedTuple):
    """How one filing stands. `at_item`: the first open question; `answered_at`: None while nobody has begun."""

    filing: str
    unit: str
    unit_name: str
    code: str
    grouping: str
    form: str
    year: int
    project: str
    edition: str
    state: str
    round: int
    state_at: int
    done: int
    total: int
    at_item: str
    answered_at: int | None
    documents: int


_f, _u = filings.c, units.c
_IN_COUNTY = (
    select(
        *(_f.id, _f.unit_id, _u.name, _u.code, _u.grouping, _f.form_id, _f.year, _f.project, _f.edition),
        *(_f.state, _f.round, _f.state_at, _f.done, _f.total, _f.at_item, _f.answered_at, _f.documents),
    )
    .join_from(filings, units, _u.id == _f.unit_id)
    .where(_u.county_id == bindparam("of_county"), _f.year == bindparam("in_year"))
    .order_by(_u.code, _u.name, _f.unit_id, _f.created_at, _f.id)
)
_STANDINGS = Prepared(_IN_COUNTY)
_UNCOUNTED = Prepared(
    select(_f.id)
    .join_from(filings, units, _u.id == _f.unit_id)
    .where(
        _u.county_id == bindparam("of_county"),
        _f.year == bindparam("in_year"),
        _f.answered_at.is_(None),
        exists().where(answers.c.filing_id == _f.id),
    )
)
_YEARS = (
    select(_f.year)
    .join_from(filings, units, _u.id == _f.unit_id)
    .where(_u.county_id == bindparam("of_county"))
    .group_by(_f.year)
    .order_by(_f.year.desc())
)


def standings(c: Connection, county: str, year: int) -> list[Standing]:
    """Every filing of a county for a year, by code and name of the unit."""
    return [Standing(*row) for row in _STANDINGS.run(c, {"of_county": county, "in_year": year}).fetchall()]


def uncounted(c: Connection, county: str, year: int) -> list[str]:
    """Filings with answers that nobody has counted: begun by a version that did not."""
    return [row[0] for row in _UNCOUNTED.run(c, {"of_county": county, "in_year": year}).fetchall()]


def years(c: Connection, county: str) -> list[int]:
    """The years a county has filings of, the latest first."""
    return [row[0] for row in c.execute(_YEARS, {"of_county": county})]
