"""Several workers: leases, the common pace, lanes and owners in the outbox; seals of the audit; links that work once."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
PENDING = sa.text("state IN ('new', 'sending')")
PARKED = sa.text("state = 'parked'")


def upgrade() -> None:
    """Old rows of the outbox stay what they are; notices among them go to the lane that lets replies pass."""
    op.add_column("outbox", sa.Column("lane", sa.Integer(), server_default=sa.text("0"), nullable=False))
    for table in ("outbox", "jobs", "evidence"):
        op.add_column(table, sa.Column("owner", sa.Text(), server_default=sa.text("''"), nullable=False))
    op.execute("UPDATE outbox SET lane = 1 WHERE kind = 'notice'")
    op.drop_index("ix_outbox_pending", "outbox")
    op.create_index("ix_outbox_pending", "outbox", ["lane", "id"], unique=False, sqlite_where=PENDING, postgresql_where=PENDING)
    for table in ("inbox", "outbox"):
        op.create_index(f"ix_{table}_parked", table, ["id"], unique=False, sqlite_where=PARKED, postgresql_where=PARKED)
    op.create_index("ix_inbox_at", "inbox", ["at"], unique=False)
    op.create_index("ix_outbox_at", "outbox", ["at"], unique=False)
    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_leases")),
    )
    op.create_table(
        "paces",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("free_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_paces")),
    )
    op.create_table(
        "seals",
        sa.Column("seq", ROW_ID, autoincrement=False, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("row_id", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("salt", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("source IN ('journal', 'history')", name=op.f("ck_seals_source")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_seals")),
    )
    op.create_index("ix_seals_source_row_id", "seals", ["source", "row_id"], unique=False)
    op.create_table(
        "links",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.Column("tries", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_links_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_links")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_links_token_hash")),
    )
    op.create_index("ix_links_person_id", "links", ["person_id"], unique=False)
