"""The documents issued for a county's filings of a year: the latest version of each filing. Not here: their content."""

from typing import NamedTuple

from sqlalchemy import Connection, and_, bindparam, select

from dialogs.store.statements import Prepared
from dialogs.store.tables import documents, filings, units


class Issued(NamedTuple):
    """One document of the latest version of a filing."""

    id: str
    filing: str
    unit: str
    unit_name: str
    code: str
    form: str
    year: int
    project: str
    edition: str
    state: str
    document: str
    title: str
    version: int
    gaps: int


_f, _u, _d = filings.c, units.c, documents.c
_OF_YEAR = Prepared(
    select(
        *(_d.id, _f.id, _u.id, _u.name, _u.code, _f.form_id, _f.year, _f.project, _f.edition, _f.state),
        *(_d.document, _d.title, _d.version, _d.gaps),
    )
    .join_from(documents, filings, and_(_f.id == _d.filing_id, _f.documents == _d.version))
    .join(units, _u.id == _f.unit_id)
    .where(_u.county_id == bindparam("of_county"), _f.year == bindparam("in_year"))
    .order_by(_u.code, _u.name, _u.id, _f.created_at, _f.id, _d.at, _d.id)
)


def issued(c: Connection, county: str, year: int) -> list[Issued]:
    """All of them, unit by unit."""
    return [Issued(*row) for row in _OF_YEAR.run(c, {"of_county": county, "in_year": year}).fetchall()]
