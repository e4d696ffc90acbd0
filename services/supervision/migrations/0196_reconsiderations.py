"""the register of reconsiderations, and who hears them."""

import sqlalchemy as sa
from alembic import op

revision = "0196"
down_revision = "0191"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reconsideration",
        sa.Column("reconsideration_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("case_number", sa.String(), nullable=False),
        sa.Column("act_key", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("register_time", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("reconsideration_id"),
    )
    op.create_index("reconsideration_body", "reconsideration", ["body_id", "register_time"], unique=False)
    op.create_index(
        "reconsideration_register", "reconsideration", ["register_time", "reconsideration_id"], unique=False
    )
    for name in ("act_key", "case_id", "state"):
        op.create_index(f"ix_reconsideration_{name}", "reconsideration", [name], unique=False)
    op.create_table(
        "reconsiderer",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("person"),
    )
