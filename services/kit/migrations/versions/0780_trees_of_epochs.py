"""trees that end, and those of a journal that goes on after a loss."""

import sqlalchemy as sa
from alembic import op

revision = "0780"
down_revision = "0770"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("tree", schema=None) as batch_op:
        batch_op.add_column(sa.Column("through", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("after", sa.BigInteger(), nullable=False, server_default="0"))
