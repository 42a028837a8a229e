"""Statements made once: spelled for both databases, and for the path of every answer run by the driver itself.

    ADD = either(lambda insert: insert(units).on_conflict_do_nothing())
    c.execute(ADD[c.dialect.name], {...})

    LOAD = Prepared(select(units.c.name).where(units.c.id == bindparam("this")))
    LOAD.run(c, {"this": "u1"}).fetchone()

SQLAlchemy writes the SQL of a prepared statement; the driver runs it, at a sixth of the cost of `execute`.
Not here: any statement itself; each stands in the module of the rows it is about.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql import ClauseElement

Insert = sqlite.Insert | postgresql.Insert
Insertion = Callable[[Table], Insert]
Values = Mapping[str, Any]


Built = TypeVar("Built", bound=ClauseElement)


def either(build: Callable[[Insertion], Built]) -> Mapping[str, Built]:
    """The same insert for SQLite and for PostgreSQL, by the name of the dialect."""
    return {"sqlite": build(sqlite.insert), "postgresql": build(postgresql.insert)}


class Prepared:
    """A statement, or one per dialect from `either`. The values are given by name; so are those written into it."""

    def __init__(self, statement: ClauseElement | Mapping[str, ClauseElement]) -> None:
        self.statement = statement
        self.spelled: dict[tuple[str, tuple[str, ...]], tuple[str, dict[str, Any]]] = {}

    def run(self, c: Connection, values: Values) -> Any:
        """The driver's cursor. Its errors become SQLAlchemy's where the transaction ends (engine.py)."""
        sql, fixed = self.spelling(c, tuple(values))
        return _driver(c).execute(sql, {**fixed, **values} if fixed else values)

    def many(self, c: Connection, rows: Sequence[Values]) -> int:
        """Run once for every row, which all have the same names. How many rows were written."""
        if len(rows) == 1:
            return int(self.run(c, rows[0]).rowcount)
        sql, fixed = self.spelling(c, tuple(rows[0]))
        cursor = _driver(c).cursor()
        cursor.executemany(sql, ({**fixed, **row} for row in rows) if fixed else rows)
        return int(cursor.rowcount)

    def spelling(self, c: Connection, names: tuple[str, ...]) -> tuple[str, dict[str, Any]]:
        """The SQL for this database with the values written into the statement itself."""
        key = (c.dialect.name, names)
        found = self.spelled.get(key)
        if found is None:
            found = self.spelled[key] = self._spell(c, names)
        return found

    def _spell(self, c: Connection, names: tuple[str, ...]) -> tuple[str, dict[str, Any]]:
        statement = self.statement if isinstance(self.statement, ClauseElement) else self.statement[c.dialect.name]
        named = sqlite.dialect(paramstyle="named") if c.dialect.name == "sqlite" else c.dialect
        table = getattr(statement, "table", None) if getattr(statement, "is_insert", False) else None
        named_columns = table is not None and all(n in table.c for n in names)
        columns = list(names) if named_columns else None  # else it says itself which value goes where
        compiled = statement.compile(dialect=named, column_keys=columns, compile_kwargs={"render_postcompile": True})
        return str(compiled), {k: v for k, v in compiled.params.items() if k not in names}


def _driver(c: Connection) -> Any:
    return c.connection.driver_connection
