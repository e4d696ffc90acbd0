"""the plans of supervision."""

import sqlalchemy as sa
from alembic import op

revision = "0230"
down_revision = "0225"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "supervisionplan",
        sa.Column("plan_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("draft_time", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id"),
    )
    op.create_index("supervisionplan_draft", "supervisionplan", ["draft_time", "plan_id"], unique=False)
    op.create_index("ix_supervisionplan_year", "supervisionplan", ["year"], unique=False)
