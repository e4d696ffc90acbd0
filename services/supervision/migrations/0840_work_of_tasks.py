"""tasks of law-based government are in the queues of work: since when each stands in its state."""

import sqlalchemy as sa
from alembic import op

revision = "0840"
down_revision = "0836"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("worktask") as table:
        table.add_column(sa.Column("since", sa.BigInteger(), nullable=False, server_default="0"))
    op.create_index("work_task_waiting", "worktask", ["state", "since", "task_id"], unique=False)


def downgrade() -> None:
    op.drop_index("work_task_waiting", "worktask")
    with op.batch_alter_table("worktask") as table:
        table.drop_column("since")
