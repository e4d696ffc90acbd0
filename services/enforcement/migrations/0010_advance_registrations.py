"""Advance registrations of evidence."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "advanceregistration",
        sa.Column("registration_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("case_number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("registration_id"),
    )
    with op.batch_alter_table("advanceregistration", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_advanceregistration_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_advanceregistration_state"), ["state"], unique=False)
