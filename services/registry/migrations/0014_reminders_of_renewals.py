"""when the holder of a certificate was reminded to renew it."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.add_column(sa.Column("remind_time", sa.BigInteger(), nullable=True))
        batch_op.create_index("ix_certificate_renew_time", ["renew_time"])
