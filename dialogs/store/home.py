"""Where a store lives: one that finds itself in another place than before is a copy, and says nothing unasked until
somebody resumes. What still waits in it was perhaps said long ago by the store it is a copy of.

SQLite: the file; PostgreSQL: the cluster, its timeline, the database and the table, so that a dump restored anywhere is
noticed. Not here: pausing by hand (dialogs/reminding/pausing.py).
"""

from pathlib import Path

from sqlalchemy import Connection, text

from dialogs.store import office_settings
from dialogs.store.office_settings import HOME, PAUSED

RESTORED = "从备份恢复"  # why a restored copy is paused
_POSTGRESQL = text(
    "SELECT concat_ws('.', s.system_identifier, c.timeline_id, d.oid, 'office_settings'::regclass::oid)"
    " FROM pg_control_system() s, pg_control_checkpoint() c, pg_database d WHERE d.datname = current_database()"
)


def settle(c: Connection) -> bool:
    """Whether the store was brought here from elsewhere since it last served; then it is paused. Called before serving."""
    here, before = place(c), office_settings.get(c, HOME)
    if here == before:
        return False
    office_settings.put(c, HOME, here)
    if not before:
        return False
    if not office_settings.get(c, PAUSED):
        office_settings.put(c, PAUSED, RESTORED)
    return True


def place(c: Connection) -> str:
    """What tells this place from any other."""
    if c.dialect.name == "postgresql":
        return f"postgresql:{c.execute(_POSTGRESQL).scalar_one()}"
    _, _, file = next(iter(c.exec_driver_sql("PRAGMA database_list")))  # `main` is the first; there may be `temp`
    return f"sqlite:{Path(file).stat().st_ino}"
