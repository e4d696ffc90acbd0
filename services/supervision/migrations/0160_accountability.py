"""matters of accountability, the register of suits."""

import sqlalchemy as sa
from alembic import op

revision = "0160"
down_revision = "0150"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "accountability",
        sa.Column("accountability_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("source_key", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("case_number", sa.String(), nullable=False),
        sa.Column("register_time", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("accountability_id"),
    )
    op.create_index("accountability_body", "accountability", ["body_id", "register_time"], unique=False)
    op.create_index(
        "accountability_register", "accountability", ["register_time", "accountability_id"], unique=False
    )
    for name in ("officer_id", "source_key", "state"):
        op.create_index(f"ix_accountability_{name}", "accountability", [name], unique=False)
    op.create_table(
        "suit",
        sa.Column("suit_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("case_number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("register_time", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("suit_id"),
    )
    op.create_index("suit_body", "suit", ["body_id", "register_time"], unique=False)
    op.create_index("suit_register", "suit", ["register_time", "suit_id"], unique=False)
    for name in ("case_id", "state"):
        op.create_index(f"ix_suit_{name}", "suit", [name], unique=False)
