"""remedies that ended."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("caseview", schema=None) as batch_op:
        batch_op.add_column(sa.Column("body_id", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("remedied", sa.Integer(), nullable=False, server_default="0"))
        batch_op.create_index(
            "case_view_remedied",
            ["body_id"],
            unique=False,
            sqlite_where=sa.text("remedied > 0"),
            postgresql_where=sa.text("remedied > 0"),
        )
    with op.batch_alter_table("caseview", schema=None) as batch_op:
        batch_op.alter_column("body_id", server_default=None)
        batch_op.alter_column("remedied", server_default=None)
