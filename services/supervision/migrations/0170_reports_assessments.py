"""saved reports, assessments."""

import sqlalchemy as sa
from alembic import op

revision = "0170"
down_revision = "0130"
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
