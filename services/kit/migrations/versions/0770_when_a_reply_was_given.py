"""when a reply was given, so that it can be let go of."""

import time

import sqlalchemy as sa
from alembic import op

revision = "0770"
down_revision = "0760"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("reply", schema=None) as batch_op:
        batch_op.add_column(sa.Column("at", sa.BigInteger(), nullable=False, server_default="0"))
        batch_op.create_index(batch_op.f("ix_reply_at"), ["at"], unique=False)
    # of those that are there it is not known: they are as good as new
    op.execute(sa.text("UPDATE reply SET at = :now").bindparams(now=int(time.time() * 1_000_000)))
