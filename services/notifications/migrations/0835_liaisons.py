"""who is spoken to at an agency."""

import sqlalchemy as sa
from alembic import op

revision = "0835"
down_revision = "0755"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "liaison",
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("substitute_id", sa.String(), nullable=False),
        sa.Column("from_time", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("body_id"),
    )
