"""entries of the journal that were had back, and are not in the rows yet."""

import sqlalchemy as sa
from alembic import op

revision = "0760"
down_revision = "0740"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "regained",
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.Column("itself", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
    )
    with op.batch_alter_table("regained", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_regained_cause"), ["cause"], unique=False)
