"""what was received of a journal, by its numbers."""

from alembic import op

revision = "0760"
down_revision = "0730"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("received", schema=None) as batch_op:
        batch_op.create_index("received_journal", ["node", "service", "journal_seq"], unique=False)
