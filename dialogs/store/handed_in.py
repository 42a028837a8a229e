"""What a county's units handed in: the latest submission of every filing of a year, read one after another.

Not here: one filing's submissions (submissions.py), or what is made of them (dialogs/bureau).
"""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Connection, Text, and_, bindparam, func, literal_column, select

from dialogs.store.statements import Prepared
from dialogs.store.tables import documents, filings, submissions, units, verified_points


class HandedIn(NamedTuple):
    """The latest round of a filing that waits or is approved. `final_total` and `final_grade`: of the documents issued at
    approval, empty before."""

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
    total: str
    grade: str
    version: int | None
    final_total: str
    final_grade: str
    inputs: str


_SUBMITTED, _APPROVED = literal_column("'submitted'", Text), literal_column("'approved'", Text)
_f, _u, _s = filings.c, units.c, submissions.c
_printed = (
    select(
        documents.c.filing_id,
        documents.c.version,
        func.max(documents.c.total).label("total"),
        func.max(documents.c.grade).label("grade"),
    )
    .group_by(documents.c.filing_id, documents.c.version)
    .subquery("printed")
)
_OF_YEAR = Prepared(
    select(
        *(_f.id, _f.unit_id, _u.name, _u.code, _u.grouping, _f.form_id, _f.year, _f.project, _f.edition, _f.state, _s.round),
        *(_s.total, _s.grade, _s.version, func.coalesce(_printed.c.total, ""), func.coalesce(_printed.c.grade, ""), _s.inputs),
    )
    .join_from(filings, units, _u.id == _f.unit_id)
    .join(submissions, and_(_s.filing_id == _f.id, _s.round == _f.round))
    .outerjoin(_printed, and_(_printed.c.filing_id == _f.id, _printed.c.version == _s.version))
    .where(_u.county_id == bindparam("of_county"), _f.year == bindparam("in_year"), _f.state.in_([_SUBMITTED, _APPROVED]))
    .order_by(_f.form_id, _u.code, _u.name, _f.created_at, _f.id)
)
_VERIFIED = (
    select(verified_points.c.filing_id, verified_points.c.indicator, verified_points.c.points)
    .join_from(verified_points, filings, _f.id == verified_points.c.filing_id)
    .join(units, _u.id == _f.unit_id)
    .where(_u.county_id == bindparam("of_county"), _f.year == bindparam("in_year"))
)
_BEFORE = (
    select(_s.filing_id, _s.round, _s.inputs)
    .join_from(submissions, filings, _f.id == _s.filing_id)
    .join(units, _u.id == _f.unit_id)
    .where(
        _u.county_id == bindparam("of_county"),
        _f.year == bindparam("in_year"),
        _f.state.in_([_SUBMITTED, _APPROVED]),
        _s.round < _f.round,
        _s.verdict == "returned",
    )
    .order_by(_s.filing_id, _s.round)
)


def handed_in(c: Connection, county: str, year: int, some: int = 100) -> Iterator[HandedIn]:
    """Every filing that waits or is approved, form by form, by code of the unit; a few read at a time."""
    cursor = _OF_YEAR.run(c, {"of_county": county, "in_year": year})
    while rows := cursor.fetchmany(some):
        yield from (HandedIn(*row) for row in rows)


def verified_in(c: Connection, county: str, year: int) -> dict[str, dict[str, str]]:
    """核查分 by filing and indicator."""
    found: dict[str, dict[str, str]] = {}
    for filing, indicator, points in c.execute(_VERIFIED, {"of_county": county, "in_year": year}):
        found.setdefault(filing, {})[indicator] = points
    return found


def returned_before(c: Connection, county: str, year: int) -> dict[str, str]:
    """What the filings that were returned held when they were, the last time: the snapshot by filing."""
    return {filing: inputs for filing, _, inputs in c.execute(_BEFORE, {"of_county": county, "in_year": year})}
