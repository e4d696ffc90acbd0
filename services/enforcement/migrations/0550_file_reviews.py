"""reviews of this department's files, and objections to them."""

import sqlalchemy as sa
from alembic import op

revision = "0550"
down_revision = "0495"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "filereview",
        sa.Column("review_id", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("review_id"),
    )
    op.create_table(
        "filereviewobjection",
        sa.Column("objection_id", sa.String(), nullable=False),
        sa.Column("review_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("objection_id"),
    )
    op.create_index("ix_filereviewobjection_review_id", "filereviewobjection", ["review_id"])
