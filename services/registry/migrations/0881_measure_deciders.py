"""Who decided a measure against the holder of a certificate."""

import sqlalchemy as sa
from alembic import op

revision = "0881"
down_revision = "0880"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("measure", sa.Column("decider", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("measure", "decider")
