"""Who takes part: counties, units, people, who belongs where in which role, invitations, and the journal of what they did."""

from sqlalchemy import BigInteger, Column, Index, Table, Text, UniqueConstraint, text

from dialogs.store.tables.making import OFFICES, ROLES, RowId, key, metadata, one_of, time, words

counties = Table(
    "counties",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    words("settings", "{}"),
    time("created_at"),
)

units = Table(
    "units",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    time("created_at"),
    key("county_id", "counties.id", optional=True),  # a newcomer's own unit belongs to no county
    words("code"),
    words("grouping"),
    key("supervisor_id", "units.id", optional=True),
    Column("closed_at", BigInteger),
    Index("ix_units_county_id", "county_id"),
    Index("ix_units_supervisor_id", "supervisor_id"),
)

people = Table(
    "people",
    metadata,
    Column("id", Text, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("address", Text, nullable=False),
    time("created_at"),
    words("name"),
    words("settings", "{}"),
    Column("blocked_at", BigInteger),
    Column("forgotten_at", BigInteger),
    UniqueConstraint("channel", "address"),
)

memberships = Table(
    "memberships",
    metadata,
    key("person_id", "people.id", primary=True),
    key("unit_id", "units.id", primary=True),
    Column("role", Text, primary_key=True),
    Column("at", BigInteger, nullable=False, server_default=text("0")),
    one_of("role", ROLES),
    Index("ix_memberships_unit_id", "unit_id"),
)

officers = Table(
    "officers",
    metadata,
    key("person_id", "people.id", primary=True),
    key("county_id", "counties.id", primary=True),
    Column("role", Text, primary_key=True),
    Column("at", BigInteger, nullable=False, server_default=text("0")),
    one_of("role", OFFICES),
    Index("ix_officers_county_id", "county_id"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("id", Text, primary_key=True),
    Column("code_hash", Text, nullable=False),
    key("county_id", "counties.id", optional=True),
    key("unit_id", "units.id", optional=True),
    Column("role", Text, nullable=False),
    words("name"),
    key("created_by", "people.id"),
    time("created_at"),
    time("expires_at"),
    key("used_by", "people.id", optional=True),
    Column("used_at", BigInteger),
    Column("revoked_at", BigInteger),
    one_of("role", ROLES + OFFICES),
    UniqueConstraint("code_hash"),
    Index("ix_invitations_unit_id", "unit_id"),
)

wrong_codes = Table(
    "wrong_codes",
    metadata,
    Column("id", RowId, primary_key=True),
    key("person_id", "people.id"),
    time("at"),
    Index("ix_wrong_codes_person_id_at", "person_id", "at"),
)

# Append only, as the history of answers is: everything people did that is not an answer.
journal = Table(
    "journal",
    metadata,
    Column("id", RowId, primary_key=True),
    time("at"),
    key("person_id", "people.id"),
    Column("act", Text, nullable=False),
    Column("county_id", Text),
    Column("unit_id", Text),
    Column("filing_id", Text),
    words("detail", "{}"),
    Index("ix_journal_filing_id", "filing_id", "id"),
    Index("ix_journal_person_id", "person_id", "id"),
)

office_settings = Table("office_settings", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))
