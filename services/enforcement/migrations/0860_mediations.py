"""civil disputes that a department mediates in."""

import sqlalchemy as sa
from alembic import op

revision = "0860"
down_revision = "0835"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mediation",
        sa.Column("mediation_id", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("collective", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("mediation_id"),
    )
    op.create_index("ix_mediation_state", "mediation", ["state"])
