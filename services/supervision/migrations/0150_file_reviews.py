"""reviews of case files, the samples they are drawn in, and what is looked at in filings."""

import sqlalchemy as sa
from alembic import op

revision = "0150"
down_revision = "0140"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "filereviewbatch",
        sa.Column("batch_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("commit_time", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("summary", sa.LargeBinary(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("batch_id"),
    )
    op.create_index("filereviewbatch_commit", "filereviewbatch", ["commit_time", "batch_id"])
    op.create_table(
        "filereview",
        sa.Column("review_id", sa.String(), nullable=False),
        sa.Column("batch_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("open_time", sa.BigInteger(), nullable=False),
        sa.Column("final_time", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("summary", sa.LargeBinary(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("review_id"),
    )
    op.create_index("filereview_open", "filereview", ["open_time", "review_id"])
    op.create_index("filereview_final", "filereview", ["final_time"])
    for column in ("batch_id", "case_id", "state"):
        op.create_index(op.f(f"ix_filereview_{column}"), "filereview", [column])
    with op.batch_alter_table("filing", schema=None) as batch_op:
        batch_op.add_column(sa.Column("order_id", sa.String(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("late", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("substance", sa.LargeBinary(), nullable=False, server_default=""))
    with op.batch_alter_table("filing", schema=None) as batch_op:
        for name in ("order_id", "late", "substance"):
            batch_op.alter_column(name, server_default=None)
