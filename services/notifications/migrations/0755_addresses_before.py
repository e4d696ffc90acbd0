"""where notices went before the last change."""

import sqlalchemy as sa
from alembic import op

revision = "0755"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("email_before", "webhook_before"):
        op.add_column("contact", sa.Column(name, sa.String(), nullable=False, server_default=""))
