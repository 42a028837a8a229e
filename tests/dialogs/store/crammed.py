"""A store with rows in every table there is, made from nothing but what the tables say of themselves."""

import re
from collections.abc import Iterator
from random import Random
from typing import Any

from sqlalchemy import CheckConstraint, Column, Engine, LargeBinary, Table, Text, insert

from dialogs.store.engine import writing
from dialogs.store.tables import metadata

WORDS = ("", "绩效", "O'Brien; --", "“引号”\\ 🙂", "{}", "a\nb\tc", "中" * 400, "ｚ", "Z", "é", "~")
NUMBERS = (0, 1, -1, 2**31 - 1, 20_260_304)


def cram(engine: Engine, each: int = 7, seed: int = 1) -> None:
    """So many rows in every table, with all kinds of values; keys point to rows that are there, some to later ones."""
    chance = Random(seed)
    made: dict[str, list[dict[str, Any]]] = {}
    with writing(engine) as c:
        for table in metadata.sorted_tables:
            rows = [_row(table, n, chance, made) for n in range(each)]
            c.execute(insert(table), rows)
            made[table.name] = rows
        units = metadata.tables["units"]
        for n, row in enumerate(made["units"]):
            above = made["units"][(n + 3) % each]["id"]
            c.execute(units.update().where(units.c.id == row["id"]).values(supervisor_id=above))


def _row(table: Table, n: int, chance: Random, made: dict[str, list[dict[str, Any]]]) -> dict[str, Any]:
    single = {c for key in _keys(table) for c in key}
    return {column.name: _value(table, column, n, chance, made, column in single) for column in table.columns}


def _keys(table: Table) -> Iterator[tuple[Column[Any], ...]]:
    yield tuple(table.primary_key.columns)
    for constraint in table.constraints:
        if type(constraint).__name__ == "UniqueConstraint":
            yield tuple(constraint.columns)  # type: ignore[attr-defined]


def _value(table: Table, column: Column[Any], n: int, chance: Random, made: dict[str, list[dict[str, Any]]], single: bool) -> Any:
    if foreign := next(iter(column.foreign_keys), None):
        if foreign.column.table is table:
            return None
        there = made[foreign.column.table.name]
        return there[n if single else chance.randrange(len(there))][foreign.column.name]
    if allowed := _allowed(table, column):
        return allowed[n % len(allowed)]
    if column.nullable and not single and chance.random() < 0.3:
        return None
    if isinstance(column.type, LargeBinary):
        return chance.randbytes(chance.choice((0, 10, 70_000)))
    if isinstance(column.type, Text):
        return f"{chance.choice(WORDS)}{n}" if single else chance.choice(WORDS)
    return n + 1 if single else chance.choice(NUMBERS)


def _allowed(table: Table, column: Column[Any]) -> list[str]:
    for constraint in table.constraints:
        if isinstance(constraint, CheckConstraint) and str(constraint.sqltext).startswith(f"{column.name} IN "):
            return re.findall(r"'([^']*)'", str(constraint.sqltext))
    return []
