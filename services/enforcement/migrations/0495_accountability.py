"""matters of accountability that the department was told of."""

import sqlalchemy as sa
from alembic import op

revision = "0495"
down_revision = "0491"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accountability",
        sa.Column("accountability_id", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("accountability_id"),
    )
    op.create_index("ix_accountability_officer_id", "accountability", ["officer_id"])
