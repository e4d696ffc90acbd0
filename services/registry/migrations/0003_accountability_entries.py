"""what pursuits of responsibility left in files."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accountabilityentry",
        sa.Column("accountability_id", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("serve_time", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("accountability_id"),
    )
    for name in ("officer_id", "body_id"):
        op.create_index(f"ix_accountabilityentry_{name}", "accountabilityentry", [name], unique=False)
