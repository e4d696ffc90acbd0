"""decisions of audit and supervision bodies."""

import sqlalchemy as sa
from alembic import op

revision = "0231"
down_revision = "0230"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outsidedecision",
        sa.Column("decision_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("register_time", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("decision_id"),
    )
    op.create_index(
        "outsidedecision_register", "outsidedecision", ["register_time", "decision_id"], unique=False
    )
    op.create_index("outsidedecision_body", "outsidedecision", ["body_id", "number"], unique=False)
    op.create_index("ix_outsidedecision_node", "outsidedecision", ["node"], unique=False)
