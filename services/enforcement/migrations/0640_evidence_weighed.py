"""what experts find, how evidence was verified or excluded, and how people were questioned."""

import sqlalchemy as sa
from alembic import op

revision = "0640"
down_revision = "0580"
branch_labels = None
depends_on = None

ADDED = ("verification", "exclusion", "inquiry")


def upgrade() -> None:
    with op.batch_alter_table("evidence") as table:
        table.add_column(sa.Column("responsibility", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("handed_in", sa.Boolean(), nullable=False, server_default=sa.false()))
        for name in ADDED:
            table.add_column(sa.Column(name, sa.LargeBinary(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("evidence") as table:
        for name in ("responsibility", "handed_in", *ADDED):
            table.drop_column(name)
