"""The tables, as SQLAlchemy Core sees them. A change here needs a migration of its own (migrations/versions).

Times are UTC epoch seconds, ids of the outside world are text, JSON is text. Not here: what is done with
the rows.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
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

ROLES = ("filler", "reviewer", "observer", "administrator")

# States stand in the SQL as constants, not as parameters: a partial index is used only for a constant.
NEW = literal_column("'new'", Text)
DONE = literal_column("'done'", Text)
PARKED = literal_column("'parked'", Text)
SENDING = literal_column("'sending'", Text)
SENT = literal_column("'sent'", Text)


def _one_of(column: str, values: tuple[str, ...]) -> CheckConstraint:
    allowed = ", ".join(f"'{v}'" for v in values)
    return CheckConstraint(f"{column} IN ({allowed})", name=column)


def _number(name: str, default: int = 0) -> Column[int]:
    return Column(name, Integer, nullable=False, server_default=text(str(default)))


def _time(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False)


units = Table("units", metadata, Column("id", Text, primary_key=True), Column("name", Text, nullable=False), _time("created_at"))

people = Table(
    "people",
    metadata,
    Column("id", Text, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("address", Text, nullable=False),
    _time("created_at"),
    UniqueConstraint("channel", "address"),
)

memberships = Table(
    "memberships",
    metadata,
    Column("person_id", Text, ForeignKey("people.id"), primary_key=True),
    Column("unit_id", Text, ForeignKey("units.id"), primary_key=True),
    Column("role", Text, nullable=False),
    _one_of("role", ROLES),
    Index("ix_memberships_unit_id", "unit_id"),
)

editions = Table(
    "editions",
    metadata,
    Column("edition", Text, primary_key=True),
    Column("form_id", Text, nullable=False),
    Column("sources", Text, nullable=False),
)

filings = Table(
    "filings",
    metadata,
    Column("id", Text, primary_key=True),
    Column("unit_id", Text, ForeignKey("units.id"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("form_id", Text, nullable=False),
    Column("project", Text, nullable=False, server_default=text("''")),
    Column("edition", Text, ForeignKey("editions.edition"), nullable=False),
    Column("created_by", Text, ForeignKey("people.id"), nullable=False),
    _time("created_at"),
    _number("documents"),
    UniqueConstraint("unit_id", "year", "form_id", "project"),
)

answers = Table(
    "answers",
    metadata,
    Column("filing_id", Text, ForeignKey("filings.id"), primary_key=True),
    Column("item", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("value", Text),
    _number("provisional"),
    Column("basis", Text, nullable=False, server_default=text("''")),
    _number("ver", 1),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False),
    _time("at"),
    Column("reason", Text, nullable=False, server_default=text("''")),
    sqlite_with_rowid=False,  # a filing's answers lie together and are read in one sweep
)

# Append only: nothing in this package updates or deletes a row of it.
history = Table(
    "history",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("filing_id", Text, ForeignKey("filings.id"), nullable=False),
    Column("item", Text, nullable=False),
    Column("old", Text),
    Column("new", Text),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False),
    _time("at"),
    Column("inbox_id", BigInteger),  # no foreign key: old inbox rows may be cleared, history stays
    Column("message", BigInteger, nullable=False, server_default=text("0")),
    Index("ix_history_filing_id_item", "filing_id", "item"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("chat", Text, primary_key=True),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False),
    Column("filing_id", Text, ForeignKey("filings.id")),
    Column("state", Text, nullable=False),
    _number("ver", 1),
    _time("at"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("bot", Text, nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("chat", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("body", Text, nullable=False),
    _time("at"),
    Column("state", Text, nullable=False, server_default=text("'new'")),
    _number("attempts"),
    Column("not_before", BigInteger, nullable=False, server_default=text("0")),
    Column("error", Text, nullable=False, server_default=text("''")),
    UniqueConstraint("channel", "bot", "update_id"),
    _one_of("state", ("new", "done", "parked")),
)
_waiting = inbox.c.state == NEW
Index("ix_inbox_waiting", inbox.c.id, sqlite_where=_waiting, postgresql_where=_waiting)
Index("ix_inbox_waiting_chat", inbox.c.chat, inbox.c.id, sqlite_where=_waiting, postgresql_where=_waiting)

outbox = Table(
    "outbox",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("chat", Text, nullable=False),
    Column("inbox_id", BigInteger),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("state", Text, nullable=False, server_default=text("'new'")),
    _number("attempts"),
    Column("lease_until", BigInteger, nullable=False, server_default=text("0")),
    Column("not_before", BigInteger, nullable=False, server_default=text("0")),
    Column("message_id", BigInteger),
    _number("ambiguous"),
    Column("error", Text, nullable=False, server_default=text("''")),
    _time("at"),
    _one_of("state", ("new", "sending", "sent", "parked")),
)
_pending = outbox.c.state.in_([NEW, SENDING])
Index("ix_outbox_pending", outbox.c.id, sqlite_where=_pending, postgresql_where=_pending)
Index("ix_outbox_pending_chat", outbox.c.chat, outbox.c.id, sqlite_where=_pending, postgresql_where=_pending)

documents = Table(
    "documents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("filing_id", Text, ForeignKey("filings.id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("document", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("edition", Text, ForeignKey("editions.edition"), nullable=False),
    Column("inputs", Text, nullable=False),
    Column("total", Text, nullable=False),
    Column("grade", Text, nullable=False),
    _number("gaps"),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False),
    _time("at"),
    Column("sha256", Text),
    Column("content", LargeBinary),
    UniqueConstraint("filing_id", "version", "document"),
)
