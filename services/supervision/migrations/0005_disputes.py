"""disputes over jurisdiction."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dispute",
        sa.Column("dispute_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("case_number", sa.String(), nullable=False),
        sa.Column("other_case_id", sa.String(), nullable=False),
        sa.Column("other_node", sa.String(), nullable=False),
        sa.Column("other_case_number", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("open_time", sa.BigInteger(), nullable=False),
        sa.Column("refer_time", sa.BigInteger(), nullable=True),
        sa.Column("settle_time", sa.BigInteger(), nullable=True),
        sa.Column("designate_time", sa.BigInteger(), nullable=True),
        sa.Column("designated_case_id", sa.String(), nullable=False),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("document_number", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("dispute_id"),
    )
    with op.batch_alter_table("dispute", schema=None) as batch_op:
        batch_op.create_index("dispute_open", ["open_time", "dispute_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_dispute_other_case_id"), ["other_case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_dispute_state"), ["state"], unique=False)
