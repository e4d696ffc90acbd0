"""who leads the responsibility system, and who is spoken to."""

import sqlalchemy as sa
from alembic import op

revision = "0836"
down_revision = "0835"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "leadinggroup",
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("until_time", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("group_id"),
    )
    op.create_index("leadinggroup_body", "leadinggroup", ["node", "body_id"])
