"""papers of any record, requests for help."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("casepaper", sa.Column("record_id", sa.String(), nullable=True))
    op.execute("UPDATE casepaper SET record_id = case_id")
    with op.batch_alter_table("casepaper", schema=None) as batch_op:
        batch_op.alter_column("record_id", existing_type=sa.String(), nullable=False)
        batch_op.create_index("casepaper_record", ["record_id", "serial"], unique=False)

    op.create_table(
        "assistance",
        sa.Column("assistance_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("to_node", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("assistance_id"),
    )
    with op.batch_alter_table("assistance", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_assistance_case_id"), ["case_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_assistance_state"), ["state"], unique=False)
