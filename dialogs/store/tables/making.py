"""What the tables are made with: the naming of constraints, kinds of columns, states as constants of the SQL."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ColumnClause,
    ColumnElement,
    ForeignKey,
    Integer,
    MetaData,
    Text,
    literal_column,
    text,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

# SQLite numbers rows by itself only in a column of exactly the type INTEGER.
RowId = BigInteger().with_variant(Integer, "sqlite")

ROLES = ("filler", "reviewer", "observer")  # of a unit
OFFICES = ("administrator", "overseer")  # of a county


def literal(state: str) -> ColumnClause[str]:
    """A state as the SQL spells it."""
    return literal_column(f"'{state}'", Text)


# States stand in the SQL as constants, not as parameters: a partial index is used only for a constant.
NEW = literal("new")
DONE = literal("done")
PARKED = literal("parked")
SENDING = literal("sending")
SENT = literal("sent")


def one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    allowed = ", ".join(f"'{v}'" for v in values)
    return CheckConstraint(f"{column} IN ({allowed})", name=column)


def number(name: str, default: int = 0) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=text(str(default)))


def time(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


def words(name: str, default: str = "") -> Column[str]:
    """A text that is never missing; `default` in the rows there were before it."""
    return Column(name, Text, nullable=False, server_default=text(f"'{default}'"))


def key(name: str, target: str, *, optional: bool = False, primary: bool = False) -> Column[Any]:
    """A text that names a row of another table."""
    return Column(name, Text, ForeignKey(target), nullable=optional, primary_key=primary)


def only(column: ColumnElement[str], *states: ColumnElement[str]) -> dict[str, Any]:
    """What a partial index wants: it holds the rows of these states only."""
    condition = column == states[0] if len(states) == 1 else column.in_(states)
    return {"sqlite_where": condition, "postgresql_where": condition}
