"""what the yearly assessments of officers came to."""

import sqlalchemy as sa
from alembic import op

revision = "0880"
down_revision = "0860"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "officergrade",
        sa.Column("officer_assessment_id", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("officer_assessment_id"),
    )
    op.create_index("ix_officergrade_officer_id", "officergrade", ["officer_id"])


def downgrade() -> None:
    op.drop_table("officergrade")
