"""What the service did of its own accord, and where an event stood among its own entries."""

import sqlalchemy as sa
from alembic import op

revision = "0190"
down_revision = "0180"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "worked",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("entry", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("keys", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.add_column("received", sa.Column("addressee", sa.String(), nullable=False, server_default=""))
    op.add_column("received", sa.Column("entry", sa.BigInteger(), nullable=False, server_default="-1"))
