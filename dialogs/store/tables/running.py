"""What several workers share: leases, the pace of sending, the seals of the audit, and links that work once.

Not here: the rows they are about (filing.py, people.py).
"""

from sqlalchemy import BigInteger, Column, Index, Table, Text, UniqueConstraint

from dialogs.store.tables.making import RowId, key, metadata, number, one_of, time, words

# Who does what only one may do, or is alive at all; until when. Renewed while alive, free for others afterwards.
leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    time("until"),
)

# When the next message may leave, in milliseconds: one row for all chats together, one for each chat.
paces = Table(
    "paces",
    metadata,
    Column("key", Text, primary_key=True),
    time("free_at"),
)

# The chain over the journal and the history of answers: each seal hashes the one before it and the digest of its row.
seals = Table(
    "seals",
    metadata,
    Column("seq", RowId, primary_key=True, autoincrement=False),
    Column("source", Text, nullable=False),
    Column("row_id", BigInteger, nullable=False),
    Column("digest", Text, nullable=False),  # of the salt and the row
    words("salt"),  # erased with a word of the row: nobody can try what it may have been
    Column("hash", Text, nullable=False),
    words("reason"),
    time("at"),
    one_of("source", ("journal", "history")),
    Index("ix_seals_source_row_id", "source", "row_id"),
)

# Doors to the office's own server, each for one person, one thing and one time. The token itself is nowhere.
links = Table(
    "links",
    metadata,
    Column("id", Text, primary_key=True),
    Column("token_hash", Text, nullable=False),
    key("person_id", "people.id"),
    Column("purpose", Text, nullable=False),
    Column("target", Text, nullable=False),
    words("detail", "{}"),
    time("at"),
    time("expires_at"),
    Column("used_at", BigInteger),
    number("tries"),
    UniqueConstraint("token_hash"),
    Index("ix_links_person_id", "person_id"),
)
