"""Stores as released editions left them: small dumps, each written by the program of its time, with rows in them.

0001 is edition 0.1.0, 0002 is 0.2.0, 0005 is 0.3.0; 0003 and 0004 were never released by themselves and are the store of
0002 as the migrations of 0.3.0 left it half way. In each of them an update waits to be handled. Never changed any more.
"""

from pathlib import Path

from sqlalchemy import Engine, inspect

from dialogs.store.engine import reading

HERE = Path(__file__).parent
RELEASED = ("0001", "0002", "0003", "0004", "0005")
Rows = dict[str, list[dict[str, object]]]


def restore(engine: Engine, version: str) -> None:
    """Put a released store into an empty database."""
    script = (HERE / f"{version}.{engine.dialect.name}.sql").read_text(encoding="utf-8")
    pooled = engine.raw_connection()
    raw = pooled.driver_connection
    assert raw is not None
    if engine.dialect.name == "sqlite":
        raw.executescript("PRAGMA foreign_keys=OFF;" + script)
        raw.execute("PRAGMA foreign_keys=ON")
    else:
        raw.execute(script)
        raw.commit()
    pooled.close()


def rows_there(engine: Engine) -> Rows:
    """Every row of every table there is, whatever the schema; in no particular order of columns."""
    found: Rows = {}
    with reading(engine) as c:
        for table in sorted(inspect(c).get_table_names()):
            rows = [dict(row) for row in c.exec_driver_sql(f'SELECT * FROM "{table}"').mappings()]
            found[table] = sorted(rows, key=repr)
    return found
