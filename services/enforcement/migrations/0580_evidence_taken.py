"""how samples were taken, and what stands behind the records of monitoring devices."""

import sqlalchemy as sa
from alembic import op

revision = "0580"
down_revision = "0570"
branch_labels = None
depends_on = None

ADDED = ("sampling", "monitoring")


def upgrade() -> None:
    with op.batch_alter_table("evidence") as table:
        for name in ADDED:
            table.add_column(sa.Column(name, sa.LargeBinary(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("evidence") as table:
        for name in ADDED:
            table.drop_column(name)
