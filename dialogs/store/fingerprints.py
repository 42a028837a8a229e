"""Fingerprints of tables: how many rows, and one hash over all of them in the order of their keys.

The same rows give the same fingerprint on SQLite and on PostgreSQL. What only the running of one place is about is left
out: who is alive there, who may send when, and whether unasked messages are paused. Not here: copying, or what must
hold between tables (verifying.py).
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Column, Connection, LargeBinary, Select, Table, Text, select

from dialogs.store.office_settings import HOME, PAUSED
from dialogs.store.tables import metadata, office_settings

PASSING = frozenset({"leases", "paces"})  # worth nothing in another place or a minute later
OF_THE_PLACE = (HOME, PAUSED)  # settings that say something about one place only
MANY, FEW = 1000, 8  # rows fetched at once; of tables with files fewer, which may have megabytes each

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a table holds: the number of its rows and the hash over them."""

    rows: int
    hash: str


class Printing:
    """A fingerprint in the making: given row by row, in the order of their keys."""

    def __init__(self) -> None:
        self.rows, self._hash = 0, sha256()

    def add(self, row: Row) -> None:
        """The next row."""
        self._hash.update(as_text(row).encode("ascii"))
        self._hash.update(b"\n")
        self.rows += 1

    @property
    def print(self) -> Fingerprint:
        """The fingerprint of the rows so far."""
        return Fingerprint(self.rows, self._hash.hexdigest())


def as_text(row: Row) -> str:
    """A row as it is hashed: the same on every machine, and in every edition of Python."""
    return json.dumps(list(row), separators=(",", ":"), default=_of_bytes)


def _of_bytes(content: bytes | memoryview) -> dict[str, str]:
    return {"sha256": sha256(content).hexdigest()}


def lasting() -> tuple[Table, ...]:
    """The tables of which a copy has the same rows, each behind those it points to."""
    return tuple(table for table in metadata.sorted_tables if table.name not in PASSING)


def everything(table: Table, dialect: str) -> Select[Any]:
    """All lasting rows of a table in the order of their key, which is that of the bytes on both databases."""
    rows = select(table)
    if table is office_settings:
        rows = rows.where(table.c.key.not_in(OF_THE_PLACE))
    return rows.order_by(*(_by_bytes(column, dialect) for column in table.primary_key.columns))


def _by_bytes(column: Column[Any], dialect: str) -> Any:
    return column.collate("C") if dialect == "postgresql" and isinstance(column.type, Text) else column


def rows_of(c: Connection, table: Table) -> Iterator[Row]:
    """The rows of `everything`, fetched a few at a time."""
    heavy = any(isinstance(column.type, LargeBinary) for column in table.columns)
    found = c.execute(everything(table, c.dialect.name), execution_options={"yield_per": FEW if heavy else MANY})
    for part in found.partitions():
        yield from (tuple(row) for row in part)


def fingerprint(c: Connection, table: Table) -> Fingerprint:
    """The fingerprint of a table as it is in this transaction."""
    made = Printing()
    for row in rows_of(c, table):
        made.add(row)
    return made.print


def fingerprints(c: Connection) -> dict[str, Fingerprint]:
    """The fingerprints of all lasting tables, by name."""
    return {table.name: fingerprint(c, table) for table in sorted(lasting(), key=lambda table: table.name)}


def of_all(prints: Mapping[str, Fingerprint]) -> Fingerprint:
    """One fingerprint for all tables together."""
    together = sha256("".join(f"{name} {p.rows} {p.hash}\n" for name, p in sorted(prints.items())).encode())
    return Fingerprint(sum(p.rows for p in prints.values()), together.hexdigest())
