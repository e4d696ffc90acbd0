"""how often rows changed that a writer keeps in memory."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("head", schema=None) as batch_op:
        batch_op.add_column(sa.Column("changes", sa.BigInteger(), nullable=False, server_default="0"))
