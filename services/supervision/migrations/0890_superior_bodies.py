"""The superior of a body, and the matters that were sent to it."""

import sqlalchemy as sa
from alembic import op

revision = "0890"
down_revision = "0880"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("body", sa.Column("superior_id", sa.String(), nullable=False, server_default=""))
    op.add_column("importantmatter", sa.Column("superior_id", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_importantmatter_superior_id", "importantmatter", ["superior_id"])


def downgrade() -> None:
    op.drop_index("ix_importantmatter_superior_id", "importantmatter")
    op.drop_column("importantmatter", "superior_id")
    op.drop_column("body", "superior_id")
