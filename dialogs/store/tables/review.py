"""What people do to a filing together: submissions, remarks, 核查分, whose part is whose, proposals, evidence, surveys."""

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
    literal_column,
    text,
)

from dialogs.store.tables.making import key, literal, metadata, number, one_of, only, time, words

FETCHING = literal("waiting")
UNTOLD = literal_column("0", Integer)  # a constant, as the states are: its sender does not know yet what became of it

submissions = Table(
    "submissions",
    metadata,
    key("filing_id", "filings.id", primary=True),
    Column("round", Integer, primary_key=True, autoincrement=False),
    key("person_id", "people.id"),
    time("at"),
    number("gaps"),
    key("edition", "editions.edition"),
    Column("inputs", Text, nullable=False),
    words("total"),
    words("grade"),
    words("verdict"),
    key("reviewer_id", "people.id", optional=True),
    Column("decided_at", BigInteger),
    words("remark"),
    Column("version", Integer),
    one_of("verdict", ("", "withdrawn", "returned", "approved")),
)

remarks = Table(
    "remarks",
    metadata,
    Column("id", Text, primary_key=True),
    key("filing_id", "filings.id"),
    Column("round", Integer, nullable=False),
    Column("about", Text, nullable=False),
    words("place"),
    key("person_id", "people.id"),
    time("at"),
    Column("text", Text, nullable=False),
    Column("done_at", BigInteger),
    key("done_by", "people.id", optional=True),
    one_of("about", ("filing", "item", "indicator")),
    Index("ix_remarks_filing_id", "filing_id"),
)

verified_points = Table(
    "verified_points",
    metadata,
    key("filing_id", "filings.id", primary=True),
    Column("indicator", Text, primary_key=True),
    Column("points", Text, nullable=False),
    words("own"),  # the 自评分 by then
    Column("reason", Text, nullable=False),
    key("person_id", "people.id"),
    time("at"),
)

assignments = Table(
    "assignments",
    metadata,
    key("filing_id", "filings.id", primary=True),
    Column("section", Text, primary_key=True),
    key("person_id", "people.id"),
    key("by_id", "people.id"),
    time("at"),
    words("promised"),
    Column("done_at", BigInteger),
    Index("ix_assignments_person_id", "person_id"),
)

proposals = Table(
    "proposals",
    metadata,
    Column("id", Text, primary_key=True),
    key("filing_id", "filings.id"),
    Column("item", Text, nullable=False),
    key("asked_by", "people.id"),
    key("asked_of", "people.id", optional=True),
    Column("code_hash", Text),
    words("question"),
    time("created_at"),
    time("expires_at"),
    Column("answer", Text),
    key("answered_by", "people.id", optional=True),
    Column("answered_at", BigInteger),
    words("verdict"),
    Column("decided_at", BigInteger),
    one_of("verdict", ("", "withdrawn", "accepted", "declined")),
    UniqueConstraint("code_hash"),
    Index("ix_proposals_filing_id", "filing_id"),
)

files = Table(
    "files",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    time("at"),
)

# A file somebody sent: first `waiting` to be fetched from the channel (`source`), then stored or refused for a reason.
evidence = Table(
    "evidence",
    metadata,
    Column("id", Text, primary_key=True),
    key("filing_id", "filings.id"),
    Column("about", Text, nullable=False),
    words("place"),
    Column("sha256", Text, ForeignKey("files.sha256")),
    words("name"),
    key("person_id", "people.id"),
    time("at"),
    Column("removed_at", BigInteger),
    words("state", "waiting"),
    words("source"),
    words("chat"),
    number("attempts"),
    Column("not_before", BigInteger, nullable=False, server_default=text("0")),
    words("reason"),
    number("told"),
    words("owner"),  # the worker that fetches it
    one_of("about", ("filing", "item", "indicator")),
    one_of("state", ("waiting", "stored", "refused")),
    Index("ix_evidence_filing_id", "filing_id"),
)
Index("ix_evidence_waiting", evidence.c.not_before, evidence.c.id, **only(evidence.c.state, FETCHING))
_untold = evidence.c.told == UNTOLD
Index("ix_evidence_untold", evidence.c.chat, sqlite_where=_untold, postgresql_where=_untold)

surveys = Table(
    "surveys",
    metadata,
    Column("id", Text, primary_key=True),
    key("filing_id", "filings.id"),
    Column("item", Text, nullable=False),
    Column("code", Text, nullable=False),
    Column("salt", Text, nullable=False),
    words("questions", "[]"),
    Column("issued", Integer),
    number("minimum"),
    time("opens_at"),
    Column("closes_at", BigInteger),
    Column("closed_at", BigInteger),
    key("created_by", "people.id"),
    time("at"),
    UniqueConstraint("code"),
    Index("ix_surveys_filing_id", "filing_id"),
)

# `respondent` is a salted hash: who answered is known to nobody, that somebody answered twice is.
survey_answers = Table(
    "survey_answers",
    metadata,
    key("survey_id", "surveys.id", primary=True),
    Column("respondent", Text, primary_key=True),
    Column("marks", Text, nullable=False),
    number("valid", 1),
    time("at"),
)
