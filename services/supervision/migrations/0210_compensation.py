"""the register of claims of state compensation."""

import sqlalchemy as sa
from alembic import op

revision = "0210"
down_revision = "0200"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "compensation",
        sa.Column("compensation_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("case_number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("register_time", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("compensation_id"),
    )
    op.create_index("compensation_body", "compensation", ["body_id", "register_time"], unique=False)
    op.create_index(
        "compensation_register", "compensation", ["register_time", "compensation_id"], unique=False
    )
    for name in ("case_id", "state"):
        op.create_index(f"ix_compensation_{name}", "compensation", [name], unique=False)
