"""enforcement by the agency itself."""

import sqlalchemy as sa
from alembic import op

revision = "0400"
down_revision = "0330"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "enforcement",
        sa.Column("enforcement_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("case_number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("enforcement_id"),
    )
    with op.batch_alter_table("enforcement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_enforcement_case_id"), ["case_id"], unique=False)
