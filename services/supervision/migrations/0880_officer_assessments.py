"""assessments of people."""

import sqlalchemy as sa
from alembic import op

revision = "0880"
down_revision = "0870"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "officerassessment",
        sa.Column("officer_assessment_id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("officer_id", sa.String(), nullable=False),
        sa.Column("post", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False, server_default="0"),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("officer_assessment_id"),
    )
    op.create_index("officerassessment_year", "officerassessment", ["year", "officer_assessment_id"])
    op.create_index("officerassessment_body", "officerassessment", ["body_id", "year"])
    op.create_index("officerassessment_officer", "officerassessment", ["officer_id", "year"])
    op.create_index(
        "officerassessment_waiting", "officerassessment", ["state", "since", "officer_assessment_id"]
    )


def downgrade() -> None:
    op.drop_table("officerassessment")
