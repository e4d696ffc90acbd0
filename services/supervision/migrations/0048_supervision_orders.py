"""supervision matters and their papers."""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "supervisionorder",
        sa.Column("order_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("case_number", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("corrected", sa.Boolean(), nullable=False),
        sa.Column("register_time", sa.BigInteger(), nullable=False),
        sa.Column("close_time", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("order_id"),
    )
    for column in ("node", "state", "case_id", "source_id"):
        op.create_index(f"ix_supervisionorder_{column}", "supervisionorder", [column])
    op.create_index("supervision_order_register", "supervisionorder", ["register_time", "order_id"])
    op.create_index("supervision_order_body", "supervisionorder", ["body_id", "close_time"])
    op.create_table(
        "orderpaper",
        sa.Column("paper_id", sa.String(), nullable=False),
        sa.Column("order_id", sa.String(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("issue_time", sa.BigInteger(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("template_hash", sa.String(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("ready", sa.Boolean(), nullable=False),
        sa.Column("problem", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("paper_id"),
    )
    op.create_index("ix_orderpaper_ready", "orderpaper", ["ready"])
    op.create_index("orderpaper_order", "orderpaper", ["order_id", "serial"])
    op.create_table(
        "orderpaperfile",
        sa.Column("paper_id", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("paper_id"),
    )
    op.create_table(
        "orderpapertemplate",
        sa.Column("template_hash", sa.String(), nullable=False),
        sa.Column("files", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("template_hash"),
    )
    op.create_table(
        "orderpaperform",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("template_hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("kind"),
    )
    op.create_table(
        "number",
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("series"),
    )
    with op.batch_alter_table("warning", schema=None) as batch_op:
        batch_op.add_column(sa.Column("order_id", sa.String(), nullable=False, server_default=""))
        batch_op.create_index(batch_op.f("ix_warning_order_id"), ["order_id"], unique=False)
    with op.batch_alter_table("warning", schema=None) as batch_op:
        batch_op.alter_column("order_id", server_default=None)
