"""looks are found by their kind, the newest first."""

from alembic import op

revision = "0781"
down_revision = "0780"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("journal", schema=None) as batch_op:
        batch_op.create_index("ix_journal_type_at_seq", ["type", "at", "seq"], unique=False)
