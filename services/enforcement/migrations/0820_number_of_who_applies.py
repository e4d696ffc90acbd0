"""the whole number of who applies for a permit, which papers for it show."""

import sqlalchemy as sa
from alembic import op

revision = "0820"
down_revision = "0780"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("permit") as table:
        table.add_column(sa.Column("identity_number", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("permit") as table:
        table.drop_column("identity_number")
