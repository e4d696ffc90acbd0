"""promises of bodies about their services."""

import sqlalchemy as sa
from alembic import op

revision = "0841"
down_revision = "0840"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "servicepromise",
        sa.Column("promise_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("node", sa.String(), nullable=False),
        sa.Column("body_id", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("publish_time", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("promise_id"),
    )
    op.create_index(
        "servicepromise_publish", "servicepromise", ["state", "publish_time", "promise_id"], unique=False
    )
    op.create_index("servicepromise_body", "servicepromise", ["body_id", "title"], unique=False)


def downgrade() -> None:
    op.drop_table("servicepromise")
