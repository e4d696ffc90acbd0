"""tasks of law-based government that are assigned to units."""

import sqlalchemy as sa
from alembic import op

revision = "0802"
down_revision = "0801"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "worktask",
        sa.Column("task_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("document_number", sa.String(), nullable=False),
        sa.Column("assign_time", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("task_id"),
    )
    op.create_index("worktask_assign", "worktask", ["assign_time", "task_id"], unique=False)
    op.create_index("worktask_body", "worktask", ["body_id", "document_number"], unique=False)
    op.create_index("ix_worktask_node", "worktask", ["node"], unique=False)


def downgrade() -> None:
    op.drop_table("worktask")
