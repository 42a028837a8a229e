"""Deadlines, reminders, notices and work that takes a while; how far each filing is."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STATES = sa.CheckConstraint("state IN ('open', 'submitted', 'returned', 'approved')", name=op.f("ck_filings_state"))
RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Filings there are have not been submitted; how far they are is known after the next answer."""
    op.add_column("filings", sa.Column("state", sa.Text(), STATES, server_default=sa.text("'open'"), nullable=False))
    op.add_column("filings", sa.Column("round", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("filings", sa.Column("state_at", sa.BigInteger(), server_default=sa.text("0"), nullable=False))
    op.add_column("filings", sa.Column("done", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("filings", sa.Column("total", sa.Integer(), server_default=sa.text("0"), nullable=False))
    op.add_column("filings", sa.Column("at_item", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.add_column("filings", sa.Column("answered_at", sa.BigInteger(), nullable=True))
    op.create_index("ix_filings_form_id_year", "filings", ["form_id", "year"], unique=False)
    op.create_table(
        "deadlines",
        sa.Column("id", RowId, nullable=False),
        sa.Column("county_id", sa.Text(), nullable=True),
        sa.Column("unit_id", sa.Text(), nullable=True),
        sa.Column("filing_id", sa.Text(), nullable=True),
        sa.Column("form_id", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("opens", sa.Text(), nullable=True),
        sa.Column("due", sa.Text(), nullable=True),
        sa.Column("reviewed", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["county_id"], ["counties.id"], name=op.f("fk_deadlines_county_id")),
        sa.ForeignKeyConstraint(["filing_id"], ["filings.id"], name=op.f("fk_deadlines_filing_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_deadlines_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_deadlines_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadlines")),
    )
    op.create_index("ix_deadlines_form_id_year", "deadlines", ["form_id", "year"], unique=False)
    op.create_table(
        "reminders",
        sa.Column("id", RowId, nullable=False),
        sa.Column("filing_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("deadline", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'due'"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.CheckConstraint("state IN ('due', 'collected', 'void')", name=op.f("ck_reminders_state")),
        sa.ForeignKeyConstraint(["filing_id"], ["filings.id"], name=op.f("fk_reminders_filing_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminders")),
        sa.UniqueConstraint("filing_id", "kind", "deadline", name=op.f("uq_reminders_filing_id_kind_deadline")),
    )
    op.create_index(
        "ix_reminders_due",
        "reminders",
        ["due_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'due'"),
        postgresql_where=sa.text("state = 'due'"),
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'waiting'"), nullable=False),
        sa.Column("body", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("actions", sa.Text(), server_default=sa.text("'[]'"), nullable=False),
        sa.Column("outbox_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'queued', 'sent', 'void')", name=op.f("ck_notices_state")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_notices_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("person_id", "key", name=op.f("uq_notices_person_id_key")),
    )
    op.create_index(
        "ix_notices_waiting",
        "notices",
        ["due_at", "id"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_table(
        "notice_lines",
        sa.Column("notice_id", sa.Text(), nullable=False),
        sa.Column("reminder_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name=op.f("fk_notice_lines_notice_id")),
        sa.PrimaryKeyConstraint("notice_id", "reminder_id", name=op.f("pk_notice_lines")),
    )
    op.create_index("ix_notice_lines_reminder_id", "notice_lines", ["reminder_id"], unique=False)
    op.create_table(
        "jobs",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("state", sa.Text(), server_default=sa.text("'waiting'"), nullable=False),
        sa.Column("done", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("total", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("result", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'failed', 'cancelled')", name=op.f("ck_jobs_state")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_jobs_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
