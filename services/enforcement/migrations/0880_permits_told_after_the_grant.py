"""which inspections and cases the permits of other systems name."""

import sqlalchemy as sa
from alembic import op

revision = "0880"
down_revision = "0870"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outsidenamed",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("target", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("home", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_outsidenamed_target", "outsidenamed", ["target"])
