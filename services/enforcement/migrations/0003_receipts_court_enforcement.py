"""receipts of the finance department, enforcement by the court."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "receiptbatch",
        sa.Column("batch_id", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("first_number", sa.BigInteger(), nullable=False),
        sa.Column("last_number", sa.BigInteger(), nullable=False),
        sa.Column("issue_time", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("batch_id"),
    )
    with op.batch_alter_table("receiptbatch", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_receiptbatch_body_id"), ["body_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_receiptbatch_series"), ["series"], unique=False)

    op.create_table(
        "usedreceipt",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("usedreceipt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_usedreceipt_series"), ["series"], unique=False)

    op.create_table(
        "courtenforcement",
        sa.Column("enforcement_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("case_number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("enforcement_id"),
    )
    with op.batch_alter_table("courtenforcement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_courtenforcement_case_id"), ["case_id"], unique=False)
