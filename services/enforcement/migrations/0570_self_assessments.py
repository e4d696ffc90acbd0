"""self-assessments."""

import sqlalchemy as sa
from alembic import op

revision = "0570"
down_revision = "0550"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "selfassessment",
        sa.Column("self_assessment_id", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("self_assessment_id"),
    )
    op.create_index("self_assessment_year", "selfassessment", ["year", "self_assessment_id"])
