"""since when question and answer of a complaint are public."""

import sqlalchemy as sa
from alembic import op

revision = "0800"
down_revision = "0790"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("complaint") as table:
        table.add_column(sa.Column("public_time", sa.BigInteger(), nullable=True))
        table.create_index("complaint_public", ["public_time", "complaint_id"])


def downgrade() -> None:
    with op.batch_alter_table("complaint") as table:
        table.drop_index("complaint_public")
        table.drop_column("public_time")
