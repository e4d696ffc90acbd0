"""requests for instructions about a department's records."""

import sqlalchemy as sa
from alembic import op

revision = "0870"
down_revision = "0860"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "importantmatter",
        sa.Column("matter_id", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("ask_time", sa.BigInteger(), nullable=True),
        sa.Column("end_time", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("matter_id"),
    )
    op.create_index("ix_importantmatter_record_id", "importantmatter", ["record_id"])
