"""how many charges an item of a power list has."""

import sqlalchemy as sa
from alembic import op

revision = "0860"
down_revision = "0836"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("poweritem", sa.Column("charges", sa.Integer(), nullable=False, server_default="0"))
