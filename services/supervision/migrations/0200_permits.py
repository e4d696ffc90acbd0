"""permits of all departments, and the guides by which they are given."""

import sqlalchemy as sa
from alembic import op

revision = "0200"
down_revision = "0199"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "permitview",
        sa.Column("permit_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("guide_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("broken", sa.Boolean(), nullable=False),
        sa.Column("compensated", sa.Boolean(), nullable=False),
        sa.Column("decided", sa.Boolean(), nullable=False),
        sa.Column("update_time", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("permit_id"),
    )
    op.create_index("permit_view_update", "permitview", ["update_time", "permit_id"])
    op.create_index("ix_permitview_guide_id", "permitview", ["guide_id"])
    op.create_table(
        "permitguideview",
        sa.Column("guide_id", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("state", sa.Integer(), nullable=False),
        sa.Column("publish_time", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("guide_id"),
    )
    op.create_index("permit_guide_view_state", "permitguideview", ["state", "publish_time", "guide_id"])


def downgrade() -> None:
    op.drop_table("permitguideview")
    op.drop_table("permitview")
