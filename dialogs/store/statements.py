"""Statements that SQLAlchemy spells per dialect, made once for both databases.

    SAVE = either(lambda insert: insert(units).on_conflict_do_nothing())
    c.execute(SAVE[c.dialect.name], {...})

Not here: any statement itself; each stands in the module of the rows it is about.
"""

from collections.abc import Callable, Mapping

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import Insert as PostgresInsert
from sqlalchemy.dialects.postgresql import insert as postgres_insert
from sqlalchemy.dialects.sqlite import Insert as SqliteInsert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

Insert = SqliteInsert | PostgresInsert
Upsert = Mapping[str, Insert]


def either(build: Callable[[Callable[[Table], Insert]], Insert]) -> Upsert:
    """The same insert for SQLite and for PostgreSQL, by the name of the dialect."""
    return {"sqlite": build(sqlite_insert), "postgresql": build(postgres_insert)}
