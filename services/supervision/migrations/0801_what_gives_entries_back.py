"""what an entry needs, besides what it says, to be given back to the journal that lost it. Of entries of before it is not known."""

import sqlalchemy as sa
from alembic import op

revision = "0801"
down_revision = "0800"
branch_labels = None
depends_on = None
NAMES = ("number", "request_id", "prev_hash", "signature")


def upgrade() -> None:
    with op.batch_alter_table("received") as table:
        table.add_column(sa.Column("number", sa.BigInteger(), nullable=False, server_default="0"))
        table.add_column(sa.Column("request_id", sa.String(), nullable=False, server_default=""))
        table.add_column(sa.Column("prev_hash", sa.LargeBinary(), nullable=True))
        table.add_column(sa.Column("signature", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("received") as table:
        for name in NAMES:
            table.drop_column(name)
