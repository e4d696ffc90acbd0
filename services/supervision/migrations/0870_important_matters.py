"""important matters that departments tell their superior."""

import sqlalchemy as sa
from alembic import op

revision = "0870"
down_revision = "0860"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "importantmatter",
        sa.Column("matter_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("kind", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("draft_time", sa.BigInteger(), nullable=False),
        sa.Column("ask_time", sa.BigInteger(), nullable=True),
        sa.Column("end_time", sa.BigInteger(), nullable=True),
        sa.Column("since", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("matter_id"),
    )
    op.create_index("importantmatter_draft", "importantmatter", ["draft_time", "matter_id"])
    op.create_index("important_matter_waiting", "importantmatter", ["state", "since", "matter_id"])
    op.create_index("ix_importantmatter_node", "importantmatter", ["node"])
    op.create_index("ix_importantmatter_record_id", "importantmatter", ["record_id"])
