"""since when a case stands in its state: what waits, the longest waiting first."""

import sqlalchemy as sa
from alembic import op

revision = "0490"
down_revision = "0480"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("case", sa.Column("since", sa.BigInteger(), nullable=False, server_default="0"))
    op.create_index("case_waiting", "case", ["state", "since", "case_id"])
