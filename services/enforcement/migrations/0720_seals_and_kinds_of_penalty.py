"""the seals of bodies, and the kinds of penalty that an item of a power list gives."""

import sqlalchemy as sa
from alembic import op

from services.kit.store import JsonList

revision = "0720"
down_revision = "0640"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("body") as table:
        table.add_column(sa.Column("seal", sa.String(), nullable=False, server_default=""))
    with op.batch_alter_table("poweritem") as table:
        table.add_column(sa.Column("penalty_kinds", JsonList(), nullable=False, server_default="[]"))


def downgrade() -> None:
    with op.batch_alter_table("poweritem") as table:
        table.drop_column("penalty_kinds")
    with op.batch_alter_table("body") as table:
        table.drop_column("seal")
