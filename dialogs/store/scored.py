"""Every total that was ever recorded, with what it was made from: of submissions, and of the documents of each version.

Not here: whether they agree (dialogs/retracing.py).
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, select

from dialogs.store.tables import documents, filings, submissions

AT_ONCE = 50  # rows fetched at once: each has all answers of a filing


class Scored(NamedTuple):
    """A recorded total and grade. `what`: of what, for people."""

    what: str
    form_id: str
    edition: str
    year: int
    inputs: str
    total: str
    grade: str


_s, _d, _f = submissions.c, documents.c, filings.c
_SUBMISSIONS = (
    select(_s.filing_id, _s.round, _f.form_id, _s.edition, _f.year, _s.inputs, _s.total, _s.grade)
    .join_from(submissions, filings, _f.id == _s.filing_id)
    .order_by(_s.filing_id, _s.round)
)
_DOCUMENTS = (
    select(_d.filing_id, _d.version, _f.form_id, _d.edition, _f.year, _d.inputs, _d.total, _d.grade)
    .join_from(documents, filings, _f.id == _d.filing_id)
    .order_by(_d.filing_id, _d.version, _d.id)
)


def of_submissions(c: Connection) -> Iterator[Scored]:
    """Every round that was handed in."""
    for filing, round, *rest in _streamed(c, _SUBMISSIONS):
        yield Scored(f"填报 {filing} 第 {round} 轮", *rest)


def of_documents(c: Connection) -> Iterator[Scored]:
    """Every version that was issued, once for all its documents that say the same."""
    before: tuple[Any, ...] = ()
    for filing, version, *rest in _streamed(c, _DOCUMENTS):
        if (filing, version, *rest) != before:
            before = (filing, version, *rest)
            yield Scored(f"填报 {filing} 第 {version} 版文件", *rest)


def _streamed(c: Connection, rows: Select[Any]) -> Iterator[tuple[Any, ...]]:
    for part in c.execute(rows, execution_options={"yield_per": AT_ONCE}).partitions():
        yield from (tuple(row) for row in part)
