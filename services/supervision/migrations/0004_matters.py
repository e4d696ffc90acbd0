"""where the act of a case happened, and its matter."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("caseview", schema=None) as batch_op:
        batch_op.add_column(sa.Column("area_code", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("matter", sa.String(), nullable=False, server_default=""))
        batch_op.create_index("case_view_matter", ["matter"], unique=False)
