"""regular meetings on legal work."""

import sqlalchemy as sa
from alembic import op

revision = "0836"
down_revision = "0835"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "legalmeeting",
        sa.Column("meeting_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("set_time", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("meeting_id"),
    )
    op.create_index("legalmeeting_set", "legalmeeting", ["set_time", "meeting_id"])
