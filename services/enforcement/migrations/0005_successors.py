"""which bodies a body goes on with."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("body", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("predecessors", sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
        )
