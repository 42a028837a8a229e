"""What one unit files: forms in their edition, filings, answers and their history, documents; the way in and out.

Not here: who takes part (people.py), or the year's round (calendar.py, review.py).
"""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from dialogs.store.tables.making import NEW, PARKED, SENDING, RowId, literal, metadata, number, one_of, only, time, words

OPEN, RETURNED = literal("open"), literal("returned")
STATES = ("open", "submitted", "returned", "approved")  # of a filing

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
    time("created_at"),
    number("documents"),
    words("state", "open"),
    number("round"),  # how often it was submitted
    Column("state_at", BigInteger, nullable=False, server_default=text("0")),
    number("done"),  # how far it is, as of the last answer: what lists of thousands are made from
    number("total"),
    words("at_item"),  # the first open question
    Column("answered_at", BigInteger),
    one_of("state", STATES),
    UniqueConstraint("unit_id", "year", "form_id", "project"),
    Index("ix_filings_form_id_year", "form_id", "year"),
)

answers = Table(
    "answers",
    metadata,
    Column("filing_id", Text, ForeignKey("filings.id"), primary_key=True),
    Column("item", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("value", Text),
    number("provisional"),
    Column("basis", Text, nullable=False, server_default=text("''")),
    number("ver", 1),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False),
    time("at"),
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
    time("at"),
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
    number("ver", 1),
    time("at"),
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
    time("at"),
    Column("state", Text, nullable=False, server_default=text("'new'")),
    number("attempts"),
    Column("not_before", BigInteger, nullable=False, server_default=text("0")),
    Column("error", Text, nullable=False, server_default=text("''")),
    UniqueConstraint("channel", "bot", "update_id"),
    one_of("state", ("new", "done", "parked")),
)
Index("ix_inbox_waiting", inbox.c.id, **only(inbox.c.state, NEW))
Index("ix_inbox_at", inbox.c.at)
Index("ix_inbox_waiting_chat", inbox.c.chat, inbox.c.id, **only(inbox.c.state, NEW))
Index("ix_inbox_parked", inbox.c.id, **only(inbox.c.state, PARKED))

outbox = Table(
    "outbox",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("chat", Text, nullable=False),
    Column("inbox_id", BigInteger),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("state", Text, nullable=False, server_default=text("'new'")),
    number("attempts"),
    Column("lease_until", BigInteger, nullable=False, server_default=text("0")),
    Column("not_before", BigInteger, nullable=False, server_default=text("0")),
    Column("message_id", BigInteger),
    number("ambiguous"),
    Column("error", Text, nullable=False, server_default=text("''")),
    time("at"),
    number("lane"),  # 0: a reply, 1: what is said unasked and lets replies pass
    words("owner"),  # the worker that carries it
    one_of("state", ("new", "sending", "sent", "parked")),
)
Index("ix_outbox_pending", outbox.c.lane, outbox.c.id, **only(outbox.c.state, NEW, SENDING))
Index("ix_outbox_at", outbox.c.at)
Index("ix_outbox_pending_chat", outbox.c.chat, outbox.c.id, **only(outbox.c.state, NEW, SENDING))
Index("ix_outbox_parked", outbox.c.id, **only(outbox.c.state, PARKED))

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
    number("gaps"),
    Column("person_id", Text, ForeignKey("people.id"), nullable=False),
    time("at"),
    Column("sha256", Text),
    Column("content", LargeBinary),
    UniqueConstraint("filing_id", "version", "document"),
)
