"""An answer that says something else than what came from another filing keeps the reason."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Answers given before need no reason."""
    op.add_column("answers", sa.Column("reason", sa.Text(), server_default=sa.text("''"), nullable=False))
