"""which body took over which powers from whom."""

import sqlalchemy as sa
from alembic import op

revision = "0810"
down_revision = "0150"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "powertransfer",
        sa.Column("transfer_id", sa.String(), nullable=False),
        sa.Column("from_body_id", sa.String(), nullable=False),
        sa.Column("to_body_id", sa.String(), nullable=False),
        sa.Column("effect_time", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("transfer_id"),
    )
    op.create_index("ix_powertransfer_from_body_id", "powertransfer", ["from_body_id"])
    op.create_index("ix_powertransfer_to_body_id", "powertransfer", ["to_body_id"])
    op.create_index("powertransfer_effect", "powertransfer", ["effect_time", "transfer_id"])
