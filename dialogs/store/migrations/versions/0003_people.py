"""Counties, several roles of one person, invitations, and the journal of what people did."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

RowId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Units there are belong to no county yet; everybody keeps the role they had."""
    op.create_table(
        "counties",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counties")),
    )
    with op.batch_alter_table("units", schema=None) as batch_op:
        batch_op.add_column(sa.Column("county_id", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("code", sa.Text(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("grouping", sa.Text(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("supervisor_id", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("closed_at", sa.BigInteger(), nullable=True))
        batch_op.create_index("ix_units_county_id", ["county_id"], unique=False)
        batch_op.create_index("ix_units_supervisor_id", ["supervisor_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_units_supervisor_id"), "units", ["supervisor_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_units_county_id"), "counties", ["county_id"], ["id"])
    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("name", sa.Text(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("settings", sa.Text(), server_default=sa.text("'{}'"), nullable=False))
        batch_op.add_column(sa.Column("blocked_at", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("forgotten_at", sa.BigInteger(), nullable=True))
    op.create_table(
        "officers",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("county_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("role IN ('administrator', 'overseer')", name=op.f("ck_officers_role")),
        sa.ForeignKeyConstraint(["county_id"], ["counties.id"], name=op.f("fk_officers_county_id")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_officers_person_id")),
        sa.PrimaryKeyConstraint("person_id", "county_id", "role", name=op.f("pk_officers")),
    )
    op.create_index("ix_officers_county_id", "officers", ["county_id"], unique=False)
    op.create_table(
        "invitations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("county_id", sa.Text(), nullable=True),
        sa.Column("unit_id", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default=sa.text("''"), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("used_by", sa.Text(), nullable=True),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "role IN ('filler', 'reviewer', 'observer', 'administrator', 'overseer')", name=op.f("ck_invitations_role")
        ),
        sa.ForeignKeyConstraint(["county_id"], ["counties.id"], name=op.f("fk_invitations_county_id")),
        sa.ForeignKeyConstraint(["created_by"], ["people.id"], name=op.f("fk_invitations_created_by")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_invitations_unit_id")),
        sa.ForeignKeyConstraint(["used_by"], ["people.id"], name=op.f("fk_invitations_used_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_invitations_code_hash")),
    )
    op.create_index("ix_invitations_unit_id", "invitations", ["unit_id"], unique=False)
    op.create_table(
        "wrong_codes",
        sa.Column("id", RowId, nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_wrong_codes_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wrong_codes")),
    )
    op.create_index("ix_wrong_codes_person_id_at", "wrong_codes", ["person_id", "at"], unique=False)
    op.create_table(
        "journal",
        sa.Column("id", RowId, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("county_id", sa.Text(), nullable=True),
        sa.Column("unit_id", sa.Text(), nullable=True),
        sa.Column("filing_id", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), server_default=sa.text("'{}'"), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_journal_person_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal")),
    )
    op.create_index("ix_journal_filing_id", "journal", ["filing_id", "id"], unique=False)
    op.create_index("ix_journal_person_id", "journal", ["person_id", "id"], unique=False)
    op.create_table(
        "office_settings",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_office_settings")),
    )
    _several_roles(sqlite=op.get_bind().dialect.name == "sqlite")


def _several_roles(*, sqlite: bool) -> None:
    """Somebody may have more than one role in a unit: the role becomes part of the key."""
    if not sqlite:
        op.drop_constraint("pk_memberships", "memberships")
        op.drop_constraint("ck_memberships_role", "memberships")
        op.add_column("memberships", sa.Column("at", sa.BigInteger(), server_default=sa.text("0"), nullable=False))
        op.create_primary_key("pk_memberships", "memberships", ["person_id", "unit_id", "role"])
        op.create_check_constraint("role", "memberships", "role IN ('filler', 'reviewer', 'observer')")
        return
    op.rename_table("memberships", "memberships_before")
    op.drop_index("ix_memberships_unit_id", table_name="memberships_before")
    op.create_table(
        "memberships",
        sa.Column("person_id", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.CheckConstraint("role IN ('filler', 'reviewer', 'observer')", name=op.f("ck_memberships_role")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_memberships_person_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_memberships_unit_id")),
        sa.PrimaryKeyConstraint("person_id", "unit_id", "role", name=op.f("pk_memberships")),
    )
    op.execute("INSERT INTO memberships (person_id, unit_id, role) SELECT person_id, unit_id, role FROM memberships_before")
    op.drop_table("memberships_before")
    op.create_index("ix_memberships_unit_id", "memberships", ["unit_id"])
