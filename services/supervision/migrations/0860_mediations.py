"""civil disputes that departments mediate in."""

import sqlalchemy as sa
from alembic import op

revision = "0860"
down_revision = "0841"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mediationview",
        sa.Column("mediation_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("collective", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("mediation_id"),
    )
    op.create_index("ix_mediationview_node", "mediationview", ["node"])
    op.create_index("ix_mediationview_collective", "mediationview", ["collective"])
