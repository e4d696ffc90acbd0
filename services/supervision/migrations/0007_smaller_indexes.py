"""indexes over the few rows that are looked up by them; none over levels, which nobody asks for."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("received_level", table_name="received")
    op.drop_index("ix_fieldact_pending", table_name="fieldact")
    op.create_index(
        "fieldact_pending",
        "fieldact",
        ["key"],
        sqlite_where=sa.text("pending = 1"),
        postgresql_where=sa.text("pending"),
    )
    op.drop_index("case_view_matter", table_name="caseview")
    some = sa.text("matter <> ''")
    op.create_index("case_view_matter", "caseview", ["matter"], sqlite_where=some, postgresql_where=some)
