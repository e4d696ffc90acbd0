"""supervision matters, and answers in them."""

import sqlalchemy as sa
from alembic import op

revision = "0480"
down_revision = "0410"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "supervisionorder",
        sa.Column("order_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("order_id"),
    )
    op.create_index("ix_supervisionorder_state", "supervisionorder", ["state"])
    op.create_table(
        "supervisionanswer",
        sa.Column("answer_id", sa.String(), nullable=False),
        sa.Column("order_id", sa.String(), nullable=False),
        sa.Column("turn", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("answer_id"),
    )
    for column in ("order_id", "turn"):
        op.create_index(f"ix_supervisionanswer_{column}", "supervisionanswer", [column])
