"""saved reports, assessments."""

import sqlalchemy as sa
from alembic import op

revision = "0170"
down_revision = "0160"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reportdefinition",
        sa.Column("definition_id", sa.String(), nullable=False),
        sa.Column("save_time", sa.BigInteger(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("definition_id"),
    )
    op.create_index("report_definition_save", "reportdefinition", ["save_time", "definition_id"])
    op.create_table(
        "assessment",
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("publish_time", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("assessment_id"),
    )
    op.create_index("ix_assessment_state", "assessment", ["state"])
    op.create_index("assessment_year", "assessment", ["year", "assessment_id"])
    op.create_index("assessment_body", "assessment", ["body_id", "year"])
    op.create_table(
        "selfassessment",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_table(
        "publishedreport",
        sa.Column("published_report_id", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("published_report_id"),
    )
    op.create_index("published_report_year", "publishedreport", ["year", "published_report_id"])
