"""legal advisers and public lawyers."""

import sqlalchemy as sa
from alembic import op

revision = "0835"
down_revision = "0810"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "legaladviser",
        sa.Column("adviser_id", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("adviser_id"),
    )
    op.create_index("ix_legaladviser_body_id", "legaladviser", ["body_id"])
    op.create_index("ix_legaladviser_name", "legaladviser", ["name"])
