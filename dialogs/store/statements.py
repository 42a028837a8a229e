"""Statements that SQLAlchemy spells per dialect, made once for both databases.

    ADD = either(lambda insert: insert(units).on_conflict_do_nothing())
    c.execute(ADD[c.dialect.name], {...})

Not here: any statement itself; each stands in the module of the rows it is about.
"""

from collections.abc import Callable, Mapping

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

Insert = sqlite.Insert | postgresql.Insert
Insertion = Callable[[Table], Insert]


def either(build: Callable[[Insertion], Insert]) -> Mapping[str, Insert]:
    """The same insert for SQLite and for PostgreSQL, by the name of the dialect."""
    return {"sqlite": build(sqlite.insert), "postgresql": build(postgresql.insert)}
