"""the matter of a case, and the level of a power item."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("case", schema=None) as batch_op:
        batch_op.add_column(sa.Column("matter", sa.String(), nullable=False, server_default=""))
        batch_op.create_index(batch_op.f("ix_case_matter"), ["matter"], unique=False)
    with op.batch_alter_table("poweritem", schema=None) as batch_op:
        batch_op.add_column(sa.Column("level", sa.Integer(), nullable=False, server_default="0"))
