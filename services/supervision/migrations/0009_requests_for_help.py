"""requests for help."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assistanceview",
        sa.Column("assistance_id", sa.String(), nullable=False),
        sa.Column("from_node", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("assistance_id"),
    )
    with op.batch_alter_table("assistanceview", schema=None) as batch_op:
        for column in ("case_id", "from_node", "node", "state"):
            batch_op.create_index(batch_op.f(f"ix_assistanceview_{column}"), [column], unique=False)
