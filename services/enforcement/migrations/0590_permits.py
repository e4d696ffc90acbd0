"""permits and the guides of their items."""

import sqlalchemy as sa
from alembic import op

revision = "0590"
down_revision = "0580"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "permitguide",
        sa.Column("guide_id", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("guide_id"),
    )
    op.create_index("ix_permitguide_item_id", "permitguide", ["item_id"])
    op.create_table(
        "permit",
        sa.Column("permit_id", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("guide_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("next_time", sa.BigInteger(), nullable=True),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("permit_id"),
    )
    op.create_index("permit_next", "permit", ["next_time"])
    op.create_index("ix_permit_guide_id", "permit", ["guide_id"])
    op.create_index("ix_permit_state", "permit", ["state"])


def downgrade() -> None:
    op.drop_table("permit")
    op.drop_table("permitguide")
