"""Copies of a whole store, row by row, from SQLite or PostgreSQL to either: of one moment, all of it or nothing, read
back before it counts.

A copy starts paused (home.py). Not here: SQLite's own way of copying a file (backups.py).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Table, func, insert, select, text, update
from sqlalchemy.exc import DBAPIError, OperationalError

from dialogs.store import office_settings
from dialogs.store.engine import reading, writing
from dialogs.store.errors import CopyFailed
from dialogs.store.fingerprints import Fingerprint, Printing, Row, fingerprint, lasting, rows_of
from dialogs.store.home import RESTORED
from dialogs.store.schema import check_schema
from dialogs.store.statements import Prepared
from dialogs.store.tables import metadata
from dialogs.store.tables.making import RowId

BATCH = 500  # rows written at once
HEAVY = 8 << 20  # bytes of them at most: a file may have twenty megabytes


def copy(source: Engine, target: Engine) -> dict[str, Fingerprint]:
    """Copy everything into a store with the present schema and no rows. What was copied, by table. Raises CopyFailed."""
    with reading(source) as old:
        check_schema(old)
        try:
            with writing(target) as new:
                return _all(old, new)
        except OperationalError:
            raise
        except DBAPIError as e:
            raise CopyFailed(f"有一行数据目标库存不下，没有复制（{type(e.orig).__name__}）。") from e


def _all(old: Connection, new: Connection) -> dict[str, Fingerprint]:
    check_schema(new)
    if new.dialect.name == "postgresql":  # SQLite has one writer, and that is us
        new.execute(text(f"LOCK TABLE {', '.join(t.name for t in metadata.sorted_tables)} IN ACCESS EXCLUSIVE MODE"))
    for table in metadata.sorted_tables:
        if new.execute(select(*table.primary_key.columns).limit(1)).first() is not None:
            raise CopyFailed("目标库里已经有数据，为免盖掉，没有复制；请换一个空的库。")
    copied = {table.name: _copied(old, new, table) for table in lasting()}
    for table in lasting():
        if fingerprint(new, table) != copied[table.name]:
            raise CopyFailed(f"复制后核对不一致（表 {table.name}），已全部撤回；请检查磁盘后再试。")
    office_settings.put(new, office_settings.PAUSED, RESTORED)
    _count_on(new)
    return copied


def _copied(old: Connection, new: Connection, table: Table) -> Fingerprint:
    """Copy a table; the fingerprint of what was read."""
    made = Printing()
    upwards = _upwards(table)
    kinds = [column.type.python_type for column in table.columns]
    linked: list[Row] = []
    for batch in _batches(rows_of(old, table)):
        rows = []
        for row in batch:
            made.add(row)
            _must_fit(table, kinds, row)
            if any(row[n] is not None for n in upwards):
                linked.append(row)
                row = [None if n in upwards else value for n, value in enumerate(row)]
            rows.append(row)
        _enter(new, table, rows)
    names = [column.name for column in table.columns]
    for row in linked:  # a row may point to one of its own table that comes behind it
        this = [column == row[names.index(column.name)] for column in table.primary_key.columns]
        new.execute(update(table).where(*this).values({names[n]: row[n] for n in upwards}))
    return made.print


def _enter(new: Connection, table: Table, rows: Sequence[Row]) -> None:
    names = [column.name for column in table.columns]
    if new.dialect.name == "sqlite":
        Prepared(insert(table)).many(new, [dict(zip(names, row, strict=True)) for row in rows])
        return
    quoted = new.dialect.identifier_preparer
    columns = ", ".join(quoted.quote(name) for name in names)
    driver: Any = new.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {quoted.format_table(table)} ({columns}) FROM STDIN") as line:
        for row in rows:
            line.write_row(row)


def _upwards(table: Table) -> list[int]:
    """Which columns point to rows of the same table."""
    return [n for n, column in enumerate(table.columns) if any(key.column.table is table for key in column.foreign_keys)]


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    weight = 0
    for row in rows:
        batch.append(row)
        weight += sum(len(value) for value in row if isinstance(value, bytes))
        if len(batch) == BATCH or weight > HEAVY:
            yield batch
            batch, weight = [], 0
    if batch:
        yield batch


def _must_fit(table: Table, kinds: Sequence[type], row: Row) -> None:
    """SQLite keeps anything anywhere; PostgreSQL does not, and then one wants to know which row."""
    for n, (value, kind) in enumerate(zip(row, kinds, strict=True)):
        if value is not None and (type(value) is not kind or (isinstance(value, str) and "\x00" in value)):
            names = [column.name for column in table.columns]
            key = "、".join(str(row[names.index(k.name)]) for k in table.primary_key.columns)
            raise CopyFailed(f"表 {table.name} 主键 {key} 的 {names[n]} 不是这一列该有的内容，没有复制；请先改正这一行。")


def _count_on(c: Connection) -> None:
    """New rows get numbers behind those copied. SQLite sees to that by itself."""
    if c.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        (key, *more) = table.primary_key.columns
        if key.type is RowId and not more and key.autoincrement is not False:
            highest = c.execute(select(func.max(key))).scalar()
            if highest is not None:
                of = text("SELECT setval(pg_get_serial_sequence(:of_table, :of_column), :to)")
                c.execute(of, {"of_table": table.name, "of_column": key.name, "to": highest})


def differing(one: Mapping[str, Fingerprint], other: Mapping[str, Fingerprint]) -> Sequence[str]:
    """The tables of which two stores have different rows."""
    return sorted(name for name in {*one, *other} if one.get(name) != other.get(name))
