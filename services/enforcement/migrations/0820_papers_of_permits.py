"""the whole number of who applies for a permit, which papers for it show; of which part of a record a paper tells."""

import sqlalchemy as sa
from alembic import op

revision = "0820"
down_revision = "0780"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("permit") as table:
        table.add_column(sa.Column("identity_number", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("casepaper") as table:
        table.add_column(sa.Column("place", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    with op.batch_alter_table("casepaper") as table:
        table.drop_column("place")
    with op.batch_alter_table("permit") as table:
        table.drop_column("identity_number")
