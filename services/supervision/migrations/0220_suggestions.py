"""suggestions from outside that bodies have to answer."""

import sqlalchemy as sa
from alembic import op

revision = "0220"
down_revision = "0210"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "suggestion",
        sa.Column("suggestion_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("suit_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("case_number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("register_time", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("suggestion_id"),
    )
    op.create_index("suggestion_body", "suggestion", ["body_id", "register_time"], unique=False)
    op.create_index("suggestion_register", "suggestion", ["register_time", "suggestion_id"], unique=False)
    for name in ("state", "suit_id"):
        op.create_index(f"ix_suggestion_{name}", "suggestion", [name], unique=False)
