"""corrections."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("caseview", schema=None) as batch_op:
        batch_op.add_column(sa.Column("corrections", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("caseview", schema=None) as batch_op:
        batch_op.alter_column("corrections", server_default=None)
