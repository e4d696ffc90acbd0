"""complaints."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "complaint",
        sa.Column("complaint_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("source", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("act_key", sa.String(), nullable=False),
        sa.Column("receive_time", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("complaint_id"),
    )
    with op.batch_alter_table("complaint", schema=None) as batch_op:
        batch_op.create_index("complaint_receive", ["receive_time", "complaint_id"], unique=False)
        batch_op.create_index("complaint_state", ["state", "receive_time", "complaint_id"], unique=False)
        batch_op.create_index("complaint_body", ["body_id", "receive_time", "complaint_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_number"), ["number"], unique=False)
        batch_op.create_index(batch_op.f("ix_complaint_act_key"), ["act_key"], unique=False)
    op.create_table(
        "complained",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("complaint_id", sa.String(), nullable=False),
        sa.Column("accept_time", sa.BigInteger(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    with op.batch_alter_table("complained", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_complained_about"), ["about"], unique=False)
    with op.batch_alter_table("caseview", schema=None) as batch_op:
        batch_op.create_index("case_view_number", ["case_number"], unique=False)
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.add_column(sa.Column("body_id", sa.String(), nullable=False, server_default=""))
        batch_op.create_index(batch_op.f("ix_certificate_body_id"), ["body_id"], unique=False)
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.alter_column("body_id", server_default=None)
