"""The year's calendar and what is said unasked: deadlines, reminders, notices, and work that takes a while."""

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text, UniqueConstraint, text

from dialogs.store.tables.making import RowId, key, literal, metadata, number, one_of, only, time, words

DUE = literal("due")
WAITING = literal("waiting")

# Append only: of the rows that say a date the most specific one counts, then the latest.
deadlines = Table(
    "deadlines",
    metadata,
    Column("id", RowId, primary_key=True),
    key("county_id", "counties.id", optional=True),
    key("unit_id", "units.id", optional=True),
    key("filing_id", "filings.id", optional=True),
    Column("form_id", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("opens", Text),
    Column("due", Text),
    Column("reviewed", Text),
    Column("published", Text),
    words("reason"),
    key("person_id", "people.id"),
    time("at"),
    Index("ix_deadlines_form_id_year", "form_id", "year"),
)

reminders = Table(
    "reminders",
    metadata,
    Column("id", RowId, primary_key=True),
    key("filing_id", "filings.id"),
    Column("kind", Text, nullable=False),
    Column("deadline", BigInteger, nullable=False),  # the id of the deadlines row, 0 for the pack's own date
    time("due_at"),
    words("state", "due"),
    Column("at", BigInteger),
    words("reason"),
    one_of("state", ("due", "collected", "void")),
    UniqueConstraint("filing_id", "kind", "deadline"),
)
Index("ix_reminders_due", reminders.c.due_at, reminders.c.id, **only(reminders.c.state, DUE))

notices = Table(
    "notices",
    metadata,
    Column("id", Text, primary_key=True),
    key("person_id", "people.id"),
    Column("kind", Text, nullable=False),
    Column("key", Text, nullable=False),
    time("due_at"),
    words("state", "waiting"),
    words("body", "{}"),
    words("actions", "[]"),
    Column("outbox_id", BigInteger),
    time("at"),
    words("reason"),
    one_of("state", ("waiting", "queued", "sent", "void")),
    UniqueConstraint("person_id", "key"),
)
Index("ix_notices_waiting", notices.c.due_at, notices.c.id, **only(notices.c.state, WAITING))

notice_lines = Table(
    "notice_lines",
    metadata,
    key("notice_id", "notices.id", primary=True),
    Column("reminder_id", BigInteger, primary_key=True, autoincrement=False),
    Index("ix_notice_lines_reminder_id", "reminder_id"),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", Text, primary_key=True),
    key("person_id", "people.id"),
    Column("chat", Text, nullable=False),
    Column("kind", Text, nullable=False),
    words("body", "{}"),
    words("state", "waiting"),
    number("done"),
    number("total"),
    Column("message_id", BigInteger),
    Column("lease_until", BigInteger, nullable=False, server_default=text("0")),
    words("result", "{}"),
    time("at"),
    time("updated_at"),
    words("owner"),  # the worker that does it
    one_of("state", ("waiting", "running", "done", "failed", "cancelled")),
)
